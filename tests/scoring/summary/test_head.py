"""Below a headline stand the sums and why, in about three lines; the rest is kept."""

import re
from dataclasses import replace
from datetime import date

import pytest

from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import PlanState
from audits.scoring.sentences.counted_headline import with_count
from audits.scoring.summary.head import Title, head_of, title_of
from tests.scoring.cards.test_tests_of_results import LETTERS
from tests.scoring.scored.test_candidates import candidates, scored
from tests.scoring.what_if.test_changes import CASES, FRAMEWORK, TRAINING, inputs_of

DAY = date(2026, 11, 24)


@pytest.mark.parametrize("state", ["running", "planned", "stopped"])
@pytest.mark.parametrize("inputs", [TRAINING, *CASES[:6]])
def test_both_sums_stand_first_and_no_sentence_is_lost(
    inputs: Inputs, state: PlanState
) -> None:
    assessment = assess_on(FRAMEWORK, inputs, DAY)
    money = money_of(assessment, state)
    assert money is not None

    head = head_of(assessment.lead, money)

    assert " ".join(filter(None, (head.why, head.rest))) == assessment.lead
    assert head.why.endswith(".")
    assert len(head.why) <= max(190, len(assessment.lead.partition(". ")[0]) + 1)
    rows = {row for row in (money.picked, money.today) if row}
    for row in rows:
        assert f"${row.year.expected:,.0f}" in head.sums


def test_headline_counts_what_passed_and_the_lead_when_training_pays_back() -> None:
    rows = (scored("prompt", 29, 40), scored("examples", 37, 40))
    tested = replace(inputs_of(LETTERS, {}), candidates=candidates(*rows))
    found = assess_on(FRAMEWORK, tested, DAY)

    said = with_count(found.headline, found.from_candidates)

    order = "Use “Prompt with examples”: "
    assert found.headline.startswith(f"{order}it meets the target (37 of 40 passed")
    assert said == f"{order}37 of 40 test cases passed. Do not start training."
    assert with_count(found.headline, ()) == found.headline
    lead = head_of(found.lead, None)
    assert "check it in live use" in found.lead
    assert "check it in live use" not in f"{lead.why} {lead.rest}"
    assert lead.pays_back == ""
    priced = assess_on(FRAMEWORK, TRAINING, DAY)
    money = money_of(priced, "planned")
    assert money
    assert money.crossing
    assert head_of(priced.lead, money).pays_back == (
        f"Training pays back only above about {money.crossing.about:,} calls "
        "a month; "
        f"this use case has {money.crossing.now:,}."
    )


def test_lead_of_one_sentence_stands_without_sums_where_nothing_has_a_price() -> None:
    head = head_of("Nothing is known yet.", None)

    assert (head.sums, head.why, head.rest) == ("", "Nothing is known yet.", "")


def test_name_with_a_point_ends_no_sentence() -> None:
    lead = "GPT-4.1 mini passes, e.g. in one of 2.5 tests. " + "It is fast. " * 30

    head = head_of(lead.strip(), None)

    assert head.why.startswith("GPT-4.1 mini passes, e.g. in one of 2.5 tests. It is")
    assert head.rest.startswith("It is fast.")


@pytest.mark.parametrize(
    ("headline", "says", "rest"),
    [
        ("Use retrieval. Do not train.", "Use retrieval. Do not train.", ""),
        (
            "Use a prompt: put all the facts in it, and name who keeps them up "
            "to date. Do not start training yet.",
            "Use a prompt. Do not start training yet.",
            "Put all the facts in it, and name who keeps them up to date.",
        ),
        (
            "Use retrieval: combine keyword and vector search, then rank the results "
            "again. Do not start training.",
            "Use retrieval. Do not start training.",
            "Combine keyword and vector search, then rank the results again.",
        ),
        (
            "Measure first (28 hours), then decide on the training budget. Meanwhile "
            "use a written prompt.",
            "Measure first (28 hours), then decide on the training budget.",
            "Meanwhile use a written prompt.",
        ),
        (
            "Stop fine-tuning and use “Prompt: v2”, which you tested on all your "
            "cases and which is cheaper.",
            "Stop fine-tuning and use “Prompt: v2”, which you tested on all your "
            "cases and which is cheaper.",
            "",
        ),
    ],
)
def test_title_is_the_verdict_and_a_clause_and_the_rest_follows(
    headline: str, says: str, rest: str
) -> None:
    found = title_of(headline)

    assert found == Title(says=says, rest=rest)
    assert (found.below, found.beside_steps) == (rest, "")


def test_long_rest_of_a_headline_comes_beside_the_steps() -> None:
    rest = "Train a model on reviewed examples, once its owner is funded. " * 3

    found = Title(says="Fine-tune later.", rest=rest)

    assert (found.below, found.beside_steps) == ("", rest)


@pytest.mark.parametrize("inputs", [TRAINING, *CASES])
def test_title_and_what_follows_lose_no_word_of_a_headline(inputs: Inputs) -> None:
    headline = assess_on(FRAMEWORK, inputs, DAY).headline

    title = title_of(headline)

    said = re.findall(r"\w+", f"{title.says} {title.rest}".lower())
    assert sorted(said) == sorted(re.findall(r"\w+", headline.lower()))
    assert len(title.says.split()) <= max(16, len(headline.partition(":")[0].split()))
