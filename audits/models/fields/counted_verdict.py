"""The verdict of a row that counts: that of an override, else the computed one."""

from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf


def counted_verdict() -> Coalesce:
    """Return the expression of a row that has both columns."""
    return Coalesce(NullIf("override", Value("")), "verdict")
