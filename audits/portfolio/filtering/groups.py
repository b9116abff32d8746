"""The fields of the filter as a page groups them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from audits.plain_forms import PlainField
from audits.portfolio_filter import is_rare


@dataclass(frozen=True, slots=True)
class Groups:
    """The fields of a filter: those that most people use, and the rest."""

    usual: tuple[Any, ...]
    rare: tuple[Any, ...]

    def __bool__(self) -> bool:
        return bool(self.usual)


def grouped(fields: Iterable[PlainField | forms.BoundField]) -> Groups:
    """Return fields as they are shown: what few people use is behind the rest."""
    all_fields = tuple(fields)
    return Groups(
        usual=tuple(field for field in all_fields if not is_rare(field.name)),
        rare=tuple(field for field in all_fields if is_rare(field.name)),
    )
