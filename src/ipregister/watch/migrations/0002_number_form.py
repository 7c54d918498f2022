"""An index by the form of a number: a change is looked up in the lists of all watches at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the index."""

    dependencies = [("watch", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="watchednumber",
            index=models.Index(fields=["form"], name="watch_number_form"),
        ),
    ]
