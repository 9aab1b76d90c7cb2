"""The database itself refuses to oversell, and keeps payments and events as they were written."""

from django.db import migrations

# Takes the same lock in the same mode as the verbs (FOR NO KEY UPDATE): counting without it sells one seat
# twice, FOR UPDATE deadlocks with the share lock of the foreign key. Under an isolation level with an older
# snapshot a locked but unchanged departure would be counted as it was, so those levels are refused.
SEATS = """
CREATE FUNCTION bookings_refuse_to_oversell() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    departure bigint;
    room integer;
    taken integer;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'seats are sold at READ COMMITTED only, not at %',
            current_setting('transaction_isolation') USING ERRCODE = 'feature_not_supported';
    END IF;
    IF TG_TABLE_NAME = 'bookings_departure' THEN
        departure := NEW.id;
    ELSE
        departure := NEW.departure_id;
    END IF;
    SELECT capacity INTO room FROM bookings_departure WHERE id = departure FOR NO KEY UPDATE;
    SELECT coalesce(sum(party_size), 0) INTO taken FROM bookings_booking
        WHERE departure_id = departure
          AND (status = 'confirmed' OR (status IN ('on_hold', 'pending') AND expires_at > clock_timestamp()));
    IF taken > room THEN
        RAISE EXCEPTION 'departure % has % seats and would have % taken', departure, room, taken
            USING ERRCODE = 'check_violation', CONSTRAINT = 'departure_is_not_oversold';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER departure_is_not_oversold_by_new_booking
    AFTER INSERT ON bookings_booking
    FOR EACH ROW WHEN (NEW.status <> 'cancelled')
    EXECUTE FUNCTION bookings_refuse_to_oversell();

CREATE CONSTRAINT TRIGGER departure_is_not_oversold_by_booking
    AFTER UPDATE ON bookings_booking
    FOR EACH ROW WHEN (
        NEW.status <> 'cancelled'
        AND (OLD.party_size, OLD.status, OLD.departure_id, OLD.expires_at)
            IS DISTINCT FROM (NEW.party_size, NEW.status, NEW.departure_id, NEW.expires_at)
    )
    EXECUTE FUNCTION bookings_refuse_to_oversell();

CREATE CONSTRAINT TRIGGER departure_is_not_oversold_by_capacity
    AFTER UPDATE ON bookings_departure
    FOR EACH ROW WHEN (OLD.capacity IS DISTINCT FROM NEW.capacity)
    EXECUTE FUNCTION bookings_refuse_to_oversell();
"""

NO_SEATS = """
DROP TRIGGER departure_is_not_oversold_by_capacity ON bookings_departure;
DROP TRIGGER departure_is_not_oversold_by_booking ON bookings_booking;
DROP TRIGGER departure_is_not_oversold_by_new_booking ON bookings_booking;
DROP FUNCTION bookings_refuse_to_oversell();
"""

RECORDS = """
CREATE FUNCTION bookings_refuse_to_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% rows are added and never changed', TG_TABLE_NAME USING ERRCODE = 'check_violation',
        CONSTRAINT = 'records_are_only_added';
END $$;

CREATE TRIGGER payments_are_only_added BEFORE UPDATE OR DELETE ON bookings_payment
    FOR EACH ROW EXECUTE FUNCTION bookings_refuse_to_rewrite();
CREATE TRIGGER events_are_only_added BEFORE UPDATE OR DELETE ON bookings_bookingevent
    FOR EACH ROW EXECUTE FUNCTION bookings_refuse_to_rewrite();
"""

NO_RECORDS = """
DROP TRIGGER events_are_only_added ON bookings_bookingevent;
DROP TRIGGER payments_are_only_added ON bookings_payment;
DROP FUNCTION bookings_refuse_to_rewrite();
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0002_bookings")]

    operations = [
        migrations.RunSQL(SEATS, NO_SEATS),
        migrations.RunSQL(RECORDS, NO_RECORDS),
    ]
