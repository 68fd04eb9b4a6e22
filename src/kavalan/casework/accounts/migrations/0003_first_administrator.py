"""A workspace that has officers and no administrator gets its first officer as one, as a new workspace does."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from kavalan.casework.guard import writing


def appoint(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    officer = apps.get_model("accounts", "Officer").objects.filter(is_active=True).order_by("pk").first()
    held = apps.get_model("accounts", "RoleHeld").objects
    if officer is not None and not held.filter(role="administrator").exists():
        with writing(frozenset({"accounts_roleheld"})):
            held.create(officer=officer, role="administrator", since=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_people")]
    operations = [migrations.RunPython(appoint, migrations.RunPython.noop)]
