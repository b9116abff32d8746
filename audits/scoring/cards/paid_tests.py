"""What the tests that a decision pays for have to reach, and by when they are done."""

from audits.scoring.cards.pass_marks import of_target
from audits.scoring.days import in_words
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.moves import move_of
from audits.scoring.money.words import Money
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
    due = f" Results are due before {in_words(move.ends)}." if move else ""
    return f"Pass mark: {_mark(assessment)}.{due}"


def _mark(assessment: Assessment) -> str:
    target = (assessment.candidates or NO_CANDIDATES).target
    written = card_facts().written_target.told(assessment.codes)
    if target is not None:
        return of_target(target).says
    if written:
        return "the target that the team wrote down; the owner enters it first"
    return "none yet; the owner sets the target first"
