"""The day of the data of an upload, where who sends it tells it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column; uploads that are there were sent without it."""

    dependencies = [("portal", "0002_keys_and_usage")]
    operations = [migrations.AddField("upload", "day", models.DateField(null=True, blank=True))]
