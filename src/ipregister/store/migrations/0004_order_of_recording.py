"""Versions in the order of their recording, for harvesters who ask for what came since a time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index that is only ever appended to."""

    dependencies = [("register_store", "0003_confirmations")]
    operations = [
        migrations.AddIndex(
            "version", models.Index(fields=["recorded_at", "change"], name="version_recorded")
        ),
    ]
