"""An amount of a row less what is taken off it, for sums."""

from decimal import Decimal

from django.db import models
from django.db.models.functions import Coalesce


def left_of(column: str, *offs: str) -> models.Case:
    """Return the amount in a column less those in others, from 0 on.

    Where nothing is taken off, it is the amount as it is, which may be below 0.
    """
    nothing = models.Q(*((f"{off}__isnull", True) for off in offs))
    kind = models.DecimalField(max_digits=16, decimal_places=2)
    taken = sum(
        (Coalesce(models.F(off), Decimal(0), output_field=kind) for off in offs[1:]),
        start=Coalesce(models.F(offs[0]), Decimal(0), output_field=kind),
    )
    return models.Case(
        models.When(nothing, then=models.F(column)),
        models.When(models.Q((f"{column}__lte", taken)), then=models.Value(0)),
        default=models.F(column) - taken,
        output_field=kind,
    )
