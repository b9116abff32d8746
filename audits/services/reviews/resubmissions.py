"""What changed in an audit since it was submitted before.

The inputs of an earlier submission are read again from the versions that it names.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.utils import timezone

from audits.frameworks.named import NamedVerdict, named
from audits.frameworks.rules import Verdict
from audits.landscape.catalogue import catalogue
from audits.models import (
    Audit,
    Evidence,
    RemovedEvidence,
    Review,
    Submission,
    Version,
)
from audits.models.audits import NEED_PROOF, counted_levels
from audits.scoring import Assessment
from audits.scoring.days import in_words
from audits.scoring.inputs import Inputs, codes_of
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.words import Money
from audits.scoring.scored.values import candidates_of
from audits.scoring.sums.cost_since import cost_since
from audits.scoring.what_if.changes import ChangeWords
from audits.scoring.what_if.finding import finding
from audits.scoring.what_if.since import Given, differences_between, opened_between
from audits.services.portfolio.asked import stated
from audits.services.verdicts.assessments import assess_inputs, framework_of

_PEOPLE = ("by", "taken_back_by")


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceSubmission:
    """The last earlier submission beside the audit as it is now.

    `was` and `now` are the verdicts, `cost` says what 12 months cost then and now, if
    that differs, `advised` is the next step then and now, if that does, and
    `differences` are those of answers, levels and numbers. `added`
    and `removed` are the links and files behind answers: the label of the answer, and
    the name. `notes` are those written or changed since: the label of the answer, and
    the text, empty where it was removed. `times` is how often it was submitted before.
    `answer` is the submission that answers the reviewer who had sent it back; None if
    none does.
    """

    before: Submission
    was: NamedVerdict | None
    now: NamedVerdict
    cost: str
    begins: date | None
    finding: str
    opened: tuple[str, ...]
    advised: tuple[str, str] | None
    differences: tuple[ChangeWords, ...]
    added: tuple[tuple[str, str], ...]
    removed: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]
    answer: Submission | None
    times: int

    @property
    def in_short(self) -> str:
        """What the link to all of it says."""
        if self.changes:
            return "See what changed"
        if self.begins:
            day = in_words(self.begins)
            return f"Only the day of its prices changed: its 12 months begin on {day}"
        return "Nothing changed since"

    @property
    def changes(self) -> int:
        """How many entries, notes, links and files differ."""
        of_files = len(self.added) + len(self.removed)
        return len(self.differences) + len(self.notes) + of_files

    @property
    def same_verdict(self) -> bool:
        """Whether the verdict is still the same."""
        return self.was == self.now

    @property
    def same_evidence(self) -> bool:
        """Whether no link and no file was added or removed."""
        return not self.added and not self.removed


def since_submission(audit: Audit, assessment: Assessment) -> SinceSubmission | None:
    """Return what changed since the last submission that was returned; None if none.

    Args:
        audit: A draft that was sent back or taken back, or one submitted again.
        assessment: Its assessment.
    """
    if not getattr(audit, "was_returned", True):
        return None
    stored = Submission.objects.filter(audit=audit).defer("frozen")
    found = [*stored.select_related(*_PEOPLE)]
    returned = [each for each in found if each.returned_at]
    if not returned:
        return None
    before = returned[-1]
    framework = framework_of(audit)
    days = timezone.localdate(before.at), assessment.on or timezone.localdate()
    was, now = (
        Given(framework=framework, inputs=inputs, market=catalogue(day))
        for inputs, day in zip((inputs_of(before), audit.inputs), days, strict=True)
    )
    added, removed = _evidence_since(audit, before)
    then = assess_inputs(was.framework, was.inputs, days[0], open_only=True)
    changes = differences_between(was, now)
    found_then, found_now = stated(audit, then), stated(audit, assessment)
    sums = money_of(then), money_of(assessment)
    cost = cost_since(
        *sums,
        same_inputs=not changes or _is_of_the_day(was, days[1], sums[1]),
        same_facts=then.landscape == assessment.landscape,
    )
    return SinceSubmission(
        before=before,
        was=submitted_verdict(audit, before),
        now=assessment.named,
        cost=cost,
        begins=_begins(*sums) if cost else None,
        finding=finding(found_then, found_now),
        opened=opened_between(was, now),
        advised=_advised(then, assessment),
        differences=changes,
        added=added,
        removed=removed,
        notes=tuple(_notes_since(audit, before)),
        times=len(returned),
        answer=found[-1] if not found[-1].returned_at and found[-1].words else None,
    )


def _is_of_the_day(was: Given, day: date, now: Money | None) -> bool:
    """Whether what was entered before comes to the same 12 months on a later day.

    Then the day alone is the cause of another amount, whatever was entered since.
    """
    found = money_of(assess_inputs(was.framework, was.inputs, day, open_only=True))
    if found is None or now is None:
        return False
    return (found.chosen.technique, found.chosen.year) == (
        now.chosen.technique,
        now.chosen.year,
    )


def _begins(was: Money | None, now: Money | None) -> date | None:
    """Return the day on which the 12 months begin, if it was another."""
    days = [each.chosen.starts for each in (was, now) if each]
    return days[-1] if len({*days}) > 1 else None


def _advised(then: Assessment, now: Assessment) -> tuple[str, str] | None:
    """Return the next step then and now; None if it is the same."""
    if then.advice is None or now.advice is None:
        return None
    steps = then.advice.step, now.advice.step
    if steps[0].id == steps[1].id:
        return None
    return steps[0].says, steps[1].says


def sent_back_with(audit: Audit) -> Review | None:
    """Return the review that sent a draft back; None if none did."""
    last = Review.objects.filter(audit=audit).select_related("by").order_by("at").last()
    return last if last and last.outcome == Review.Outcome.SENT_BACK else None


def submitted_verdict(audit: Audit, submission: Submission) -> NamedVerdict | None:
    """Return what the verdict of a submission is called; None if it is not known."""
    words = framework_of(audit).verdicts.get(cast("Verdict", submission.verdict))
    if words is None:
        return None
    return named(words.family, words.mark, words.name, submission.comes_first)


def inputs_of(submission: Submission) -> Inputs:
    """Return the inputs of a submission, from the versions that it names."""
    of = Version.objects.filter(audit=submission.audit_id, set_aside=False)
    rows = of.values_list("kind", "item", "number", "value")
    given: dict[str, dict[str, Any]] = {kind: {} for kind in Version.Kind.values}
    named_versions: Mapping[str, Mapping[str, int]] = submission.versions
    for kind, item, number, value in rows:
        is_submitted = named_versions.get(kind, {}).get(item) == number
        if is_submitted and value is not None:
            given[kind][item] = value
    return Inputs(
        codes=codes_of(given[Version.Kind.ANSWER]),
        levels=counted_levels(_with_marks(submission, given[Version.Kind.LEVEL])),
        numbers=given[Version.Kind.NUMBER],
        candidates=candidates_of(given[Version.Kind.CANDIDATE]),
    )


def _with_marks(submission: Submission, levels: dict[str, Any]) -> dict[str, Any]:
    """Return levels as entries, marked where a link or file was there at that time.

    Note: two queries, and none where no answer is said to be shown.
    """
    shown: set[str] = set()
    if not NEED_PROOF.isdisjoint(levels.values()):
        there = {"audit": submission.audit_id, "added_at__lte": submission.at}
        now = Evidence.objects.filter(**there)
        then = RemovedEvidence.objects.filter(**there, removed_at__gt=submission.at)
        found = (each.values_list("question", flat=True) for each in (now, then))
        shown.update(*(each.order_by() for each in found))
    return {q: {"value": x, "shown": q in shown} for q, x in levels.items()}


type _Named = tuple[tuple[str, str], ...]


def _notes_since(audit: Audit, before: Submission) -> Iterator[tuple[str, str]]:
    """Yield the notes that are not those of a submission."""
    then = before.versions.get(Version.Kind.NOTE, {})
    for question in framework_of(audit).questions:
        now = audit.notes.get(question.id)
        if now and now.get("version", 0) != then.get(question.id, 0):
            yield question.label, str(now.get("value") or "")


def _evidence_since(audit: Audit, before: Submission) -> tuple[_Named, _Named]:
    """Return what was added after a submission and is there, and what was removed."""
    asked = framework_of(audit).question_by_id
    added = Evidence.objects.filter(audit=audit, added_at__gt=before.at)
    removed = RemovedEvidence.objects.filter(
        audit=audit, added_at__lte=before.at, removed_at__gt=before.at
    )
    new, gone = (
        tuple(
            (asked[question].label, name)
            for question, name in rows.values_list("question", "name").order_by("pk")
            if question in asked
        )
        for rows in (added, removed)
    )
    return new, gone
