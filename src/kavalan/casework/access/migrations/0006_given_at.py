from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_by_room"),
    ]

    operations = [
        migrations.AddField(
            model_name="grant",
            name="given_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
