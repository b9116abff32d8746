"""A prompt that gets all documents is not called what today's prompt is called."""

from dataclasses import replace

from audits.scoring.board.acts import act_of
from audits.scoring.board.advised_name import advised_name
from audits.scoring.board.rollout import rollout_steps
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.option_briefs import brief
from audits.scoring.options.option_reasons import recommended_name, why_not
from audits.scoring.sentences.documents import documents_apart
from audits.scoring.untested import is_tested
from tests.scoring.letters import FRAMEWORK, NUMBERS, letters, scored

LONG = NUMBERS | {"knowledge_tokens": "160000", "prefix_tokens": "900"}
APART = "without the 160,000 tokens of documents"


def shown(passed: int, **numbers: str) -> Assessment:
    today = replace(scored("prompt", 50, 60), id="c2")
    rows = today, scored("documents", passed, 60)
    return letters(*rows, answers={"goal": ["knowledge"]}, numbers=LONG | numbers)


def test_step_title_and_recommendation_say_what_is_added() -> None:
    found = shown(58)
    money = money_of(found, "running")
    put, *_ = rollout_steps(found, state="running", owner="Tom", money=money)

    assert found.verdict_name == "Prompt"
    assert put.name == "Replace what runs today by “Prompt with documents”"
    assert act_of(FRAMEWORK, found) == "use a prompt with all its documents"
    assert advised_name(found) == recommended_name(found) == "Prompt with documents"
    # The same name as its result, which the decision asks for.
    assert "“Prompt with documents”: 58 of 60" in found.from_candidates[0].because
    # What holds the documents already, or is no prompt, keeps its name.
    held = shown(58, prefix_tokens="170000")
    assert advised_name(held) == "Prompt"
    assert act_of(FRAMEWORK, held) == "go on with a written prompt"
    assert advised_name(shown(20)) == shown(20).verdict_name


def test_what_a_test_put_into_the_prompt_is_in_no_other_price() -> None:
    found = shown(58)

    assert "in_prompt" in found.codes["tried"]
    assert documents_apart(found) == APART
    why = why_not(found)["few_shot"]
    assert why.startswith(f"Costs less {APART}, but the prompt that holds ")
    assert brief(why) == "Costs less without documents"
    assert not is_tested(found, "few_shot")
