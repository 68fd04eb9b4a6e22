"""What is left out of a thinned list is passed over within the indexes of its other filters."""

from django.db import migrations, models

FIELDS = {
    "item_by_family": ["exhibit", "seal", "family", "number", "place", "novelty"],
    "item_by_place": ["exhibit", "seal", "place", "number", "family", "novelty"],
}


class Migration(migrations.Migration):
    dependencies = [
        ("exhibits", "0006_results_of_before"),
    ]

    operations = [
        *(migrations.RemoveIndex(model_name="item", name=name) for name in FIELDS),
        *(
            migrations.AddIndex(model_name="item", index=models.Index(fields=fields, name=name))
            for name, fields in FIELDS.items()
        ),
    ]
