"""Evidence levels that were given for an answer that somebody else changed."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from audits.frameworks.answering import flow
from audits.models import Audit, User, Version
from audits.services.answers.words import words_of
from audits.services.verdicts.assessments import framework_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FallenLevel:
    """A level that somebody gave for an earlier answer, and that fell with it."""

    question: str
    label: str
    level: str
    by: User


def fallen_levels(audit: Audit) -> list[FallenLevel]:
    """Return the levels that fell and that nobody has given again."""
    framework = framework_of(audit)
    asked = {q.id: q for q in flow.applicable(framework, audit.codes)}
    fell = {
        item: entry
        for item, entry in audit.levels.items()
        if entry["value"] is None and item in asked and item in audit.codes
    }
    if not fell:
        return []
    before = (Q(item=item, number=x["version"] - 1) for item, x in fell.items())
    found = Version.objects.filter(
        reduce(or_, before), audit=audit, kind=Version.Kind.LEVEL, set_aside=False
    ).select_related("by")
    return [
        FallenLevel(
            question=version.item,
            label=asked[version.item].label,
            level=words_of(framework, "level", version.item, version.value),
            by=version.by,
        )
        for version in found
        if version.value is not None and version.by_id != fell[version.item]["by"]
    ]
