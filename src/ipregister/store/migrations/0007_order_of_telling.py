"""Records in the order of what was told of them last: one index to read in, instead of three; and which are withheld."""

from typing import Any

from django.db import migrations, models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

_APP = "register_store"


def _fill(apps: Any, schema_editor: Any) -> None:
    alias = schema_editor.connection.alias
    records = apps.get_model(_APP, "Record").objects.using(alias)
    versions = apps.get_model(_APP, "Version").objects.using(alias).filter(change=OuterRef("current"))
    notices = apps.get_model(_APP, "Notice").objects.using(alias).filter(key=OuterRef("key"))
    last = notices.filter(change__gt=OuterRef("current")).order_by("-change")[:1]
    switches = notices.filter(kind="switches").order_by("-change")[:1]
    records.update(
        told=Coalesce(Subquery(last.values("change")), F("current")),
        told_at=Coalesce(Subquery(last.values("recorded_at")), Subquery(versions.values("recorded_at")[:1])),
        switched=Subquery(switches.values("change")),
        switched_at=Subquery(switches.values("recorded_at")),
    )
    emptied = apps.get_model(_APP, "Version").objects.using(alias).filter(cause="withholding")
    records.filter(current__in=emptied.values("change")).update(withheld=True)


class Migration(migrations.Migration):
    """The places of records that are there are worked out once."""

    dependencies = [(_APP, "0006_tally_of_records")]
    operations = [
        migrations.AddField("record", "withheld", models.BooleanField(default=False)),
        migrations.AddField("record", "told", models.BigIntegerField(default=0)),
        migrations.AddField("record", "told_at", models.DateTimeField(null=True)),
        migrations.AddField("record", "switched", models.BigIntegerField(null=True)),
        migrations.AddField("record", "switched_at", models.DateTimeField(null=True)),
        migrations.RunPython(_fill, migrations.RunPython.noop),
        migrations.RemoveIndex("record", "record_office"),
        migrations.RemoveIndex("version", "version_recorded"),
        migrations.RemoveIndex("notice", "notice_recorded"),
        migrations.AddIndex(
            "record",
            models.Index(fields=["office", "right", "told_at", "told", "key"], name="record_told"),
        ),
        migrations.AddIndex(
            "record",
            models.Index(
                fields=["office", "right", "switched_at", "switched", "key"],
                condition=Q(switched__isnull=False),
                name="record_switched",
            ),
        ),
    ]
