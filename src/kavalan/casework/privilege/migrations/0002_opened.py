from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("privilege", "0001_initial")]
    operations = [
        migrations.AddIndex(
            "privilegeseal",
            models.Index(
                condition=models.Q(("opened_at__isnull", False)), fields=["opened_at"], name="privilege_opened"
            ),
        ),
    ]
