"""Bookings made before there were price lists get the one they were made under; the new records are only added."""

import json
from hashlib import sha256

import django.db.models.deletion
from django.db import migrations, models


def list_earlier_prices(apps, schema_editor):
    booking_model = apps.get_model("bookings", "Booking")
    price_list = apps.get_model("bookings", "PriceList")
    for booking in booking_model.objects.select_related("departure").prefetch_related("price_lines"):
        lines = list(booking.price_lines.all())
        seats = [line for line in lines if line.kind == "trek"]
        content = {
            "price": f"{seats[0].unit_amount if seats else booking.departure.price:.2f}",
            "deposit": f"{booking.deposit:.2f}",
            "reductions": {},
            "party_rates": {},
            "extras": held_extras(booking, lines),
        }
        digest = sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        booking.price_list, _ = price_list.objects.get_or_create(
            departure=booking.departure, digest=digest, defaults=content
        )
        booking.save(update_fields=["price_list"])
        booking.price_lines.filter(kind="trek").update(key="adult")


def held_extras(booking, lines):
    """The price of each extra as the booking's lines have it, by its name in either language."""
    prices = {line.label: line for line in lines if line.kind == "extra"}
    offers = booking.departure.trek.offered_extras.select_related("extra")
    today = {offer.extra: offer.extra.price if offer.price is None else offer.price for offer in offers}
    # What is booked has a price also where it is not offered any more.
    booked = {row.extra: row.extra.price for row in booking.booked_extras.select_related("extra")}
    extras = {}
    for extra, price in (booked | today).items():
        names = (extra.name_en, extra.name_es, extra.name)
        line = next((prices[name] for name in names if name in prices), None)
        extras[extra.slug] = f"{line.unit_amount if line else price:.2f}"
        if line:
            line.key = extra.slug
            line.save(update_fields=["key"])
    return extras


ADDED = ("cancellation", "receipt", "pricelist", "sunkcost")
RULES = "\n".join(
    f"""CREATE TRIGGER {name}_rows_are_only_added BEFORE UPDATE OR DELETE ON bookings_{name}
    FOR EACH ROW EXECUTE FUNCTION bookings_refuse_to_rewrite();"""
    for name in ADDED
)
NO_RULES = "\n".join(f"DROP TRIGGER {name}_rows_are_only_added ON bookings_{name};" for name in ADDED)

# What a code is worth stands in bookings; its dates and its limit may change.
PROMOTIONS = """
CREATE TRIGGER promotions_keep_their_worth BEFORE UPDATE ON bookings_promotion
    FOR EACH ROW WHEN (
        (OLD.code, OLD.percent, OLD.amount, OLD.trek_id)
            IS DISTINCT FROM (NEW.code, NEW.percent, NEW.amount, NEW.trek_id)
    )
    EXECUTE FUNCTION bookings_refuse_to_rewrite();
"""
NO_PROMOTIONS = "DROP TRIGGER promotions_keep_their_worth ON bookings_promotion;"


class Migration(migrations.Migration):
    dependencies = [("bookings", "0009_money"), ("treks", "0006_fares")]

    operations = [
        migrations.RunPython(list_earlier_prices, migrations.RunPython.noop, elidable=True),
        # Rows that wait for the check of their constraints keep a table from being altered.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="booking",
            name="price_list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bookings",
                to="bookings.pricelist",
                verbose_name="price list",
            ),
        ),
        migrations.RemoveField("booking", "deposit"),
        migrations.RunSQL(RULES, NO_RULES),
        migrations.RunSQL(PROMOTIONS, NO_PROMOTIONS),
    ]
