"""The ids of rows in addresses and forms."""

import uuid

from django.db import models


class PublicId(models.Model):
    """A numbered row with a random id wherever a member can see it.

    Numbers run through all organizations: in an address, they would reveal how many
    rows the others have.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
