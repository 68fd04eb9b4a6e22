"""What results are looked at by: reasons, hours, stacks, and what was met in earlier exhibits."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exhibits", "0004_tallies"),
        ("jobs", "0003_work_of_the_clock"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Earlier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name_plural": "earlier exhibits",
            },
        ),
        migrations.CreateModel(
            name="HourTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "seal",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "open"), (1, "outside the authority"), (2, "privileged")]
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("month", models.PositiveSmallIntegerField()),
                ("day", models.PositiveSmallIntegerField()),
                ("hour", models.PositiveSmallIntegerField()),
                ("items", models.BigIntegerField()),
            ],
            options={
                "verbose_name_plural": "hour tallies",
            },
        ),
        migrations.CreateModel(
            name="Stack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField()),
                (
                    "standing",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "on no list"),
                            (1, "part of an operating system or program"),
                            (2, "withdrawn by its list"),
                            (3, "on a negative list"),
                            (4, "suppressed by a negative list"),
                            (5, "contradicted by another digest"),
                            (6, "held for a person"),
                            (7, "near"),
                            (8, "MD5 only"),
                            (9, "identical"),
                        ]
                    ),
                ),
                (
                    "family",
                    models.CharField(
                        choices=[("picture", "pictures"), ("video", "videos"), ("other", "other files")], max_length=10
                    ),
                ),
                ("first", models.PositiveBigIntegerField()),
                ("same", models.PositiveBigIntegerField()),
                ("alike", models.PositiveBigIntegerField()),
                ("others", models.PositiveBigIntegerField()),
                ("size", models.PositiveBigIntegerField()),
                ("bits", models.PositiveSmallIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Stacking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("items", models.PositiveBigIntegerField()),
                ("alike", models.BooleanField()),
                ("done_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Thinning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("chosen_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="tally",
            name="tally_once",
        ),
        migrations.AddField(
            model_name="item",
            name="novelty",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "not asked"), (1, "new"), (2, "met in an earlier exhibit")], default=0
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="reason",
            field=models.CharField(blank=True, default="", max_length=30),
        ),
        migrations.AddField(
            model_name="item",
            name="stack",
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="tally",
            name="novelty",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "not asked"), (1, "new"), (2, "met in an earlier exhibit")], default=0
            ),
        ),
        migrations.AddField(
            model_name="tally",
            name="reason",
            field=models.CharField(blank=True, default="", max_length=30),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("error", ""), _negated=True),
                fields=["exhibit", "seal", "reason", "number"],
                name="item_by_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("novelty", 1)),
                fields=["exhibit", "seal", "number", "family", "place"],
                name="item_new",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["exhibit", "seal", "modified", "number"], name="item_by_time"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("stack__isnull", False)),
                fields=["exhibit", "stack", "seal", "number"],
                name="item_by_stack",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("novelty", 2), _negated=True),
                    models.Q(("error", ""), ("standing__lte", 1)),
                    _connector="OR",
                ),
                name="item_known_is_never_thinned",
            ),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(
                fields=("exhibit", "seal", "family", "unread", "standing", "state", "place", "reason", "novelty"),
                name="tally_once",
            ),
        ),
        migrations.AddField(
            model_name="earlier",
            name="exhibit",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exhibits.exhibit"
            ),
        ),
        migrations.AddField(
            model_name="hourtally",
            name="exhibit",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="hours", to="exhibits.exhibit"
            ),
        ),
        migrations.AddField(
            model_name="stack",
            name="exhibit",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stacks",
                to="exhibits.exhibit",
            ),
        ),
        migrations.AddField(
            model_name="stacking",
            name="exhibit",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="stacking", to="exhibits.exhibit"
            ),
        ),
        migrations.AddField(
            model_name="thinning",
            name="chosen_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="thinning",
            name="exhibit",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="thinning", to="exhibits.exhibit"
            ),
        ),
        migrations.AddField(
            model_name="thinning",
            name="job",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="thinning", to="jobs.job"
            ),
        ),
        migrations.AddField(
            model_name="earlier",
            name="thinning",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="earlier", to="exhibits.thinning"
            ),
        ),
        migrations.AddConstraint(
            model_name="hourtally",
            constraint=models.UniqueConstraint(
                fields=("exhibit", "seal", "year", "month", "day", "hour"), name="hour_tally_once"
            ),
        ),
        migrations.AddIndex(
            model_name="stack",
            index=models.Index(
                models.F("exhibit"),
                models.OrderBy(models.F("size"), descending=True),
                models.F("id"),
                name="stack_by_size",
            ),
        ),
        migrations.AddIndex(
            model_name="stack",
            index=models.Index(
                models.F("exhibit"),
                models.F("standing"),
                models.OrderBy(models.F("size"), descending=True),
                models.F("id"),
                name="stack_by_standing",
            ),
        ),
        migrations.AddConstraint(
            model_name="stack",
            constraint=models.UniqueConstraint(fields=("exhibit", "number", "standing"), name="stack_once"),
        ),
        migrations.AddConstraint(
            model_name="earlier",
            constraint=models.UniqueConstraint(fields=("thinning", "exhibit"), name="earlier_once"),
        ),
    ]
