"""A result that leads to a verdict names all of the change, as What if makes it."""

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.cards.cards import cards_of
from audits.scoring.cards.steps import step_for
from tests.scoring.cards.test_cheaper_ways import INVOICES
from tests.scoring.what_if.test_changes import DAY, inputs_of

TRIED = INVOICES | {"tried": ["instructions"]}
GAP = {"quality_gap": "met"}
WITH_IT = {"tried": ["instructions", "stronger_model"], "eval": "small_set"}


def test_step_names_what_its_results_count_together_with() -> None:
    card = cards_of(current(), assess_on(current(), inputs_of(TRIED, {}), DAY))[0]

    assert card.counts_with == (
        "Each result counts as measured, with “Test set: 30 or more cases” and "
        "“Simpler approaches tested: Written instructions, The strongest model” from "
        "the same test."
    )
    assert card.also_answers == "“Test set” and “Simpler approaches tested”"


def test_result_leads_there_with_these_and_not_alone() -> None:
    def verdict(**answers: object) -> str:
        levels = dict.fromkeys(answers, "measured")
        return assess_on(current(), inputs_of(TRIED | answers, levels), DAY).verdict

    card = cards_of(current(), assess_on(current(), inputs_of(TRIED, {}), DAY))[0]
    [met] = (x for x in card.outcomes if "Gap to the target: No gap" in x.results)

    assert verdict(**GAP) == verdict() == "gather_evidence"
    assert verdict(**GAP, **WITH_IT) == met.verdict


def test_question_without_a_test_is_a_step_to_answer() -> None:
    asked = INVOICES | {"tried": ["instructions"], "eval": "solid_set"} | GAP
    levels = {"tried": "measured", "eval": "measured", "quality_gap": "measured"}
    assessment = assess_on(current(), inputs_of(asked, levels), DAY)

    name = "Answer “Which approach passes”"
    assert name in [card.name for card in cards_of(current(), assessment)]
    step = step_for(current(), assessment, "passed")
    assert step
    assert step.name == name
