from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("vault", "0004_slips"),
    ]

    operations = [
        migrations.AlterField(
            model_name="kept",
            name="what",
            field=models.CharField(
                choices=[
                    ("authority_paper", "paper of an authority"),
                    ("printed_paper", "printed paper"),
                    ("exhibit_copy", "copy of an exhibit"),
                    ("folder_index", "list of the files in the copy of an exhibit"),
                    ("held", "exhibit held in place"),
                    ("report", "report as it came, or a file of one"),
                    ("signed_slip", "signed slip of a hand-over"),
                    ("export", "file of results"),
                ],
                max_length=20,
            ),
        ),
    ]
