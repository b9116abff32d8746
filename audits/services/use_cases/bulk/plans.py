"""What a change of many use cases does to each, as plain values: it reads nothing.

A value is as JSON has it: the id of a team or of an owner, a stage, the tags or a
sponsor as text, and the day of a review as “2027-03-31”. What starts with `OWN` is the
value of an own field; None without one.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from audits.models.fields.tags import key_of_tag, spelled, tags_of, tags_text

OF_USE_CASE = ("owner", "team", "stage", "tags")
LABELS: Mapping[str, str] = {
    "owner": "Owner",
    "team": "Team",
    "stage": "Stage",
    "tags": "Tags",
    "review": "Review date",
    "sponsor": "Sponsor",
}
# Before the key of a field of the organization's own.
OWN = "own."
SIGNED = "its verdict is signed off, so page 1 keeps its sponsor"
UNSIGNED = "no verdict of it is signed off"
DUE = "its review is due already"
SOONER = "its review is due sooner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A use case as it is now; `audit` is the one whose page 1 has the sponsor.

    That in force is the one whose verdict is reviewed. `keeps` says of what it may not
    change why not. What `is_judged` is no audit that another replaced.
    """

    id: str
    number: int
    reference: str
    name: str
    audit: str
    in_force: str
    values: Mapping[str, Any]
    keeps: Mapping[str, str] = field(default_factory=dict)
    is_judged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What becomes of one use case: [before, after], and why something stays."""

    case: Case
    changed: Mapping[str, tuple[Any, Any]]
    left: Mapping[str, str] = field(default_factory=dict)

    def told(self) -> list[Any]:
        """Return it as JSON, so that two equal plans have one digest."""
        return [self.case.id, dict(self.changed), dict(self.left)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many use cases a part of the change reaches."""

    what: str
    label: str
    changed: int
    same: int
    left: int


def planned(
    cases: Iterable[Case], wanted: Mapping[str, Any], known: Mapping[str, str]
) -> list[Planned]:
    """Plan a change of each use case.

    Args:
        cases: The use cases.
        wanted: What was chosen, as a BulkChange stores it.
        known: The tags of the organization as it spells them, by their keys.
    """
    tags = _Tags(wanted, known)
    return [_plan(case, wanted, tags) for case in cases]


_LAST = "9999-12-31"


def _plan(case: Case, wanted: Mapping[str, Any], tags: "_Tags") -> Planned:
    after: dict[str, Any] = {w: wanted[w] for w in LABELS if w in wanted}
    after |= {f"{OWN}{key}": x for key, x in wanted.get("own", {}).items()}
    left: dict[str, str] = {}
    if tags:
        try:
            after["tags"] = tags.of(case.values["tags"])
        except ValidationError as error:
            left["tags"] = error.messages[0]
    for what in [each for each in after if each in case.keeps]:
        if after.pop(what) != case.values[what]:
            left[what] = case.keeps[what]
    if "review" in after and (case.values.get("review") or _LAST) < after["review"]:
        left["review"] = SOONER
        del after["review"]
    changed = {
        what: (case.values.get(what), value)
        for what, value in after.items()
        if value != case.values.get(what)
    }
    return Planned(case=case, changed=changed, left=left)


class _Tags:
    """Adds and removes tags, each in the spelling of the organization."""

    def __init__(self, wanted: Mapping[str, Any], known: Mapping[str, str]) -> None:
        self._add = spelled(tags_of(wanted.get("add", "")), known)
        self._remove = {key_of_tag(tag) for tag in tags_of(wanted.get("remove", ""))}

    def __bool__(self) -> bool:
        return bool(self._add or self._remove)

    def of(self, text: str) -> str:
        """Return the tags of a use case after the change.

        Raises:
            ValidationError: It would have too many.
        """
        kept = [tag for tag in tags_of(text) if key_of_tag(tag) not in self._remove]
        has = {key_of_tag(tag) for tag in kept}
        return tags_text([*kept, *(t for t in self._add if key_of_tag(t) not in has)])


def put_back(
    cases: Iterable[Case], rows: Mapping[str, Mapping[str, Any]]
) -> list[Planned]:
    """Plan that what a change wrote becomes what it was before.

    What has another value since stays, and so does what may not change any more.

    Args:
        cases: The use cases, as they are now.
        rows: What was written, by the id of the use case.
    """
    return [_back(case, rows[case.id]) for case in cases]


def without(plan: Planned, what: str, why: str) -> Planned:
    """Return a plan that leaves a part as it is, and says why."""
    changed = {each: x for each, x in plan.changed.items() if each != what}
    return Planned(case=plan.case, changed=changed, left={**plan.left, what: why})


def with_teams_kept(
    plan: Iterable[Planned], is_refused: Callable[[int, int], bool], why: str
) -> list[Planned]:
    """Leave what is judged in its team where a move to the other one is refused."""
    return [
        without(each, "team", why)
        if each.case.is_judged
        and "team" in each.changed
        and is_refused(*each.changed["team"])
        else each
        for each in plan
    ]


CHANGED_SINCE = "changed since"


def _back(case: Case, row: Mapping[str, Any]) -> Planned:
    changed: dict[str, tuple[Any, Any]] = {}
    left: dict[str, str] = {}
    for what, (before, after) in row["changed"].items():
        is_other = what == "sponsor" and row.get("audit") != case.audit
        is_other |= what == "review" and row.get("in_force") != case.in_force
        if case.values.get(what) != after or is_other:
            left[what] = CHANGED_SINCE
        elif what in case.keeps:
            left[what] = case.keeps[what]
        else:
            changed[what] = (after, before)
    return Planned(case=case, changed=changed, left=left)


def digest_of(plan: Iterable[Planned]) -> str:
    """Return a digest that is another one once the plan is."""
    text = json.dumps([each.told() for each in plan], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def counted(
    plan: Iterable[Planned], wanted: Mapping[str, Any], labels: Mapping[str, str]
) -> list[Counted]:
    """Count what each part of the change does, with these labels of all parts."""
    changed, left, number = Counter[str](), Counter[str](), 0
    for each in plan:
        number += 1
        changed.update([*each.changed])
        left.update([*each.left])
    chosen = {what for what in LABELS if what in wanted}
    chosen |= {"tags"} if {"add", "remove"} & wanted.keys() else set()
    chosen |= {f"{OWN}{key}" for key in wanted.get("own", ())}
    return [
        Counted(
            what=what,
            label=label,
            changed=changed[what],
            same=number - changed[what] - left[what],
            left=left[what],
        )
        for what, label in labels.items()
        if what in chosen
    ]
