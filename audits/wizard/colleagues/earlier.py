"""Evidence levels that were given for an answer that was changed since."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from audits.frameworks.answering import flow
from audits.models import Audit, User, Version
from audits.services.answers.words import words_of
from audits.services.verdicts.assessments import framework_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FallenLevel:
    """A level that was given for an earlier answer, and that fell with it."""

    question: str
    label: str
    level: str
    by: User


def fallen_levels(audit: Audit) -> list[FallenLevel]:
    """Return the levels that fell and that nobody has given again.

    A test result that gives the new answer says how it is known.
    """
    framework = framework_of(audit)
    shown = audit.inputs.answered.behind if audit.candidates else {}
    asked = {q.id: q for q in flow.applicable(framework, audit.codes)}
    fell = [
        item
        for item, entry in audit.levels.items()
        if entry["value"] is None
        and item in asked
        and item in audit.codes
        and item not in shown
    ]
    return [
        FallenLevel(
            question=version.item,
            label=asked[version.item].label,
            level=words_of(framework, "level", version.item, version.value),
            by=version.by,
        )
        for version in _before_they_fell(audit, fell)
        if version.value is not None
    ]


def fell_of_others(audit: Audit, questions: Collection[str]) -> set[str]:
    """Return those whose level another person gave than the one who replaced it."""
    return {
        version.item
        for version in _before_they_fell(audit, questions)
        if version.by_id != audit.levels[version.item]["by"]
    }


def _before_they_fell(audit: Audit, questions: Collection[str]) -> QuerySet[Version]:
    """Return the levels that some questions had before the last one fell."""
    if not questions:
        return Version.objects.none()
    before = (Q(item=q, number=audit.levels[q]["version"] - 1) for q in questions)
    return Version.objects.filter(
        reduce(or_, before), audit=audit, kind=Version.Kind.LEVEL, set_aside=False
    ).select_related("by")
