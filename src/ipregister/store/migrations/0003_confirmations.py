"""Which deliveries confirmed a state, so that a late delivery cuts it exactly."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Registers from before know the first and the last confirmation of a state, and no others."""

    dependencies = [("register_store", "0002_counter")]
    operations = [
        migrations.AddField("record", "confirmations", models.BinaryField(default=b"")),
        migrations.AddField("version", "confirmations", models.BinaryField(default=b"")),
    ]
