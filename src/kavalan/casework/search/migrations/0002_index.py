from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.utils import timezone

from kavalan.casework.search import postgres, sqlite


def create(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    connection = schema_editor.connection
    (sqlite if connection.vendor == "sqlite" else postgres).install(connection)


def ask(apps: StateApps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Where the desk was at work before there was a search, the worker makes documents of what there is."""
    if apps.get_model("ledger", "LedgerEntry").objects.exists():
        apps.get_model("search", "Filling").objects.create(asked_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial"), ("ledger", "0001_initial")]
    operations = [migrations.RunPython(create, elidable=False), migrations.RunPython(ask, elidable=True)]
