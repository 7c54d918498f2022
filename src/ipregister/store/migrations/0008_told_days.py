"""Whether the day of a delivery was told or guessed from its files."""

from typing import Any

from django.db import migrations, models
from django.db.models import Q

_APP = "register_store"


def _fill(apps: Any, schema_editor: Any) -> None:
    alias = schema_editor.connection.alias
    guessed = apps.get_model(_APP, "Tally").objects.using(alias).filter(code="day-guessed", amount__gt=0)
    deliveries = apps.get_model(_APP, "Delivery").objects.using(alias)
    unsure = Q(pk__in=guessed.values("delivery")) | Q(finished_at=None)
    deliveries.filter(unsure).update(dated=False)


class Migration(migrations.Migration):
    """A finished delivery has a finding where its day was guessed. One that is still loading has none yet: its day
    counts as guessed until it goes on, which says it (`deliveries.begin`)."""

    dependencies = [(_APP, "0007_order_of_telling")]
    operations = [
        migrations.AddField("delivery", "dated", models.BooleanField(default=True)),
        migrations.RunPython(_fill, migrations.RunPython.noop),
    ]
