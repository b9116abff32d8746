"""What a board decides on: the verdict, its decision, its money and what holds it."""

from dataclasses import dataclass

from audits.frameworks.named import NamedVerdict
from audits.models import Audit, SignOffCondition
from audits.scoring.sums.decision_rows import DecisionRow
from audits.services.due.board_decisions import held_by
from audits.services.papers.covers import cover_of
from audits.services.papers.page_one_words import decision_asked
from audits.services.portfolio.asked import row_of
from audits.services.verdicts.assessments import assessment_of, framework_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """What is put to a board, as page 1 has it.

    `asked` is its decision in a sentence, and `row` has its money. `conditions` are
    those of the sign-off that are not confirmed as met, and an approved amount is
    `held` until they are; empty without any.
    """

    verdict: NamedVerdict
    asked: str
    row: DecisionRow
    conditions: tuple[SignOffCondition, ...]
    held: str


def put_to_board(audit: Audit) -> Put:
    """Return what a signed audit puts to the board.

    Note: two queries.
    """
    assessment = assessment_of(audit)
    terms = SignOffCondition.objects.filter(audit=audit).select_related("owner")
    waits = tuple(each for each in terms.order_by("number") if not each.is_met)
    return Put(
        verdict=assessment.named,
        asked=decision_asked(framework_of(audit), assessment, cover_of(audit)),
        row=row_of(audit, assessment),
        conditions=waits,
        held=held_by(waits),
    )
