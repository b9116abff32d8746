"""The next date of page 1: that of a decision or a condition, or what comes next."""

from datetime import date

from audits.frameworks.schema import Framework
from audits.models import Cover, Review
from audits.scoring import Assessment
from audits.scoring.board.paper_words import BoardSaid
from audits.scoring.days import in_words
from audits.scoring.explaining.advice_rows import conditions, lower_first
from audits.scoring.explaining.for_board import for_board
from audits.scoring.money.moves import last_start, move_of
from audits.scoring.summary.plan import first_step_words
from audits.services.due.decision_day import decided_in_time
from audits.services.due.meeting_day import meeting_day
from audits.services.due.time_for_move import time_left

DECIDE_BY = "Decide by"
_CONDITION = "Condition of the sign-off"
_PASSED = ": this date has passed"
_TOO_LATE = ", too late for the move"
_NEW_DAY = ", so set a new one"
_DECIDE = ", so decide at the next meeting"


def next_date(
    framework: Framework,
    assessment: Assessment,
    cover: Cover,
    on: date,
    valid_until: date | None = None,
    *,
    review_due: date | None = None,
    condition_due: date | None = None,
    board: BoardSaid | None = None,
) -> str:
    """Return the author's next step, the day of the decision, or what comes next.

    An author's next step is told beside the day of the decision, unless it names that
    day as such. Once it is signed with a condition, its day is told beside that of the
    decision.

    Args:
        framework: The framework of the assessment.
        assessment: The frozen assessment.
        cover: The author's words.
        on: The day of the paper, which says if that of the decision has passed.
        valid_until: The last day of the decision; None before it is taken.
        review_due: Since when its review is due, which ends that; None while it is not.
        condition_due: The first day of an open condition of the sign-off.
        board: What the board decided, after which only its days count.
    """
    if board:
        return next_after_board(
            *(board, cover, on),
            valid_until=valid_until,
            review_due=review_due,
            condition_due=condition_due,
        )
    written, valid = cover.next_date, _validity(valid_until, review_due)
    if condition_due:
        passed = _PASSED if condition_due < on else ""
        move = move_of(assessment)
        if move and not passed and condition_due > last_start(move):
            passed = _TOO_LATE
        by = f"{in_words(condition_due)}{passed}."
        before = _before(assessment, cover, on)
        day = f"{before}; condition by {by}" if before else f"{_CONDITION}: {by}"
        return day if written or before or not valid else f"{day} {valid}"
    if valid:
        return written or valid
    if cover.decide_by is None or _says_it(cover, on):
        return written or _next_step(framework, assessment)
    passed = _PASSED if cover.is_late(on) else ""
    if passed:
        lacks = assessment.prerequisite or assessment.provisional
        passed += _NEW_DAY if lacks else _DECIDE
    last = decided_in_time(assessment, cover, on) or cover.decide_by
    day = f"{due(assessment)} {in_words(last)}{passed}."
    move = move_of(assessment)
    if move and not written and (left := time_left(move, cover.decide_by)):
        day = f"{day} {left}"
    return f"{written.removesuffix('.')}. {day}" if written else day


def next_after_board(
    board: BoardSaid,
    cover: Cover,
    on: date,
    *,
    valid_until: date | None,
    review_due: date | None,
    condition_due: date | None,
) -> str:
    """Return what has a day once the board has decided, in place of the decision's.

    Args:
        board: What it decided.
        cover: The author's words.
        on: The day of the paper.
        valid_until: The last day of the verdict.
        review_due: Since when its review is due; None while it is not.
        condition_due: The first day of an open condition of the sign-off.
    """
    return board.next_date(
        on,
        condition_due=condition_due,
        otherwise=_validity(valid_until, review_due) or "Not set.",
        written=still_written(board, cover),
    )


def _validity(valid_until: date | None, review_due: date | None) -> str:
    """Return until when a verdict is valid, or since when it is not; may be empty.

    Its review is due then, which need not give another verdict.
    """
    if valid_until is None:
        return ""
    if review_due:
        return f"Its review was due on {in_words(review_due)}."
    until = in_words(valid_until)
    return (
        f"The verdict is valid until {until}; then a reviewer checks if it still holds."
    )


def still_written(board: BoardSaid, cover: Cover) -> str:
    """Return an author's next date, unless it is that of the decision or before it."""
    day, written = meeting_day(cover.next_date), cover.next_date
    is_over = "decide" in written.lower() or bool(day and day <= board.on)
    return "" if is_over else written


def _before(assessment: Assessment, cover: Cover, on: date) -> str:
    """Return what an author says of the date, and the day of the decision."""
    written, day = cover.next_date.removesuffix("."), cover.decide_by
    asks = cover.purpose == Cover.Purpose.DECISION
    if day is None or not asks or _says_it(cover, on):
        return written
    passed = _PASSED if cover.is_late(on) else ""
    decide = f"{due(assessment)} {in_words(day)}{passed}"
    return f"{written}. {decide}" if written else decide


def _says_it(cover: Cover, on: date) -> bool:
    """Whether an author's next date already says the day to decide by."""
    written = cover.next_date.lower()
    is_same = meeting_day(written) == cover.decide_by
    return "decide" in written and is_same and not cover.is_late(on)


def condition_due(review: Review | None) -> date | None:
    """Return the first day of a condition of which nobody says that it is met."""
    asked = review.asked if review else ()
    days = (each.due_on for each in asked if each.met_at is None)
    return min(days, default=None)


def by_day(assessment: Assessment, cover: Cover, on: date) -> str:
    """Return the day to decide by, in words, beside the name of the board.

    Empty where no day is known, it has passed, or the name of the meeting has its own.
    """
    day = decided_in_time(assessment, cover, on)
    is_named = meeting_day(cover.meeting) is not None
    return "" if day is None or is_named or cover.is_late(on) else in_words(day)


def due(assessment: Assessment) -> str:
    """Say what must be done by the day of the decision; the day goes after it."""
    first = assessment.prerequisite
    return f"Settle {first.settles} by" if first else DECIDE_BY


def _next_step(framework: Framework, assessment: Assessment) -> str:
    """Return what happens next without a date.

    It is what comes before all else, then a measurement, then an open check, then the
    first step that can change what is done, as the result page says.
    """
    if first := assessment.prerequisite:
        return f"Not set. First: settle {first.settles}."
    plan = assessment.measurements
    if plan:
        named = plan.experiments[0]
        return f"Not set. First: {lower_first(named.name)}, about {named.hours} h."
    if open_checks := conditions(assessment):
        return f"Not set. First check: {for_board(lower_first(open_checks[0]))}."
    first_step = first_step_words(framework, assessment)
    return f"Not set. First: {for_board(first_step)}." if first_step else "Not set."
