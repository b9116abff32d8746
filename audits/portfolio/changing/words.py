"""What a change of many use cases does, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from audits.models import Stage, Team, User
from audits.scoring.days import in_words
from audits.services.portfolio.own_fields import own_fields
from audits.services.use_cases.bulk.plans import LABELS, OWN, Planned

_NONE, _GONE = "none", "no longer there"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One part of a change: what it is called, its value before and then."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What becomes of one use case, and why something of it stays."""

    reference: str
    name: str
    changes: tuple[Said, ...]
    left: tuple[str, ...]


class Words:
    """Says values as people read them; people and teams are read once for all."""

    def __init__(self, plan: Sequence[Planned], *wanted: Mapping[str, Any]) -> None:
        self.labels = labels_of_all()
        self._own = {f"{OWN}{field.key}": field for field in own_fields()}
        people = {each.get("owner") for each in wanted} | _values(plan, "owner")
        teams = {each.get("team") for each in wanted} | _values(plan, "team")
        self._people = User.objects.in_bulk(people - {None})
        self._teams = Team.objects.in_bulk(teams - {None})

    def rows(self, plan: Sequence[Planned]) -> list[Row]:
        """Return the use cases of a page of the plan."""
        return [
            Row(
                reference=each.case.reference,
                name=each.case.name,
                changes=tuple(
                    Said(
                        label=label,
                        before=self._said(what, each.changed[what][0]),
                        after=self._said(what, each.changed[what][1]),
                    )
                    for what, label in self.labels.items()
                    if what in each.changed
                ),
                left=tuple(
                    f"{label}: {each.left[what]}"
                    for what, label in self.labels.items()
                    if what in each.left
                ),
            )
            for each in plan
        ]

    def in_one(self, wanted: Mapping[str, Any]) -> str:
        """Return all that a change makes, as one text."""
        said = self.of_wanted(wanted)
        parts = [
            f"{label}: {said[what]}"
            for what, label in self.labels.items()
            if what in said
        ]
        return " · ".join(parts)

    def of_wanted(self, wanted: Mapping[str, Any]) -> dict[str, str]:
        """Return what each part becomes, by what it is."""
        said: dict[str, str] = {
            what: self._said(what, wanted[what]) for what in LABELS if what in wanted
        }
        tags = [
            f"{verb} {wanted[key]}"
            for key, verb in (("add", "add"), ("remove", "remove"))
            if key in wanted
        ]
        own = wanted.get("own", {})
        said |= {f"{OWN}{key}": self._said(f"{OWN}{key}", x) for key, x in own.items()}
        return said | ({"tags": "; ".join(tags)} if tags else {})

    def _said(self, what: str, value: Any) -> str:
        if what == "stage":
            return str(Stage(value).label)
        if what == "owner":
            return str(self._people.get(value, _GONE))
        if what == "team":
            return str(self._teams.get(value, _GONE))
        if value and what == "review":
            return in_words(date.fromisoformat(value))
        if value and what in self._own:
            return self._own[what].in_words(value)
        return _NONE if value is None else str(value) or _NONE


def labels_of_all() -> dict[str, str]:
    """Return what each part of a change is called, own fields last."""
    return {**LABELS, **{f"{OWN}{field.key}": field.name for field in own_fields()}}


def _values(plan: Sequence[Planned], what: str) -> set[Any]:
    return {x for each in plan if what in each.changed for x in each.changed[what]}
