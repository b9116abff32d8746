"""Who answered an audit."""

from typing import Any

from audits.models import Audit, Version
from audits.models.written_once import written_once
from audits.services.verdicts.assessments import framework_of

_NUMBERS = "The numbers"
# What the decision reads. Notes and evidence change no verdict.
_READ = (Version.Kind.ANSWER, Version.Kind.LEVEL, Version.Kind.NUMBER)


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
        for kind, item, by, aside in _versions(audit=part):
            if kind == Version.Kind.NUMBER:
                label = _NUMBERS
            else:
                label = framework.answerable[item].label
            own = found.setdefault(by, {})
            own[label] = own.get(label, False) or not aside
    return found


@written_once
def _versions(*, audit: Audit) -> Any:
    versions = Version.objects.filter(audit=audit, kind__in=_READ).order_by("pk")
    return versions.values_list("kind", "item", "by", "set_aside")


def _followed(audit: Audit) -> list[Audit]:
    """Return an audit and those before it that it follows, the first one first."""
    chain = [audit]
    while chain[-1].supersedes_id is not None:
        before = Audit.objects.only("framework", "framework_version", "supersedes")
        chain.append(before.get(pk=chain[-1].supersedes_id))
    return chain[::-1]
