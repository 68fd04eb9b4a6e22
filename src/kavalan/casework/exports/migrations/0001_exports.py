"""Files of results."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("exhibits", "0006_results_of_before"),
        ("jobs", "0004_queue"),
        ("vault", "0005_exports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("csv", "CSV: every item of the list, in a table"),
                            ("vics", "VICS 2.0: what of the list is known material, for other units' tools"),
                        ],
                        max_length=10,
                    ),
                ),
                ("filters", models.CharField(blank=True, max_length=300)),
                ("asked_at", models.DateTimeField()),
                ("items", models.PositiveBigIntegerField(default=0)),
                ("left_out", models.JSONField(default=dict)),
                ("seals", models.PositiveBigIntegerField(default=0)),
                ("given_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "exhibit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="exports", to="exhibits.exhibit"
                    ),
                ),
                (
                    "job",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="export", to="jobs.job"
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.kept"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
