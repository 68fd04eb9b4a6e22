from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A table with a reference: Django makes its index last, and then records the migration in a second transaction."""

    initial = True
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("text", models.CharField(max_length=60)),
                ("officer", models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)),
            ],
        ),
    ]
