from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from kavalan.casework.ledger.triggers import CHECKPOINTS, install


def create(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    install(schema_editor.connection, CHECKPOINTS)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_checkpoints")]
    operations = [migrations.RunPython(create, elidable=False)]
