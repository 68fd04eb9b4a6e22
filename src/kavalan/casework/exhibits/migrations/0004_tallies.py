"""Each item says whether it is open; each exhibit has its counts in a few rows."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from kavalan.casework.guard import writing

OPEN, PRIVILEGED = 0, 2
SORT = ("exhibit", "seal", "family", "unread", "standing", "state", "place")


def seal(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """What was asked of authority and privilege at every look is written at the items once."""
    item, exhibits = apps.get_model("exhibits", "Item"), apps.get_model("exhibits", "Exhibit")
    with writing(frozenset({"exhibits_item"})):
        for exhibit in exhibits.objects.select_related("authority"):
            authority = exhibit.authority
            reached = item.objects.filter(exhibit=exhibit, family__in=authority.kinds)
            if authority.dates_from is not None:
                reached = reached.filter(modified__gte=authority.dates_from, modified__lt=authority.dates_until)
            if exhibit.reference in authority.exhibits:
                reached.update(seal=OPEN)
        sealed = apps.get_model("privilege", "PrivilegeSeal").objects.filter(opened_at__isnull=True)
        item.objects.filter(pk__in=sealed.values("item"), seal=OPEN).update(seal=PRIVILEGED)


def tally(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Count once what is brought forward from now on."""
    item, tallies = apps.get_model("exhibits", "Item"), apps.get_model("exhibits", "Tally")
    unread = models.ExpressionWrapper(~models.Q(error=""), output_field=models.BooleanField())
    rows = item.objects.annotate(unread=unread).values_list(*SORT).annotate(items=models.Count("pk")).order_by()
    with writing(frozenset({"exhibits_tally"})):
        tallies.objects.bulk_create(
            tallies(exhibit_id=exhibit, **dict(zip(SORT[1:], sort, strict=True)), items=count)
            for exhibit, *sort, count in rows
        )


class Migration(migrations.Migration):
    dependencies = [
        ("exhibits", "0003_sources"),
        ("authority", "0002_scope_and_overrides"),
        ("privilege", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "seal",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "open"), (1, "outside the authority"), (2, "privileged")]
                    ),
                ),
                (
                    "family",
                    models.CharField(
                        choices=[("picture", "pictures"), ("video", "videos"), ("other", "other files")], max_length=10
                    ),
                ),
                ("unread", models.BooleanField()),
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
                    "state",
                    models.CharField(
                        choices=[
                            ("allocated", "listed by its source"),
                            ("deleted", "deleted"),
                            ("unknown", "not known"),
                        ],
                        max_length=10,
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=40)),
                ("items", models.PositiveBigIntegerField()),
            ],
            options={
                "verbose_name_plural": "tallies",
            },
        ),
        migrations.RemoveIndex(
            model_name="item",
            name="item_by_family",
        ),
        migrations.RemoveIndex(
            model_name="item",
            name="item_unread",
        ),
        migrations.RemoveIndex(
            model_name="item",
            name="item_with_hits",
        ),
        migrations.RemoveIndex(
            model_name="item",
            name="item_by_standing",
        ),
        migrations.AddField(
            model_name="item",
            name="seal",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "open"), (1, "outside the authority"), (2, "privileged")], default=1
            ),
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["exhibit", "seal", "number"], name="item_open"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["exhibit", "seal", "family", "number", "place"], name="item_by_family"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["exhibit", "seal", "place", "number", "family"], name="item_by_place"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("error", ""), _negated=True),
                fields=["exhibit", "seal", "number", "family"],
                name="item_unread",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("state", "deleted")),
                fields=["exhibit", "seal", "number", "family"],
                name="item_deleted",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("standing__gt", 1)),
                fields=["exhibit", "seal", "number", "family"],
                name="item_with_hits",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("standing__gt", 1)),
                fields=["exhibit", "seal", "standing", "number"],
                name="item_by_standing",
            ),
        ),
        migrations.AddField(
            model_name="tally",
            name="exhibit",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tallies",
                to="exhibits.exhibit",
            ),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(
                fields=("exhibit", "seal", "family", "unread", "standing", "state", "place"), name="tally_once"
            ),
        ),
        migrations.RunPython(tally, migrations.RunPython.noop),
    ]
