"""The deposit is held like the price: a booking keeps what its departure asked for when the seats were held."""

from django.db import migrations, models

# What was held until now followed the departure, so that is what it is.
FILL = """
UPDATE bookings_booking AS booking SET deposit = departure.deposit
    FROM bookings_departure AS departure WHERE departure.id = booking.departure_id
"""

FIELD = {
    "decimal_places": 2,
    "editable": False,
    "help_text": "As it was when the seats were held.",
    "max_digits": 8,
    "verbose_name": "deposit per person, USD",
}


class Migration(migrations.Migration):
    dependencies = [("bookings", "0006_dates_changed_event")]

    operations = [
        migrations.AddField("booking", "deposit", models.DecimalField(null=True, **FIELD)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("booking", "deposit", models.DecimalField(**FIELD)),
    ]
