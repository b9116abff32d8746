"""What Attune assumes about costs, as a form in which a team enters its own figures."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils import timezone

from audits.models import Audit
from audits.scoring.numbers.assumption_fields import GROUPS, assumption_fields
from audits.wizard.forms.entered_numbers import EnteredNumbers


class Group(NamedTuple):
    """Assumptions about one thing, and how many of them the team replaced."""

    name: str
    rows: list[dict[str, Any]]
    own: int
    is_wrong: bool


class AssumptionsForm(EnteredNumbers):
    """Every number that is assumed unless the team enters it."""

    def __init__(self, audit: Audit, *sent: Any, **more: Any) -> None:
        super().__init__(audit, *sent, **more)
        fields = assumption_fields(timezone.localdate()).values()
        self.fields |= {field.id: self.number_field(field) for field in fields}

    @property
    def groups(self) -> Iterator[Group]:
        """The rows by what they are about."""
        rows = {row["field"].name: row for row in self.rows}
        for name, ids in GROUPS.items():
            own = sum(bool(rows[each]["field"].value()) for each in ids)
            is_wrong = any(each in self.errors for each in ids)
            yield Group(name, [rows[each] for each in ids], own, is_wrong)
