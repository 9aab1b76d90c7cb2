"""The group Money: who is in it may record, refund and move money, and see the bookings it belongs to."""

from django.db import migrations

# A new database makes permissions only after all migrations, so that those of the group are made here.
RIGHTS = {
    "handle_money": ("payment", "Can record, refund and move money"),
    "view_booking": ("booking", "Can view booking"),
}


def make_group(apps, schema_editor):
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Money")
    for codename, (model, name) in RIGHTS.items():
        kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label="bookings", model=model
        )
        permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": name}
        )
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("bookings", "0011_core_money"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_group, migrations.RunPython.noop)]
