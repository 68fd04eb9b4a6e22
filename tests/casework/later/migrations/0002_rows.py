from django.db import migrations


def write(apps, editor):
    note = apps.get_model("later", "Note")
    note.objects.bulk_create([note(text=f"note {number}") for number in range(3000)])


class Migration(migrations.Migration):
    dependencies = [("later", "0001_initial")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
