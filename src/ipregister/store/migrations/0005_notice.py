"""Notices: what is told of a record without a new version of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A table that is only ever added to."""

    dependencies = [("register_store", "0004_order_of_recording")]
    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("change", models.BigIntegerField(primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=128)),
                ("number", models.IntegerField(default=0)),
                ("office", models.CharField(max_length=2)),
                ("right", models.CharField(max_length=16)),
                ("kind", models.CharField(max_length=16)),
                ("day", models.CharField(max_length=10)),
                ("detail", models.TextField(blank=True, default="")),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["key", "change"], name="notice_key"),
                    models.Index(fields=["recorded_at", "change"], name="notice_recorded"),
                ]
            },
        )
    ]
