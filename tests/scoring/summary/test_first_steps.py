"""The first steps are those that can still change what is done."""

from dataclasses import replace

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.cards.card import Card
from audits.scoring.cards.cards import cards_of
from audits.scoring.cards.moot import is_moot
from audits.scoring.cards.outcome_rows import outcome_rows
from audits.scoring.cards.outcomes import CardOutcome, NextStep
from audits.scoring.cards.tests_of_results import ADVISED_TEST
from audits.scoring.explaining.evidence import APPROVAL, LOOKED_UP
from audits.scoring.summary.changes_said import either
from audits.scoring.summary.first_steps import first_steps, then_line, told_steps
from tests.scoring.cards.test_cards import BOTH, assessed
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.worked_cases import TRAINING_CASE

# Nothing is tested, and nothing that is found could bring training back.
STOPPED = {
    "goal": ["knowledge", "style"],
    "state": "in_cycle",
    "tried": ["nothing"],
    "eval": "none",
    "knowledge_size": "medium",
    "change_rate": "monthly",
    "traceability": "helpful",
    "examples": "few",
    "task_shape": "broad",
    "component": "generator",
    "hosting": "cloud_ok",
    "latency": "interactive",
    "volume": "10k_100k",
    "unit_economics": "not_computed",
    "format_need": "loose",
    "domain_vocab": "industry",
    "domain_evidence": "not_tested",
}
OPEN = TRAINING_CASE | {"example_quality": "unknown", "platform": "unknown"}


def card_of(assessment: Assessment, step: str) -> Card:
    return next(x for x in cards_of(current(), assessment) if x.id == step)


@pytest.mark.parametrize("verdict", ANSWERS)
def test_steps_keep_the_order_of_the_plan_without_moot_ones(verdict: str) -> None:
    assessment = assessed(ANSWERS[verdict])
    cards = cards_of(current(), assessment)

    found = [step.card for step in first_steps(assessment, cards)]

    left = [card for card in cards if not is_moot(assessment, card)]
    if (
        left and left[0].comes_first
    ):  # but for what is read before, as it may save the test
        left.sort(key=lambda card: card.because != LOOKED_UP)
    assert found == left[:3]


def test_step_that_cannot_change_the_verdict_is_dropped() -> None:
    assessment = assessed(STOPPED, levels={})
    assert assessment.completeness
    assert assessment.completeness.is_settled
    assert not assessment.flips
    cards = cards_of(current(), assessment)
    assert [card.id for card in cards] == ["eval", "tried", ADVISED_TEST]

    # What is advised is tested before it is built, whatever cannot change the verdict.
    assert [x.card.id for x in first_steps(assessment, cards)] == [ADVISED_TEST]


def test_the_same_step_is_kept_while_something_is_open() -> None:
    settled = assessed(STOPPED, levels={})
    assert settled.completeness
    # As if nobody could say what a result means before the target is set.
    cards = tuple(replace(x, outcomes=()) for x in cards_of(current(), settled))
    still_open = replace(
        settled.completeness,
        possible=("stop_fine_tuning", "rag"),
        open=assessed({}).completeness.open,  # type: ignore[union-attr]
    )
    assessment = replace(settled, completeness=still_open)

    assert [x.card for x in first_steps(assessment, cards)] == list(cards)


def test_step_whose_every_outcome_stays_is_moot() -> None:
    assessment = assessed(OPEN)
    card = card_of(assessment, "example_quality")
    stay = tuple(replace(each, stays=True) for each in card.outcomes)
    assert not is_moot(assessment, card)

    assert is_moot(assessment, replace(card, outcomes=stay))
    assert not is_moot(assessment, replace(card, outcomes=stay, because=APPROVAL))
    assert not is_moot(assessment, replace(card, outcomes=stay, comes_first=True))


def test_line_says_where_each_result_leads() -> None:
    assessment = assessed(OPEN)
    card = card_of(assessment, "platform")

    assert then_line(card) == (
        "“No” would lead to “prompt (improved after its failed test)”; "
        "other results keep the verdict."
    )


def test_rows_tell_where_each_result_leads_and_only_one_has_the_others() -> None:
    read = card_of(assessed(OPEN), "platform")
    assert read.because == LOOKED_UP
    assert outcome_rows(read)[0].results == "Tuning service: No"
    card = replace(read, because="")
    [changed] = [each for each in card.outcomes if not each.stays]
    [stays] = [each for each in card.outcomes if each.stays]
    many = replace(changed, results=("A", "B", "C"))
    opening = replace(changed, results=("D",), opens=("Volume", "Task"))

    rows = outcome_rows(replace(card, outcomes=(many, opening, stays)))

    named = either(stays.results)
    assert [row.results for row in rows] == ["D", named, "Any other result"]
    assert [row.verdict for row in rows] == [None, None, changed.verdict]
    assert [row.says for row in rows] == [
        "Brings up “Volume” and 1 more",
        "Verdict stays",
        "",
    ]
    assert rows[-1].is_improved
    [first, second, others] = outcome_rows(replace(card, outcomes=(changed,) * 5))
    assert first == second == outcome_rows(card)[0]
    assert (others.results, others.says) == ("Any other result", changed.verdict_name)
    left = (changed, changed, replace(changed, verdict_name="RAG"), opening, stays)
    assert outcome_rows(replace(card, outcomes=left))[-1].says == (
        "RAG, another question or the verdict stays"
    )
    assert outcome_rows(replace(card, outcomes=(stays,))) == ()


def test_mark_of_a_count_is_left_out_where_each_count_has_a_row() -> None:
    assessment = assessed(OPEN)
    card = replace(card_of(assessment, "platform"), pass_mark="10, or 50 to train")  # noqa: S106 - no password

    [counted] = told_steps((card,))
    [tested] = told_steps((replace(card, kinds=("prompt",)),))

    assert counted.rows
    assert not counted.has_mark
    assert tested.has_mark


def test_line_names_two_verdicts_and_counts_the_others() -> None:
    card = card_of(assessed(OPEN), "platform")
    [changed] = [each for each in card.outcomes if not each.stays]
    four = tuple(
        replace(changed, results=("A", "B", "C"), verdict_name=name)
        for name in ("Distil", "Few-shot", "MLOps", "Keep")
    )

    assert then_line(replace(card, outcomes=four)) == (
        "“A” or one of 2 other results would lead to “distil”, “A” or one of 2 other "
        "results to “few-shot”, and other results to 2 other verdicts."
    )


def test_line_names_every_result_that_leads_to_the_only_other_verdict() -> None:
    card = card_of(assessed(OPEN), "platform")
    [changed] = [each for each in card.outcomes if not each.stays]
    [stays] = [each for each in card.outcomes if each.stays]
    four = replace(changed, results=("A", "B", "C", "D"), verdict_name="Distil")
    five = replace(four, results=("A", "B", "C", "D", "E"))

    assert then_line(replace(card, outcomes=(four, stays))) == (
        "“A”, “B”, “C” or “D” would lead to “distil”; other results keep the verdict."
    )
    one, many = (replace(stays, results=x) for x in (("X",), ("X", "Y", "Z")))
    assert then_line(replace(card, outcomes=(five, one))) == (
        "“X” would not change the verdict; every other result would lead to “distil”."
    )
    assert then_line(replace(card, outcomes=(five, many))) == (
        "“A” or one of 4 other results would lead to “distil”; "
        "other results keep the verdict."
    )


def test_line_names_the_question_that_a_result_opens() -> None:
    card = card_of(assessed(OPEN), "platform")
    [changed] = [each for each in card.outcomes if not each.stays]
    opening = replace(changed, results=("A", "B"), opens=("Volume", "Task"))
    one = replace(changed, results=("C",), opens=("Volume",))

    assert then_line(replace(card, outcomes=(changed, opening))) == (
        "“No” would lead to “prompt (improved after its failed test)”, "
        "“A” or “B” would open the question “Volume” and 1 more."
    )
    assert then_line(replace(card, outcomes=(one,))) == (
        "“C” would open the question “Volume”."
    )
    assert then_line(replace(card, outcomes=(changed, one, opening))).endswith(
        "; others may open questions."
    )


def test_without_an_outcome_the_line_asks_for_a_target_or_says_why() -> None:
    card = replace(card_of(assessed(OPEN), "platform"), outcomes=())

    assert then_line(card) == card.because
    assert "What follows is known once the target is set" in then_line(
        replace(card, needs_target=True)
    )


def test_measurements_that_decide_together_say_it_once() -> None:
    assessment = assessed(BOTH)
    cards = cards_of(current(), assessment)

    first, second = first_steps(assessment, cards)[:2]

    assert "would lead to" in first.then
    assert second.then == f"It decides together with “{first.card.name}”."


FIVE = CardOutcome(
    results=("A", "B", "C", "D", "E"), verdict="rag", verdict_name="RAG", stays=False
)


@pytest.mark.parametrize(
    ("stay", "said"),
    [
        ((), "“A” or one of 4 other results would lead to “RAG”."),
        (
            ("X", "Y"),
            "“X” or “Y” would not change the verdict; every other result would lead to "
            "“RAG”.",
        ),
        (
            ("X", "Y", "Z"),
            "“A” or one of 4 other results would lead to “RAG”; other results "
            "keep the verdict.",
        ),
    ],
)
def test_few_results_that_change_nothing_are_named(
    stay: tuple[str, ...], said: str
) -> None:
    kept = replace(FIVE, results=stay, verdict="distil", stays=True)
    step = cards_of(current(), assessed(OPEN))[0]
    outcomes = (FIVE, *((kept,) if stay else ()))

    assert then_line(replace(step, because="", outcomes=outcomes)) == said


def test_test_of_an_advice_leaves_none_of_its_results_out() -> None:
    assessment = assessed(ANSWERS["stop_fine_tuning"])
    verdict = assessment.verdict
    meets, below, only = (
        CardOutcome(results=results, verdict=verdict, verdict_name="", stays=True)
        for results in (
            ("“A” meets the target",),
            ("“A” is just below the target",),
            ("Only “A” meets the target", "Only “B” meets the target"),
        )
    )
    kept = replace(meets, then=NextStep("use what you tested"))
    card = card_of(assessment, ADVISED_TEST)
    card = replace(
        card,
        because="Untested.",
        needs_target=False,
        kinds=("prompt",),
        outcomes=(kept, below),
    )

    assert then_line(card) == (
        "Untested. If “A” meets the target: use what you tested. If it is just below "
        "the target: the advice stays the same."
    )
    assert then_line(replace(card, outcomes=(only, kept))) == (
        "Untested. If “A” meets the target: use what you tested. Else, the advice "
        "stays the same."
    )
    # Nothing is told where no result changes anything, nor of a step without a test.
    assert then_line(replace(card, outcomes=(meets, below))) == "Untested."
    assert then_line(replace(card, kinds=())).endswith("use what you tested.")
