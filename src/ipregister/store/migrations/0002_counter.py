"""The counter of changes: the row that every writer locks."""

from typing import Any

from django.db import migrations


def _begin(apps: Any, schema_editor: Any) -> None:
    counters = apps.get_model("register_store", "Counter").objects.using(schema_editor.connection.alias)
    counters.get_or_create(name="change", defaults={"value": 0})


class Migration(migrations.Migration):
    """Begins counting at 0."""

    dependencies = [("register_store", "0001_initial")]
    operations = [migrations.RunPython(_begin, migrations.RunPython.noop)]
