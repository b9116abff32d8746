"""What the tests that a decision pays for have to reach, and by when they are done."""

from audits.scoring.chances.pass_marks import of_target
from audits.scoring.days import in_words
from audits.scoring.decision_words import Asking
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.amounts import dollars
from audits.scoring.money.moves import amounts_of, move_of
from audits.scoring.money.names.paid_training import may_be_paid
from audits.scoring.money.words import Money
from audits.scoring.pricing.moves import Move
from audits.scoring.scored.candidates import NO_CANDIDATES
from audits.scoring.step_facts import card_facts


def pass_mark_said(assessment: Assessment, money: Money | None) -> str:
    """Say the pass mark of the options that are tested on the same cases, and by when.

    Empty where the decision pays for no such tests.

    Args:
        assessment: What was decided.
        money: The money behind it; None where none is known.
    """
    move = move_of(assessment)
    is_tested = move is not None or bool(money and money.as_untested)
    if not is_tested or (money and money.state == "stopped"):
        return ""
    return f"Pass mark: {_mark(assessment)}.{_due(move, money)}"


def stated_first(assessment: Assessment, money: Money | None, asking: Asking) -> str:
    """Name what the owner should enter or tell before a decision; empty if nothing.

    Args:
        assessment: What was decided.
        money: The money behind it; None where none is known.
        asking: Whether the paper asks for a decision.
    """
    if asking != "asked" or money is None or money.state == "stopped":
        return ""
    said = []
    if training := may_be_paid(money):
        said.append(f"whether the {dollars(training)} for training has been paid")
    if pass_mark_said(assessment, money) and not _has_mark(assessment):
        said.append("the pass mark")
    return ", and ".join(said)


def _due(move: Move | None, money: Money | None) -> str:
    """Say by when the results are due, and a second approval if one may be needed."""
    if move is None:
        return ""
    second = dict(amounts_of(move, money.today if money else None)).get("second_sum")
    other = "; if only the cheaper one fails, the board approves again by then"
    return f" Results are due before {in_words(move.ends)}{other if second else ''}."


def _has_mark(assessment: Assessment) -> bool:
    return (assessment.candidates or NO_CANDIDATES).target is not None


def _mark(assessment: Assessment) -> str:
    target = (assessment.candidates or NO_CANDIDATES).target
    written = card_facts().written_target.told(assessment.codes)
    if target is not None:
        return of_target(target).says
    if written:
        return "the team’s written target; the owner still has to enter it"
    return "none yet; without one, no test can pass or fail"
