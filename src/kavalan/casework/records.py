"""What every record of the desk has."""

from __future__ import annotations

import uuid

from django.db import models


class Record(models.Model):
    """A row with a number for the database and a random id for the world: addresses and the ledger use `public_id`."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
