"""A report that was drawn for the slice has that name already."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("custody", "0001_things")]

    operations = [migrations.RenameModel("Drawn", "Origin")]
