"""Keys to the machine doors, and how much each client asked for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables of the service database."""

    dependencies = [("portal", "0001_initial")]
    operations = [
        migrations.CreateModel(
            "AccessKey",
            [
                ("id", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("secret", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(blank=True, max_length=80)),
                ("scopes", models.CharField(max_length=80)),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            "Usage",
            [
                ("client", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("span", models.BigIntegerField()),
                ("used", models.IntegerField()),
            ],
        ),
    ]
