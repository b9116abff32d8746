"""An amount of a row less what is taken off it, for sums."""

from django.db import models


def left_of(column: str, off: str) -> models.Case:
    """Return the amount in a column less that in another, from 0 on."""
    return models.Case(
        models.When(models.Q((f"{off}__isnull", True)), then=models.F(column)),
        models.When(models.Q((f"{column}__lte", models.F(off))), then=models.Value(0)),
        default=models.F(column) - models.F(off),
        output_field=models.DecimalField(max_digits=16, decimal_places=2),
    )
