"""The database itself keeps terms and refund policies as they were once a booking points at them."""

from django.db import migrations

# A booking takes a share of its versions at once (the deferred foreign key would do so only at the commit), and
# FOR UPDATE waits for those who have one: a version that looks unused is not changed beside its first booking.
AGREEMENTS = """
CREATE FUNCTION bookings_refuse_to_change_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM bookings_terms WHERE id = OLD.id FOR UPDATE;
    IF EXISTS (SELECT 1 FROM bookings_booking WHERE terms_id = OLD.id) THEN
        RAISE EXCEPTION 'bookings stand under the terms %', OLD.version USING ERRCODE = 'check_violation',
            CONSTRAINT = 'agreements_stay_as_booked';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION bookings_refuse_to_change_policy() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    policies bigint[];
BEGIN
    IF TG_TABLE_NAME = 'bookings_refundpolicy' THEN
        policies := ARRAY[OLD.id];
    ELSIF TG_OP = 'INSERT' THEN
        policies := ARRAY[NEW.policy_id];
    ELSIF TG_OP = 'DELETE' THEN
        policies := ARRAY[OLD.policy_id];
    ELSE
        policies := ARRAY[OLD.policy_id, NEW.policy_id];
    END IF;
    PERFORM 1 FROM bookings_refundpolicy WHERE id = ANY (policies) ORDER BY id FOR UPDATE;
    IF EXISTS (SELECT 1 FROM bookings_booking WHERE refund_policy_id = ANY (policies)) THEN
        RAISE EXCEPTION 'bookings stand under this refund policy' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'agreements_stay_as_booked';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION bookings_take_share_of_agreements() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM bookings_refundpolicy WHERE id = NEW.refund_policy_id FOR KEY SHARE;
    PERFORM 1 FROM bookings_terms WHERE id = NEW.terms_id FOR KEY SHARE;
    RETURN NEW;
END $$;

CREATE TRIGGER agreements_are_shared BEFORE INSERT OR UPDATE OF refund_policy_id, terms_id ON bookings_booking
    FOR EACH ROW EXECUTE FUNCTION bookings_take_share_of_agreements();
CREATE TRIGGER terms_stay_as_booked BEFORE UPDATE OR DELETE ON bookings_terms
    FOR EACH ROW EXECUTE FUNCTION bookings_refuse_to_change_terms();
CREATE TRIGGER policies_stay_as_booked BEFORE UPDATE OR DELETE ON bookings_refundpolicy
    FOR EACH ROW EXECUTE FUNCTION bookings_refuse_to_change_policy();
CREATE TRIGGER bands_stay_as_booked BEFORE INSERT OR UPDATE OR DELETE ON bookings_refundband
    FOR EACH ROW EXECUTE FUNCTION bookings_refuse_to_change_policy();
"""

NO_AGREEMENTS = """
DROP TRIGGER bands_stay_as_booked ON bookings_refundband;
DROP TRIGGER policies_stay_as_booked ON bookings_refundpolicy;
DROP TRIGGER terms_stay_as_booked ON bookings_terms;
DROP TRIGGER agreements_are_shared ON bookings_booking;
DROP FUNCTION bookings_take_share_of_agreements();
DROP FUNCTION bookings_refuse_to_change_policy();
DROP FUNCTION bookings_refuse_to_change_terms();
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0007_deposit_held")]

    operations = [migrations.RunSQL(AGREEMENTS, NO_AGREEMENTS)]
