"""How many records have a finding code: a column of its own, before a row with the severity `records`."""

from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Subquery

_AMONG_SEVERITIES = "records"


def _move(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("register_store", "Tally").objects.using(schema_editor.connection.alias)
    counted = rows.filter(severity=_AMONG_SEVERITIES)
    same = counted.filter(delivery=OuterRef("delivery"), code=OuterRef("code"))
    rows.exclude(severity=_AMONG_SEVERITIES).update(records=Subquery(same.values("amount")[:1]))
    counted.delete()


class Migration(migrations.Migration):
    """The counts of older programs, which counted no records, stay empty."""

    dependencies = [("register_store", "0005_notice")]
    operations = [
        migrations.AddField("tally", "records", models.BigIntegerField(null=True)),
        migrations.RunPython(_move, migrations.RunPython.noop),
    ]
