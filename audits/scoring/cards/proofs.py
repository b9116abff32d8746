"""Steps that show an answer which is there, in place of a test that asks it again.

An answer that nobody has shown counts as asserted. What it says was done once: testing
it again would tell a team what it knows, so the step is to link what there is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audits.frameworks.questions import UNKNOWN
from audits.frameworks.schema import Framework
from audits.scoring.cards.card import Card, answered_by
from audits.scoring.cards.outcomes import CardOutcome, of_question
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.shown_with import less_than_said
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.evidence import GROUND, Finding
from audits.scoring.money.measuring import hours_cost
from audits.scoring.step_facts import CASES, ProofFacts, card_facts

_LESS = "Results show the cases, and not that they run again after every change."
_TRIED = "tried"  # one more way that is tested is no way to show those that were


def proof_of(
    framework: Framework, assessment: Assessment, finding: Finding
) -> ProofFacts | None:
    """Return the step that shows an answer; None if the answer has to be found out.

    It has to be where nobody looked, where the answer says that there is nothing yet,
    where results say less than the answer, or before training, whose work is asked for.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        finding: One finding of its evidence plan.
    """
    advice, question = assessment.advice, framework.question_by_id[finding.question]
    proof = card_facts().proof.get(question.id)
    if proof is None or advice is None or advice.standing:
        return None
    if settles(assessment, finding):
        return None
    if not framework.asserted_unless_marked or finding.because == GROUND:
        return None
    found = assessment.candidates
    if proof.by_results and found and found.rows:
        return None
    code = assessment.codes.get(question.id, UNKNOWN)
    picked = (code,) if isinstance(code, str) else code
    options = [question.option(each) for each in picked]
    is_there = all(
        each and not each.not_yet and each.id not in proof.lacking for each in options
    )
    return proof if is_there and options else None


def settles(assessment: Assessment, finding: Finding) -> bool:
    """Return whether a finding is the step that the advice names: to settle labels.

    Args:
        assessment: What was decided.
        finding: One finding of its evidence plan.
    """
    advice, facts = assessment.advice, card_facts().settling
    is_asked = finding.question == facts.question
    return bool(is_asked and advice and advice.step.id in facts.steps)


def with_proofs(
    framework: Framework, assessment: Assessment, cards: Sequence[Card]
) -> Iterator[Card]:
    """Yield the cards of findings, those to show an answer as one for each proof.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        cards: A card for each finding of the evidence plan, in its order.
    """
    shown: dict[str, list[Finding]] = {}
    for finding in assessment.evidence_plan:
        if proof := proof_of(framework, assessment, finding):
            shown.setdefault(proof.id, []).append(finding)
    told: set[str] = set()
    for card, finding in zip(cards, assessment.evidence_plan, strict=True):
        proof = proof_of(framework, assessment, finding)
        if proof is None:
            yield card
        elif proof.id not in told:
            told.add(proof.id)
            yield _card(framework, assessment, card, proof, shown[proof.id])


def _card(
    framework: Framework,
    assessment: Assessment,
    card: Card,
    proof: ProofFacts,
    findings: Sequence[Finding],
) -> Card:
    answers = answered_by(framework, {each.question for each in findings})
    under = Circumstances(levels=assessment.levels)
    besides = (
        less_than_said(framework, assessment.codes, under) if proof.by_results else ()
    )
    return replace(
        card,
        id=proof.id,
        name=proof.name,
        asks="What shows the answer that you gave?",
        how=f"{proof.how} {_LESS}" if besides else proof.how,
        sample="",
        measure="",
        pass_mark="",
        lacks_target=False,
        hours=proof.hours,
        cost=hours_cost(assessment, proof.hours),
        covers="",
        waits=0,
        kinds=(),
        cases=CASES,
        outcomes=_outcomes(framework, assessment, findings),
        needs_target=False,
        answers=answers,
        by_hand=() if proof.by_results else answers,
        proves=True,
        by_results=proof.by_results,
        besides=besides,
    )


def _outcomes(
    framework: Framework, assessment: Assessment, findings: Sequence[Finding]
) -> tuple[CardOutcome, ...]:
    """Return where another answer would lead, of the first that leads elsewhere."""
    asked = (framework.question_by_id[x.question] for x in findings)
    found = (
        of_question(framework, assessment, question)
        for question in asked
        if question.id != _TRIED
    )
    return next((each for each in found if each), ())
