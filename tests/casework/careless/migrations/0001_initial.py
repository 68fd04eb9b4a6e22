from django.db import migrations


def take_away(apps, editor):
    where = "" if editor.connection.vendor == "sqlite" else " ON ledger_entry"
    editor.execute(f"DROP TRIGGER ledger_entry_next{where}")


class Migration(migrations.Migration):
    initial = True
    dependencies = [("ledger", "0002_triggers")]
    operations = [
        migrations.RunSQL("CREATE TABLE careless_note (n integer)", "DROP TABLE careless_note"),
        migrations.RunPython(take_away, migrations.RunPython.noop),
    ]
