"""The links and files behind a verdict to train, which a reviewer opens before signing.

Attune knows only that they are there: a person says what they show.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from audits.models import Audit, BoardDecision, Evidence, Review
from audits.scoring import Assessment
from audits.scoring.board.words import told_in_short
from audits.scoring.days import in_words
from audits.scoring.results_behind.approved_on import NOT_SIGNED_OFF, AfterSignOff
from audits.scoring.scored.words import name_of
from audits.services.due.board_decisions import decision_of
from audits.services.due.contradictions import contradiction_of
from audits.services.verdicts.assessments import framework_of, verdict_words

NEEDS_OPENING = (
    "Tick that you opened the links and files, or send the verdict back with a reason"
)
_RESUMED = (
    "The verdict’s review is due, so make a new audit before the use case resumes."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToOpen:
    """One link or file: what it is to show, its name, and where it leads.

    `item` is the evidence of an answer; None of a link typed for a candidate.
    """

    shows: str
    name: str
    link: str
    item: Evidence | None = None


def to_open(audit: Audit, assessment: Assessment) -> tuple[ToOpen, ...]:
    """Return what to open before a verdict to train is signed; nothing of another.

    What lies behind an answer that counts as asserted is left out: it vouches for none.
    So is what was given for an earlier answer, unless the level rests on that alone.

    Args:
        audit: The audit.
        assessment: Its frozen assessment.

    Note: one query.
    """
    if assessment.advice is None or assessment.advice.standing is None:
        return ()
    asked, found = framework_of(audit).question_by_id, audit.given_candidates
    behind = Evidence.objects.filter(audit=audit, question__in=[*assessment.codes])
    behind = behind.with_problem().select_related("added_by")
    items = list(behind.order_by("question", "added_at", "pk"))
    old = {item.pk for item in items if item.is_for_another_answer(audit)}
    current = {item.question for item in items if item.pk not in old}
    shown = [
        ToOpen(
            shows=asked[item.question].label,
            name=item.name,
            link=item.link,
            item=item,
        )
        for item in items
        if item.question in asked
        and assessment.levels.get(item.question) != "asserted"
        and not (item.pk in old and item.question in current)
    ]
    typed = (row for row in found.rows if row.link and not row.sha256)
    shown += [
        ToOpen(shows=name_of(row), name=row.link, link=row.link)
        for row in typed
        if not found.why_not(row, assessment.codes)
    ]
    return tuple(shown)


@dataclass(frozen=True, slots=True)
class Place:
    """One address or file to open, with all that it is to show."""

    all: tuple[ToOpen, ...]

    @property
    def first(self) -> ToOpen:
        """The first of them, which has its address and name."""
        return self.all[0]

    @property
    def shows(self) -> tuple[str, ...]:
        """What it is to show."""
        return tuple(each.shows for each in self.all)


def places_of(to_open: Iterable[ToOpen]) -> tuple[Place, ...]:
    """Return each address once, and each file, in order."""
    found: dict[object, list[ToOpen]] = {}
    for number, each in enumerate(to_open):
        found.setdefault(each.link or number, []).append(each)
    return tuple(Place(tuple(each)) for each in found.values())


def in_number(number: int) -> str:
    """Return so many links and files in words.

    >>> in_number(1), in_number(7)
    ('1 link or file', '7 links and files')
    """
    return "1 link or file" if number == 1 else f"{number} links and files"


def opened_by(review: Review | None) -> str:
    """Return who signed off and says to have opened the links; empty if nobody does."""
    if review is None or review.outcome == Review.Outcome.SENT_BACK:
        return ""
    return str(review.by) if review.opened else ""


def after_sign_off(audit: Audit, review: Review | None) -> AfterSignOff:
    """Return what a sign-off says of an approval, and whether to give it again.

    Args:
        audit: The audit.
        review: The last review of its submission.

    Note: as `contradiction_of`, and one query for training that was signed off.
    """
    due, again = contradiction_of(audit), ""
    has_stopped = bool(audit.signed_off_at) and audit.use_case.has_stopped
    if due and has_stopped:
        again = _RESUMED
    elif due and audit.signed_off_at:
        day = in_words(timezone.localdate(audit.signed_off_at))
        again = f"Signed off on {day}; review due, so decide again before spending."
    return AfterSignOff(
        opened_by=opened_by(review),
        decide_again=again,
        has_stopped=has_stopped,
        decided=_decided(audit),
    )


def _decided(audit: Audit) -> str:
    """Return what the board approved or refused; empty while it may still be asked.

    It is read only where the verdict trains, as no other is approved.
    """
    words = verdict_words(audit)
    if words is None or not framework_of(audit).families[words.family].trains:
        return ""
    found = decision_of(audit)
    if found is None or found.outcome == BoardDecision.Outcome.DEFERRED:
        return ""
    return f"{told_in_short(found.outcome, found.decided_on)}."  # type: ignore[arg-type]


def after_last_review(audit: Audit, assessment: Assessment) -> AfterSignOff:
    """Return the same of the last review.

    Note: two queries more, and none where training is not approved and signed off.
    """
    advice = assessment.advice
    if not (audit.signed_off_at and advice and advice.is_approved):
        return NOT_SIGNED_OFF
    return after_sign_off(audit, Review.objects.of_submission(audit).first())


def opened_said(audit: Audit, assessment: Assessment, review: Review | None) -> str:
    """Return whether a reviewer says they opened the links; empty without any.

    Attune knows only that they ticked it.

    Args:
        audit: The audit.
        assessment: Its frozen assessment.
        review: The last review of its submission.
    """
    found = to_open(audit, assessment)
    if review and review.outcome != Review.Outcome.SENT_BACK and review.opened:
        known = found if len(found) == review.opened else ()
        return (
            f"{_each_once(known, review.opened)}, which the reviewer ticked as checked"
        )
    said = _each_once(found, len(found))
    return f"{said}, which no reviewer has opened yet" if found else ""


def _each_once(found: Iterable[ToOpen], number: int) -> str:
    """Say how many links and files there are, and how often they were given.

    Args:
        found: What there is to open; nothing, if it is not as it was signed.
        number: How many answers and results name one.
    """
    places = len(places_of(found)) or number
    said = in_number(places)
    return f"{said}, cited {number} times" if places < number else said
