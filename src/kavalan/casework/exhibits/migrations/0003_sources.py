from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exhibits", "0002_hits")]

    operations = [
        migrations.RenameField("exhibit", "folder", "source"),
        migrations.AddField("item", "original", models.BinaryField(null=True)),
        migrations.AddField(
            "item",
            "state",
            models.CharField(
                choices=[("allocated", "listed by its source"), ("deleted", "deleted"), ("unknown", "not known")],
                default="allocated",
                max_length=10,
            ),
        ),
        migrations.AddField("item", "place", models.CharField(blank=True, max_length=40)),
    ]
