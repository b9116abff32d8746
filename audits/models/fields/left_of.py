"""An amount of a row less what is taken off it, for sums."""

from django.db import models


def left_of(column: str, off: str, months: int = 1) -> models.Case:
    """Return the amount in a column less that in another so many times, from 0 on."""
    less = models.Value(months) * models.F(off)
    return models.Case(
        models.When(models.Q((f"{off}__isnull", True)), then=models.F(column)),
        models.When(models.Q((f"{column}__lte", less)), then=models.Value(0)),
        default=models.F(column) - less,
        output_field=models.DecimalField(max_digits=16, decimal_places=2),
    )
