"""What differs between two audits of a use case, or submissions, as decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from audits.landscape.catalogue import catalogue
from audits.models import Audit, Evidence, RemovedEvidence
from audits.scoring import Assessment
from audits.scoring.money.states import plan_state
from audits.scoring.what_if.changes import ChangeWords
from audits.scoring.what_if.comparison import Comparison, compared, outcome_of
from audits.scoring.what_if.finding import finding
from audits.scoring.what_if.since import Given, differences_between, opened_between
from audits.services.portfolio.asked import stated
from audits.services.reviews.sides import Side, as_it_is
from audits.services.verdicts.assessments import framework_of

# A page that shows the comparison beside others folds a longer one.
MOST_UNFOLDED = 3

type _Named = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """Two audits of a use case, or submissions of them, the earlier one first.

    `differences` are those of their answers, levels and numbers. `comparison` has the
    earlier one as its original. `added` and `removed` are links and files behind
    answers that only one of the two has: the label of the answer, and the name.
    `finding` says in a line what changed, `same_sum` whether the board is asked for the
    same, and `opened` which answers made others count.
    """

    before: Side
    after: Side
    differences: tuple[ChangeWords, ...]
    comparison: Comparison
    added: _Named
    removed: _Named
    same_framework: bool
    finding: str
    same_sum: bool
    opened: tuple[str, ...]

    @property
    def was(self) -> Assessment:
        """The assessment of the earlier one."""
        return self.before.assessment

    @property
    def now(self) -> Assessment:
        """The assessment of the later one."""
        return self.after.assessment

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


def between_audits(before: Side, after: Side) -> Between:
    """Return what differs between two audits of a use case, or submissions of them.

    Note: one query for the links and files, and one for those that were removed.
    """
    pair = before, after
    frameworks = [framework_of(side.audit) for side in pair]
    given = [
        Given(
            framework=framework,
            inputs=side.inputs,
            market=catalogue(side.assessment.on or timezone.localdate()),
        )
        for side, framework in zip(pair, frameworks, strict=True)
    ]
    outcomes = [
        outcome_of(
            framework,
            side.assessment,
            side.inputs,
            plan_state(side.audit.use_case.stage),
        )
        for side, framework in zip(pair, frameworks, strict=True)
    ]
    was, now = before.assessment, after.assessment
    said = stated(before.audit, was), stated(after.audit, now)
    added, removed = _evidence(before, after)
    return Between(
        before=before,
        after=after,
        differences=differences_between(*given),
        comparison=compared(outcomes[0], outcomes[1:]),
        added=added,
        removed=removed,
        same_framework=was.content_hash == now.content_hash,
        finding=finding(*said),
        same_sum=said[0].asked == said[1].asked,
        opened=opened_between(*given),
    )


def since_sign_off(audit: Audit) -> Between | None:
    """Return what differs from the signed audit that one follows; None if none."""
    if audit.supersedes_id is None:
        return None
    found = Audit.objects.select_related("use_case", "organization")
    before = found.get(pk=audit.supersedes_id)
    return between_audits(as_it_is(before), as_it_is(audit))


def _evidence(before: Side, after: Side) -> tuple[_Named, _Named]:
    """Return the links and files that only the later side has, and the earlier."""
    of = {"audit__in": {before.audit.pk, after.audit.pk}}
    columns = "audit", "question", "link", "digest", "name", "added_at"
    there = Evidence.objects.filter(**of).order_by("added_at", "pk")
    found: list[tuple[Any, ...]] = [(*x, None) for x in there.values_list(*columns)]
    if before.submission or after.submission:
        gone = RemovedEvidence.objects.filter(**of).order_by("added_at", "pk")
        found += gone.values_list(*columns, "removed_at")
    was, now = (
        {
            (question, link or digest): name
            for audit, question, link, digest, name, added, removed in found
            if audit == side.audit.pk and side.had(added, removed)
        }
        for side in (before, after)
    )
    return tuple(_only(now, was, after.audit)), tuple(_only(was, now, before.audit))


def _only(
    own: dict[tuple[str, str], str], others: dict[tuple[str, str], str], audit: Audit
) -> Iterator[tuple[str, str]]:
    """Yield what one audit has and the other has not: the answer and the name."""
    asked = framework_of(audit).question_by_id
    for key, name in own.items():
        if key not in others and key[0] in asked:
            yield asked[key[0]].label, name
