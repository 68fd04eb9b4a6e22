from django.db import migrations, models


class Migration(migrations.Migration):
    """On SQLite the table is built anew."""

    dependencies = [("later", "0002_rows")]
    operations = [
        migrations.AlterField("note", "text", models.CharField(max_length=90)),
        migrations.AddField("note", "page", models.IntegerField(default=1)),
        migrations.AddIndex("note", models.Index(fields=["page", "text"], name="later_page")),
    ]
