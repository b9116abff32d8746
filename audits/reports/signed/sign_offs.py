"""What a paper says of its sign-offs: shortly on page 1, and all of it in A8."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.text import get_text_list

from audits.models import (
    Audit,
    ConditionStep,
    Cover,
    Review,
    SignOffCondition,
    Submission,
)
from audits.models.sign_offs.conditions import ALONE, BEFORE_THE_MONEY
from audits.models.sign_offs.states import state_said
from audits.scoring import Assessment
from audits.scoring.board.words import OUTCOMES
from audits.scoring.days import in_words
from audits.scoring.decision_words import Asking
from audits.scoring.money.words import Money
from audits.services.due.board_decisions import said_by_board
from audits.services.due.comments import apart
from audits.services.due.contradictions import contradiction_of
from audits.services.due.covers import cover_of
from audits.services.papers.agreed_before import agreed_said
from audits.services.papers.page_one_words import Changed, changed_words
from audits.services.papers.page_one_writers import MOST_NAMED, writers_of
from audits.services.reviews.drafts.origin import Origin, origin_of
from audits.services.reviews.opinions.own_verdict import dissent_on
from audits.services.reviews.resubmissions import SinceSubmission, since_submission
from audits.services.reviews.separation import who_can_sign
from audits.services.verdicts.opening import opened_said

# The characters that fit on page 1: of a condition, and of what the use case was.
_ROOM = 240
_UNDER_ROOM = 130
# What is said of the first of several conditions.
_SHORT = 120
_STATES = {"open": "open", "said": "said to be met", "met": "met"}
_NOBODY = "Not signed off yet: a reviewer who did not write the answers decides."
_ANSWERED_NONE = "wrote none of the answers"
_OTHERWISE = (
    "The use case was described differently at the sign-off; A8 says what was signed."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """A sign-off of the verdict with its time, or what was agreed on a `day`."""

    role: str
    name: str
    said: str
    at: datetime | None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What page 1 has room to say of who wrote and signed it, and all that A8 says.

    `origin` is what the use case was copied from.
    Writers are named if it was not the author alone. `since` says what the paper shows
    that the reviewer did not sign, and `changed` which words of page 1 they did.
    `review_due` says what contradicts the signed verdict; empty if nothing does.
    `by_board` is all that the board decided, and `who_measures` names who does what is
    still to be measured, and until when, as far as that is known. `opened` says whether
    a reviewer opened the links and files behind a training. `unsigned` says that the
    board can vote only once somebody has signed it off, and who can; it is empty then,
    and where more answers are needed first. `dissent` names the other verdict of a
    second opinion.
    """

    writers: str
    all_writers: str
    since: tuple[str, ...]
    all_since: tuple[str, ...]
    changed: tuple[Changed, ...]
    origin: Origin | None
    review_due: str
    opened: str = ""
    by_board: str = ""
    unsigned: str = ""
    who_measures: str = ""
    dissent: str = ""


def sign_offs(audit: Audit, reviews: tuple[Review, ...]) -> tuple[SignOff, ...]:
    """Return a submission and its reviews.

    Args:
        audit: The audit.
        reviews: The reviews of its submission, the latest last.
    """
    return _submission_of(audit), *_reviewed(reviews)


def all_sign_offs(
    audit: Audit, assessment: Assessment, reviews: tuple[Review, ...]
) -> tuple[SignOff, ...]:
    """Return what became of earlier submissions, the submission and its reviews.

    Args:
        audit: The audit.
        assessment: Its assessment.
        reviews: The reviews of its submission, the latest last.

    Note: two queries, and those of `since_submission` if it was submitted before.
    """
    before = Review.objects.filter(audit=audit, at__lt=audit.submitted_at)
    earlier = tuple(before.select_related("by", "organization").order_by("at"))
    since = since_submission(audit, assessment)
    rows = [_reviewer(each) for each in earlier]
    if since is not None:
        first = SignOff(
            role="Author",
            name=str(since.before.by),
            said=_submitted_before(since),
            at=since.before.at,
        )
        later = [each for each in earlier if each.at >= since.before.at]
        rows.insert(len(earlier) - len(later), first)
    last = Submission.objects.filter(audit=audit).last() if earlier else None
    answer = last.words if last else ""
    own = _submission_of(audit, answer), *_reviewed(reviews)
    return _sponsor(audit), *rows, *own, *_by_board(audit)


def _sponsor(audit: Audit) -> SignOff:
    """Return who asks the board, and when they agreed, as the owner says."""
    cover = cover_of(audit)
    name, day = cover.sponsor or "Not named yet", cover.sponsor_agreed_on
    said = "Agreed" if day else agreed_said(cover).capitalize()
    return SignOff(role="Sponsor", name=name, said=said, at=None, day=day)


def _by_board(audit: Audit) -> Iterator[SignOff]:
    """Yield what the board decided; its words are below the table."""
    if board := said_by_board(audit):
        said = OUTCOMES[board.outcome]
        yield SignOff(
            role="Board", name=board.meeting, said=said, at=None, day=board.on
        )


def _submission_of(audit: Audit, answer: str = "") -> SignOff:
    return SignOff(
        role="Author",
        name=str(audit.submitted_by),
        said=f"Submitted: {answer}" if answer else "Submitted",
        at=audit.submitted_at,
    )


def _reviewed(reviews: tuple[Review, ...]) -> tuple[SignOff, ...]:
    nobody = SignOff(role="Reviewer", name="Nobody yet", said="Not reviewed", at=None)
    return tuple(row for each in reviews for row in _with_steps(each)) or (nobody,)


def _with_steps(review: Review) -> Iterator[SignOff]:
    """Yield a review, and what became of each of its conditions."""
    yield _reviewer(review)
    asked = {each.pk: each for each in review.asked}
    for step in review.steps:
        condition = asked[step.condition_id]
        named = f"Condition {condition.number}" if len(asked) > 1 else "Condition"
        is_alone = condition.is_by_one and step == condition.steps_told[-1]
        said = f"{_step_said(step)} ({ALONE})" if is_alone else _step_said(step)
        yield SignOff(role=named, name=str(step.by), said=said, at=step.at)


def _step_said(step: ConditionStep) -> str:
    """Return what became of a condition; who said so is beside it."""
    if step.kind == step.Kind.CONFIRMED:
        return "Confirmed that it is met"
    if step.kind == step.Kind.TAKEN_BACK:
        return f"Open again: {step.words}"
    return f"Says that it is met: {step.words} ({step.link or step.proof})"


def _reviewer(review: Review) -> SignOff:
    name, said = str(review.by), _said(review)
    return SignOff(role="Reviewer", name=name, said=said, at=review.at)


def _submitted_before(since: SinceSubmission) -> str:
    """Return what became of the last earlier submission, and how much has changed.

    It fits on a line: the row has its day and who sent it, and the next row says who
    sent it back.
    """
    before, done = since.before, "sent back"
    if before.taken_back_by is not None and before.returned_at is not None:
        is_own = before.taken_back_by == before.by
        who = "took it back" if is_own else f"taken back by {before.taken_back_by}"
        done = f"{who} on {in_words(timezone.localdate(before.returned_at))}"
    changed = {0: "nothing", 1: "1 entry"}
    count = changed.get(since.changes, f"{since.changes:,} entries")
    was = "" if since.same_verdict or since.was is None else since.was.name
    verdict = f"; the verdict was “{was}”" if was else ""
    times = f"{since.times} times before, last" if since.times > 1 else "before"
    return f"Submitted {times}, {done}; {count} changed since{verdict}"


def signed(
    audit: Audit, reviews: tuple[Review, ...], cover: Cover, assessment: Assessment
) -> Signed:
    """Return what a paper says of who wrote and signed page 1.

    Args:
        audit: The audit.
        reviews: The reviews of its submission, the latest last.
        cover: The words of page 1.
        assessment: The frozen assessment.
    """
    writers, last = writers_of(audit), reviews[-1] if reviews else None
    under = last.signed_under if last else ""
    fits = under if len(under) <= _UNDER_ROOM else _OTHERWISE
    return Signed(
        writers=writers.of_others(MOST_NAMED),
        all_writers=writers.of_others(),
        since=tuple(filter(None, (fits, writers.shortly_after_sign_off()))),
        all_since=tuple(filter(None, (under, writers.after_sign_off()))),
        changed=changed_words(cover, last),
        origin=origin_of(audit),
        review_due=due.sentence if (due := contradiction_of(audit)) else "",
        opened=opened_said(audit, assessment, last),
        by_board=board.in_full if (board := said_by_board(audit)) else "",
        unsigned=_unsigned(audit, assessment),
        who_measures=_who_measures(audit, last),
        dissent=dissent_on(audit),
    )


def _who_measures(audit: Audit, last: Review | None) -> str:
    """Say who measures, and until when, as the conditions of the sign-off do.

    Nothing else has an owner and a day. Without one, the owner of the use case has to
    name them.
    """
    found = [each for each in (last.asked if last else ()) if not each.is_met]
    if not found:
        return f"not set yet; {audit.use_case.owner} names both"
    named = dict.fromkeys(f"{x.owner}, by {in_words(x.due_on)}" for x in found)
    of = "a condition" if len(found) == 1 else "conditions"
    return f"{'; '.join(named)}, for {of} of the sign-off (A8)"


def _unsigned(audit: Audit, assessment: Assessment) -> str:
    if audit.state != Audit.State.IN_REVIEW or assessment.provisional:
        return ""
    if names := who_can_sign(audit):
        return f"The board can vote only after sign-off by {names}."
    return f"The board cannot vote yet: nobody in {audit.organization} can sign it off."


def sign_off_words(
    reviews: tuple[Review, ...], asking: Asking, money: Money | None = None
) -> str:
    """Return what page 1 says of the sign-off, with its conditions in short.

    A paper that informs says who decided and when, or who will. One that asks says only
    a condition.

    Args:
        reviews: The reviews of the submission, the latest last.
        asking: Whether the paper asks for a decision, or informs of one.
        money: What is asked for at once of it waits for the conditions.
    """
    last = reviews[-1] if reviews else None
    if last is None or last.outcome == Review.Outcome.SENT_BACK:
        return _NOBODY if asking == "told" else ""
    day = in_words(timezone.localdate(last.at))
    before = ", before the override" if last.audit.override else ""
    who = f"{last.get_outcome_display()} by {last.by} on {day}{before}"
    if last.outcome != Review.Outcome.CONDITIONS:
        return "" if asking == "asked" else f"{who}."
    asks = bool(money and money.asks_now)
    return f"{who}{_with_conditions(last, asks=asks)}"


def state_on_paper(audit: Audit, reviews: tuple[Review, ...], asking: Asking) -> str:
    """Return the state of an audit, with who signed where nothing else names them.

    Args:
        audit: The audit.
        reviews: The reviews of its submission, the latest last.
        asking: Whether the paper asks for a decision, or informs of one.
    """
    review = reviews[-1] if reviews else None
    state, said = state_said(audit, review), sign_off_words(reviews, asking)
    is_signed = audit.state == Audit.State.SIGNED_OFF and not audit.override
    if said or review is None or not is_signed:
        return state
    return f"{state} by {review.by}{f' ({who})' if (who := _function(review)) else ''}"


def _function(review: Review) -> str:
    """Return in which function somebody signed who answered nothing; else empty."""
    if review.own_answers:
        return ""
    owns = " and owner" if review.owner_id == review.by_id else ""
    return f"reviewer{owns}, {_ANSWERED_NONE}"


def _with_conditions(review: Review, *, asks: bool) -> str:
    """Return what was signed after who did: a comment, then the conditions, apart.

    The comment is left to A8 where the two have no room together. Of several
    conditions the one that holds money is said, in short if need be.
    """
    which = _first_shown(review.asked)
    comment, shown = apart(review, which)
    state, more = _state_of_conditions(review, asks=asks), len(review.asked) - 1
    named, others = _told_apart(review.asked, which)
    rest = f" and {more} more (A8){others}.{state}" if more > 0 else f".{state}"
    room = _ROOM - len(rest) - len(named)
    said = f"Condition{named}: {_short(shown, room, is_all=more <= 0)}{rest}"
    # Quotes keep the comment and the condition from reading as one.
    if comment and len(comment) + len(said) < _ROOM:
        return f": “{comment}” {said}"
    return f". {said}"


def _first_shown(asked: Sequence[SignOffCondition]) -> int:
    """Return the place of the condition that is said: what holds money comes first."""
    order = [(not x.is_holding, not x.holds_money, at) for at, x in enumerate(asked)]
    return min(order)[-1] if order else 0


def _told_apart(asked: Sequence[SignOffCondition], which: int) -> tuple[str, str]:
    """Return what tells the condition that is said from the others, and those from it.

    It says whether it holds money and whether it is met, where others differ in that.
    """
    if not asked:
        return "", ""
    shown, others = asked[which], [*asked[:which], *asked[which + 1 :]]
    named = other = ""
    if shown.holds_money and not all(each.holds_money for each in others):
        named = f" {BEFORE_THE_MONEY}"
    if any(each.state != shown.state for each in others):
        named += f", {_STATES[shown.state]}"
        other = f", {_STATES[others[0].state]}" if len(others) == 1 else ""
    return named, other


def _short(words: str, room: int, *, is_all: bool) -> str:
    """Return words that fit, with what they are cut to and where all of them are."""
    if len(words) <= room and (is_all or len(words) <= _SHORT):
        return words
    room = min(room, _ROOM if is_all else _SHORT)
    end = " … (A8)" if is_all else " …"
    return textwrap.shorten(words, room, placeholder=end)


def _state_of_conditions(review: Review, *, asks: bool) -> str:
    """Say how many conditions are met, if any is, and what waits for the others.

    Only what is confirmed is met: who says so is named until then.
    """
    number, still_open = len(review.asked), review.still_open
    holding = review.holding if asks else 0
    if number == 1 and (became := review.asked[0].became):
        waits = bool(holding)
        return f" {became}.{' The amount waits until it is confirmed.' * waits}"
    met, said = number - still_open, sum(each.is_said for each in review.asked)
    parts = [f"{met} of {number} are met, as confirmed"] if met else []
    if alone := sum(each.is_by_one for each in review.asked):
        parts[0] += f" ({alone} {ALONE})"
    if said:
        parts.append(f"{said} of {number} are said to be met, which nobody confirmed")
    if parts:
        rest = "the rest" if holding == still_open else f"{holding} of the rest"
        waits_for = f"; the amount waits for {rest}" if holding else ""
        return f" {', and '.join(parts)}{waits_for}."
    if not holding:
        return ""
    if holding < number:
        return f" The amount waits for {holding} of them."
    return f" The amount waits until {'it is' if number == 1 else 'they are'} met."


def _said(review: Review) -> str:
    outcome = review.get_outcome_display()
    if review.outcome != Review.Outcome.SENT_BACK and not review.own_answers:
        outcome += f" ({_ANSWERED_NONE})"
    said = f"{outcome}: {review.words}" if review.words else outcome
    waits = [str(each.number) for each in review.asked if each.holds_money]
    if waits and len(waits) < len(review.asked):
        conditions = "Condition" if len(waits) == 1 else "Conditions"
        said += f"\n{conditions} {get_text_list(waits, 'and')}: {BEFORE_THE_MONEY}."
    return f"{said} ({review.exception})" if review.exception else said
