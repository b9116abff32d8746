"""Whose a verdict is: from whom it comes, and who turned it.

What the rules that decided have read is one half of it (`scoring/deciding.py`). The
other half asks whether the verdict would be another without what a person gave: an
answer also counts where it keeps an earlier rule from matching.
"""

from typing import Any

from django.utils import timezone

from audits.frameworks.questions import UNKNOWN
from audits.frameworks.schema import Framework
from audits.models import Audit, Version
from audits.models.audits import codes_of, values
from audits.scoring import Assessment
from audits.scoring.deciding import (
    deciding_questions,
    lives_on,
    open_deciding_questions,
    rests_on_numbers,
)
from audits.scoring.exchange import document
from audits.scoring.history.time_machine import TimeMachine
from audits.scoring.inputs import Inputs
from audits.services.verdicts.assessments import framework_of

_NUMBERS = "The numbers"
_READ = (Version.Kind.ANSWER, Version.Kind.LEVEL, Version.Kind.NUMBER)
type _Key = tuple[str, str]
type _Histories = dict[_Key, list[tuple[Any, int]]]


def own_by_person(audit: Audit) -> dict[int, tuple[str, ...]]:
    """Return the labels of what decides an audit, by the people it comes from."""
    if audit.assessment is None:
        return {}
    assessment = document.load(audit.assessment)
    given, removed = _labels(framework_of(audit), assessment, audit)
    found: dict[int, dict[str, None]] = {}
    last: dict[tuple[str, str], tuple[Any, int]] = {}
    histories: _Histories = {}
    versions = Version.objects.filter(audit__in=history_of(audit)).order_by("pk")
    for kind, item, value, by, set_aside in versions.values_list(
        "kind", "item", "value", "by", "set_aside"
    ):
        key = (kind, item)
        if key in given and lives_on(value, _current(audit, kind, item)):
            found.setdefault(by, {})[given[key]] = None
        histories.setdefault(key, []).append((value, by))
        if not set_aside:
            last[key] = (value, by)
    for key, (value, by) in last.items():
        if value is None and key in removed:
            found.setdefault(by, {})[removed[key]] = None
    for by, labels in _turned(audit, assessment, histories).items():
        found.setdefault(by, {}).update(dict.fromkeys(labels))
    return {by: tuple(own) for by, own in found.items()}


type _Labels = dict[_Key, str]


def _labels(
    framework: Framework, assessment: Assessment, audit: Audit
) -> tuple[_Labels, _Labels]:
    """Return the labels of what decides: what was given, and what was taken back."""
    given: _Labels = {}
    for question in deciding_questions(assessment):
        label = framework.answerable[question].label
        given[Version.Kind.ANSWER, question] = label
        given[Version.Kind.LEVEL, question] = label
    if rests_on_numbers(assessment):
        given |= {(Version.Kind.NUMBER, item): _NUMBERS for item in audit.numbers}
    removed: _Labels = {key: f"{label} (taken back)" for key, label in given.items()}
    still_open = open_deciding_questions(assessment) & framework.answerable.keys()
    for question in sorted(still_open):
        label = f"{framework.answerable[question].label} (taken back)"
        removed[Version.Kind.ANSWER, question] = label
        if question not in framework.question_by_id:  # computed from numbers
            taken_back = f"{_NUMBERS} (taken back)"
            removed |= {(Version.Kind.NUMBER, x): taken_back for x in audit.numbers}
    return given, removed


def _turned(
    audit: Audit, assessment: Assessment, histories: _Histories
) -> dict[int, list[str]]:
    """Return the labels of what people gave without which the verdict is another.

    What a person gave, as far as it lives on, is put back to what the others gave
    before. Whoever gave most of the answers that are known counts too, whatever comes
    of it: a verdict on the few others is not the same verdict reached by somebody else.
    """
    day = assessment.on or timezone.localdate()
    machine = TimeMachine(framework_of(audit), day, day)
    now = {kind: values(audit.entries(kind)) for kind in _READ}
    given = {key for key in histories if key[0] in _READ and key[1] in now[_kind(key)]}
    authors = {key: history[-1][1] for key, history in histories.items()}
    known = [key for key in given if _is_known(key, now)]
    verdict = machine.verdict(_inputs(now), day)
    found = {}
    for by in {author for history in histories.values() for _, author in history}:
        without = {
            key: _of_others(history[:begun], by)
            for key, history in histories.items()
            if key[0] in _READ
            and (begun := _begun(history, by, now[_kind(key)].get(key[1]))) is not None
        }
        gave_most = 2 * sum(authors[key] == by for key in known) > len(known)
        if not gave_most and _verdict(machine, day, now, without) == verdict:
            continue
        turns = [
            key
            for key in without
            if _verdict(machine, day, now, {key: without[key]}) != verdict
        ]
        found[by] = [
            _label(machine.framework, key, is_there=key in given)
            for key in turns or without
        ]
    return found


def _kind(key: _Key) -> Version.Kind:
    return Version.Kind(key[0])


def _is_known(key: _Key, now: dict[Version.Kind, dict[str, Any]]) -> bool:
    kind, item = key
    return kind == Version.Kind.ANSWER and now[_kind(key)][item] != UNKNOWN


def _begun(history: list[tuple[Any, int]], by: int, now: Any) -> int | None:
    """Return the place of the first version of a person's that lives on; None if none.

    Whoever gave it again later, or added to it, does not make it theirs alone.
    """
    for place, (value, author) in enumerate(history):
        if author == by and (lives_on(value, now) or value is now is None):
            return place
    return None


def _of_others(history: list[tuple[Any, int]], by: int) -> Any:
    """Return what others gave last; None if nobody else gave anything."""
    return next((value for value, author in reversed(history) if author != by), None)


def _verdict(
    machine: TimeMachine,
    day: Any,
    now: dict[Version.Kind, dict[str, Any]],
    other: dict[_Key, Any],
) -> str:
    """Return the verdict with some entries as they were before."""
    entries = {kind: dict(given) for kind, given in now.items()}
    for (kind, item), value in other.items():
        if value is None:
            entries[Version.Kind(kind)].pop(item, None)
        else:
            entries[Version.Kind(kind)][item] = value
    return machine.verdict(_inputs(entries), day)


def _inputs(entries: dict[Version.Kind, dict[str, Any]]) -> Inputs:
    answers, levels, numbers = (entries[kind] for kind in _READ)
    return Inputs(codes=codes_of(answers), levels=levels, numbers=numbers)


def _label(framework: Framework, key: _Key, *, is_there: bool) -> str:
    kind, item = key
    is_number = kind == Version.Kind.NUMBER
    label = _NUMBERS if is_number else framework.answerable[item].label
    return label if is_there else f"{label} (taken back)"


def history_of(audit: Audit) -> list[Any]:
    """Return an audit and those before it, whose answers it began with, by id."""
    found = [audit.pk]
    while audit.supersedes is not None:
        audit = audit.supersedes
        found.append(audit.pk)
    return found


def _current(audit: Audit, kind: str, item: str) -> Any:
    return audit.entries(kind).get(item, {}).get("value")
