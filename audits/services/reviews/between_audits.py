"""What differs between two audits of a use case, each as it was decided."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from audits.landscape.catalogue import catalogue
from audits.models import Audit, Evidence
from audits.scoring import Assessment
from audits.scoring.money.states import plan_state
from audits.scoring.what_if.changes import ChangeWords
from audits.scoring.what_if.comparison import Comparison, compared, outcome_of
from audits.scoring.what_if.since import Given, differences_between
from audits.services.verdicts.assessments import assessment_of, framework_of

# A page that shows the comparison beside others folds a longer one.
MOST_UNFOLDED = 3

type _Named = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """Two audits of a use case, the earlier one first.

    `was` and `now` are their assessments, and `differences` those of their answers,
    levels and numbers. `comparison` has the earlier one as its original. `added` and
    `removed` are links and files behind answers that only one of the two has: the label
    of the answer, and the name.
    """

    before: Audit
    after: Audit
    was: Assessment
    now: Assessment
    differences: tuple[ChangeWords, ...]
    comparison: Comparison
    added: _Named
    removed: _Named
    same_framework: bool

    @property
    def same_verdict(self) -> bool:
        """Whether the verdict is still the same."""
        return self.was.named == self.now.named

    @property
    def number(self) -> int:
        """How many entries, links, files and reasons differ."""
        of_files = len(self.added) + len(self.removed)
        return len(self.differences) + of_files + len(self.comparison.reasons)

    @property
    def is_long(self) -> bool:
        """Whether a page folds it that shows more than this."""
        return self.number > MOST_UNFOLDED


def between_audits(before: Audit, after: Audit) -> Between:
    """Return what differs between two audits of a use case.

    Note: one query for the links and files, and one for each that is read frozen.
    """
    pair = before, after
    frameworks = [framework_of(audit) for audit in pair]
    found = [assessment_of(audit) for audit in pair]
    given = [
        Given(
            framework=framework,
            inputs=audit.inputs,
            market=catalogue(assessment.on or timezone.localdate()),
        )
        for audit, framework, assessment in zip(pair, frameworks, found, strict=True)
    ]
    outcomes = [
        outcome_of(
            framework, assessment, audit.inputs, plan_state(audit.use_case.stage)
        )
        for audit, framework, assessment in zip(pair, frameworks, found, strict=True)
    ]
    added, removed = _evidence(before, after)
    return Between(
        before=before,
        after=after,
        was=found[0],
        now=found[1],
        differences=differences_between(*given),
        comparison=compared(outcomes[0], outcomes[1:]),
        added=added,
        removed=removed,
        same_framework=found[0].content_hash == found[1].content_hash,
    )


def since_sign_off(audit: Audit) -> Between | None:
    """Return what differs from the signed audit that one follows; None if none."""
    if audit.supersedes_id is None:
        return None
    found = Audit.objects.select_related("use_case", "organization")
    return between_audits(found.get(pk=audit.supersedes_id), audit)


def _evidence(before: Audit, after: Audit) -> tuple[_Named, _Named]:
    """Return the links and files that only the later audit has, and the earlier."""
    found = Evidence.objects.filter(audit__in=[before.pk, after.pk])
    of: dict[bool, dict[tuple[str, str], str]] = {True: {}, False: {}}
    for each in found.order_by("added_at", "pk"):
        of[each.audit_id == after.pk][each.question, each.link or each.digest] = (
            each.name
        )
    return (
        tuple(_only(of[True], of[False], after)),
        tuple(_only(of[False], of[True], before)),
    )


def _only(
    own: dict[tuple[str, str], str], others: dict[tuple[str, str], str], audit: Audit
) -> Iterator[tuple[str, str]]:
    """Yield what one audit has and the other has not: the answer and the name."""
    asked = framework_of(audit).question_by_id
    for key, name in own.items():
        if key not in others and key[0] in asked:
            yield asked[key[0]].label, name
