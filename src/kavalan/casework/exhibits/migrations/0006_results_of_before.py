"""Items of before get the class of the reason why they were not read; all is counted anew, by hour too."""

from collections import Counter

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from kavalan.casework.guard import writing

SORT = ("exhibit", "seal", "family", "unread", "standing", "state", "place", "reason", "novelty")
HOUR = ("exhibit_id", "seal", "year", "month", "day", "hour")
AT_ONCE = 2000


def give_reasons(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Say of what class each reason is; whether a stored checksum differs, only the reason itself tells here."""
    # With it comes Polars, which the web process must not import; it migrates nothing.
    from kavalan.scan.results.reasons import class_of  # noqa: PLC0415

    items = apps.get_model("exhibits", "Item").objects
    with writing(frozenset({"exhibits_item"})):
        for error in list(items.exclude(error="").values_list("error", flat=True).distinct()):
            items.filter(error=error).update(reason=class_of(error, None))


def count_anew(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Tallies by reason, and by hour."""
    items = apps.get_model("exhibits", "Item").objects
    tallies, hours = apps.get_model("exhibits", "Tally").objects, apps.get_model("exhibits", "HourTally").objects
    unread = models.ExpressionWrapper(~models.Q(error=""), output_field=models.BooleanField())
    sorts = items.annotate(unread=unread).values_list(*SORT).annotate(items=models.Count("pk")).order_by()
    by_hour: Counter[tuple[int, ...]] = Counter()
    times = items.filter(modified__isnull=False).values_list("exhibit", "seal", "modified").order_by()
    for exhibit, seal, at in times.iterator(AT_ONCE):
        local = timezone.localtime(at)
        by_hour[exhibit, seal, local.year, local.month, local.day, local.hour] += 1
    with writing(frozenset({"exhibits_tally", "exhibits_hourtally"})):
        tallies.all().delete()
        tallies.bulk_create(
            tallies.model(exhibit_id=exhibit, **dict(zip(SORT[1:], sort, strict=True)), items=count)
            for exhibit, *sort, count in sorts
        )
        hours.bulk_create(
            (hours.model(**dict(zip(HOUR, hour, strict=True)), items=count) for hour, count in by_hour.items()),
            batch_size=AT_ONCE,
        )


class Migration(migrations.Migration):
    dependencies = [("exhibits", "0005_results")]

    operations = [
        migrations.RunPython(give_reasons, migrations.RunPython.noop),
        migrations.RunPython(count_anew, migrations.RunPython.noop),
    ]
