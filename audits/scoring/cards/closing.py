"""Which of the steps closes a check before training."""

from collections.abc import Sequence

from audits.frameworks.evaluation import is_certain
from audits.frameworks.schema import Framework
from audits.scoring.cards.card import Card
from audits.scoring.deciding.circumstances import Circumstances, EvidenceLevel
from audits.scoring.deciding.trial import context
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.step_facts import card_facts


def card_of_check(
    framework: Framework, assessment: Assessment, check: str, cards: Sequence[Card]
) -> Card | None:
    """Return the first step that answers what a check reads; few checks have none.

    A check of the test set is no matter of an answer that is there already, unless it
    is that on the test set, and no step makes cases for another check that reads them.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        check: The id of a gate of it, or of a check that no rule has.
        cards: The steps, in the order to take them.
    """
    read, test_set = read_by(framework, check), card_facts().test_set.question
    if test_set in read:
        read = {x for x in read if x not in assessment.codes}
        read |= {test_set} if needs_test_set(framework, assessment, check) else set()
    return next(
        (x for x in cards if x.id == check or any(a.id in read for a in x.answers)),
        None,
    )


def needs_test_set(framework: Framework, assessment: Assessment, check: str) -> bool:
    """Return whether a check holds once enough cases run again after every change.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        check: The id of a gate of it, or of a check that no rule has.
    """
    asked = card_facts().test_set
    if asked.question not in read_by(framework, check):
        return False
    *_, most = asked.answers
    codes = {**assessment.codes, asked.question: most}
    levels: dict[str, EvidenceLevel] = {**assessment.levels, asked.question: "measured"}
    at = context(framework, codes, Circumstances(levels=levels))
    stands = {x.id: x.standing for x in assessment.trace.reasons}
    at.reasons = {q: "absent" if x == "unknown" else x for q, x in stands.items()}
    return any(is_certain(x.holds, at) for x in framework.gates if x.id == check)


def read_by(framework: Framework, check: str) -> set[str]:
    """Return the questions that a check reads; none of one that no rule has."""
    gates = (each.holds for each in framework.gates if each.id == check)
    return {question for holds in gates for question in framework.read_by(holds)}
