"""The prompt that a tuned plan becomes is an option; an avoided price rise is named."""

import pytest

from audits.frameworks.loading.loader import current
from audits.reports.packs.pack_money import totals
from audits.scoring.decision_words import money_note
from audits.scoring.exchange import document
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.options import Choice, options
from audits.scoring.sums.money_sums import Decided
from tests.scoring.costs.worked_decisions import EXPENSIVE, assessed
from tests.scoring.twelve_verdicts import ANSWERS

TUNED = {"today": "fine_tune_hosted", "tuned": "gpt-4o-mini"}
# Its price doubles on 1 January 2027.
DOUBLES = {"today": "prompt", "model": "gemini-3.8-flash"}


def on_the_replacement(verdict: str, **numbers: str) -> list[Choice]:
    found = options(current(), assessed(ANSWERS[verdict], **numbers))
    return [choice for choice in found if choice.name.startswith("Prompt on ")]


def test_prompt_on_the_replacement_has_its_price_and_why_not() -> None:
    [choice] = on_the_replacement("few_shot", **TUNED)

    assert choice.name == "Prompt on GPT-6 Luna"
    # 12 × round(782.90) + 4,300, as V2 and V20 count a month and a prompt to write.
    assert choice.cost.startswith("13,696 (")
    assert (
        choice.why
        == "Replaces the plan’s model when that ends; untested, like the advice; "
        "not the model that the team chose"
    )
    assert not choice.is_out


@pytest.mark.parametrize(
    "numbers",
    [
        {**TUNED, "model": "gpt-6-luna"},
        {"today": "fine_tune_own"},
        {"today": "prompt", "tuned": "gpt-4o-mini"},
    ],
)
def test_it_is_no_other_option_where_the_plan_becomes_nothing_else(
    numbers: dict[str, str],
) -> None:
    assert on_the_replacement("few_shot", **numbers) == []


def test_plan_that_becomes_retrieval_has_none() -> None:
    numbers = {**TUNED, "knowledge_tokens": "1200000"}
    found = assessed(ANSWERS["rag"], **numbers)

    assert found.advice
    assert "prompt" in found.advice.ruled_out
    assert on_the_replacement("rag", **numbers) == []


def test_document_without_it_has_no_word_of_it() -> None:
    kept = document.dump(assessed(ANSWERS["rag"], today="prompt"))

    assert not {"move", "replacement"} & kept["costs"].keys()


def test_saving_that_is_only_an_avoided_price_rise_is_called_so() -> None:
    answers = EXPENSIVE | {"smaller_model": "fails"}
    above, below = (
        assessed(answers, **DOUBLES, requests=requests)
        for requests in ("5000000", "4500000")
    )
    said = "less than the current plan, only because an announced price rise is avoided"

    assert said not in money_note(above, money_of(above))
    assert said in money_note(below, money_of(below))
    found = [money_of(each) for each in (above, below)]
    assert [money.depends for money in found if money] == [
        "",
        ", only because an announced price rise is avoided",
    ]


def test_paper_and_pack_say_which_part_of_what_is_released_is_a_price_rise() -> None:
    numbers = {**DOUBLES, "requests": "10000000", "smaller": "gpt-6-luna"}
    found = assessed(EXPENSIVE | {"smaller_model": "passes"}, **numbers)
    money = money_of(found)
    assert money is not None
    assert money.today is not None

    month, year = money.today.month.expected, money.today.year.expected
    rise = f"${year - 12 * month:,.0f}"
    paper = money_note(found, money)
    assert f"{rise} is for a price rise that is avoided" in paper
    decided = Decided(name="Mail", family=found.family, money=money)
    assert totals([decided]).price_rises == (
        f"In the net amounts, {rise} is an announced price rise avoided (Mail)."
    )
