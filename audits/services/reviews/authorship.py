"""Who answered an audit."""

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet

from audits.models import Audit, Version
from audits.models.queries.written_once import written_once
from audits.services.verdicts.assessments import framework_of

_TOGETHER = {
    Version.Kind.NUMBER: "The numbers",
    Version.Kind.CANDIDATE: "The candidates",
}
# What the decision reads. Notes and evidence change no verdict.
READ = (
    *(Version.Kind.ANSWER, Version.Kind.LEVEL, Version.Kind.NUMBER),
    Version.Kind.CANDIDATE,
)


# The labels of what one person answered, and whether any of their answers under it ever
# counted: a value that was set aside did not.
type Answered = dict[str, bool]


def answers_by_person(audit: Audit) -> dict[int, Answered]:
    """Return what each person answered in an audit, by their id.

    Every version counts, also one that was replaced, taken back or set aside: nothing
    that anybody does later hides who gave an answer. An audit that follows another
    begins with its answers, so every version of that one counts as well, and of the
    one before it.
    """
    found: dict[int, Answered] = {}
    for part in _followed(audit):
        framework = framework_of(part)
        for kind, item, by, aside in _versions(audit=part.pk):
            label = _TOGETHER.get(kind) or framework.answerable[item].label
            own = found.setdefault(by, {})
            own[label] = own.get(label, False) or not aside
    return found


def who_answered_before(follows: UUID | None) -> frozenset[int]:
    """Return the ids of the people who answered an audit and those that it follows.

    Args:
        follows: The audit, which another one follows; None where that follows none.
    """
    before = _before(follows)
    return frozenset(by for part in before for _, _, by, _ in _versions(audit=part.pk))


def answers_of(audit: UUID | OuterRef) -> QuerySet[Version]:
    """Return every version of what the decision reads of one audit."""
    return Version.objects.filter(audit=audit, kind__in=READ).order_by()


@written_once
def _versions(*, audit: UUID) -> Any:
    versions = answers_of(audit).order_by("pk")
    return versions.values_list("kind", "item", "by", "set_aside")


def _followed(audit: Audit) -> list[Audit]:
    """Return an audit and those before it that it follows, the first one first."""
    return [*_before(audit.supersedes_id), audit]


def _before(follows: UUID | None) -> list[Audit]:
    chain: list[Audit] = []
    while follows is not None:
        before = Audit.objects.only("framework", "framework_version", "supersedes")
        chain.append(before.get(pk=follows))
        follows = chain[-1].supersedes_id
    return chain[::-1]
