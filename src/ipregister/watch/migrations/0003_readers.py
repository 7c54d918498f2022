"""Readers of mails, who are asked before they get any. Those of watches that stand already are asked by the worker."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds readers, the questions that were sent, and why a watch has no address any more."""

    dependencies = [("watch", "0002_number_form")]

    operations = [
        migrations.AddField(
            model_name="watch",
            name="mail_end",
            field=models.CharField(blank=True, db_default="", default="", max_length=12),
        ),
        migrations.CreateModel(
            name="Reader",
            fields=[
                ("id", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("owner", models.CharField(max_length=64)),
                ("address", models.CharField(max_length=64)),
                ("mailbox", models.CharField(max_length=64)),
                ("state", models.CharField(default="asked", max_length=12)),
                ("language", models.CharField(blank=True, max_length=8)),
                ("since", models.DateTimeField()),
                ("asked_at", models.DateTimeField(null=True)),
                ("failures", models.IntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "address"), name="watch_reader_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("mailbox", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("silent_until", models.DateTimeField()),
                ("times", models.IntegerField()),
            ],
        ),
    ]
