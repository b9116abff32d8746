"""An outcome that leads to what was tested and failed says what is different."""

from audits.scoring.cards.cards import cards_of
from audits.scoring.explaining.advised_ways import as_outcome
from tests.scoring.letters import FRAMEWORK, letters, scored


def test_outcome_that_leads_to_a_prompt_that_failed_says_that_it_is_improved() -> None:
    tested = letters(scored("prompt", 26))
    names = {
        outcome.verdict_name
        for card in cards_of(FRAMEWORK, tested)
        for outcome in card.outcomes
        if outcome.verdict == "prompt_long_context"
    }

    assert tested.verdict == "few_shot"
    assert tested.advice
    assert tested.advice.ruled_out["prompt"] == "it missed the target"
    assert names == {"Prompt (improved after its failed test)"}


def test_outcome_that_leads_to_what_is_untested_is_named_as_ever() -> None:
    untested = letters(answers={"tried": ["demo"], "quality_gap": "unknown"})

    assert as_outcome(untested, "prompt_long_context", "Prompt") == "Prompt"
    assert as_outcome(untested, "fine_tune", "Fine-tune") == "Fine-tune"
