"""What goes on if nobody acts, counted from the day on which a board decides."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class FromDay:
    """12 months of a plan from a `day`: dollars a `year`.

    A new model that is started on the day `serves` from another; None if it is no plan
    to train one.
    """

    day: date
    year: Decimal
    serves: date | None = None
