"""What names a row in addresses and forms."""

import uuid

from django.db import models


class PublicId(models.Model):
    """A row that is numbered, and named by chance wherever a member can see it.

    Numbers run through all organizations: in an address, they would tell one how many
    rows the others have.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
