import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exhibits", "0002_hits")]

    operations = [
        migrations.RenameField("exhibit", "folder", "source"),
        migrations.AddField("item", "original", models.BinaryField(null=True)),
        migrations.AddField(
            "item",
            "state",
            models.CharField(
                choices=[("allocated", "listed by its source"), ("deleted", "deleted"), ("unknown", "not known")],
                default="allocated",
                max_length=10,
            ),
        ),
        migrations.AddField("item", "place", models.CharField(blank=True, max_length=40)),
        migrations.CreateModel(
            name="FieldScan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scan", models.CharField(max_length=32, unique=True)),
                ("manifest", models.BinaryField(max_length=32, unique=True)),
                ("examiner", models.CharField(max_length=200)),
                ("authority", models.CharField(max_length=200)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                ("even_unknown", models.BooleanField()),
                ("signer", models.CharField(blank=True, max_length=64)),
                ("trusted", models.BooleanField(default=False)),
                (
                    "exhibit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="field_scan", to="exhibits.exhibit"
                    ),
                ),
            ],
        ),
    ]
