"""What the choices of a field are called."""

from collections.abc import Callable
from typing import Any

from django.db.models import TextChoices


def display_of(field: str, choices: type[TextChoices]) -> Callable[[Any], str]:
    """Return the `get_…_display` of a field, whose choices never change.

    Django's own lists all choices each time.
    """
    called = {each.value: str(each.label) for each in choices}

    def display(row: Any) -> str:
        value: str = getattr(row, field)
        return called.get(value, value)

    return display
