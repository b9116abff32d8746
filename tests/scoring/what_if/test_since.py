"""What differs between two audits is named once, in words, and nothing else."""

from dataclasses import replace

import pytest

from audits.frameworks.loading.loader import published
from audits.scoring.inputs import Inputs
from audits.scoring.numbers.currency import KEY
from audits.scoring.numbers.proposal_fields import LABELS
from audits.scoring.what_if.changes import ChangeWords
from audits.scoring.what_if.since import Given, differences_between, opened_between
from tests.scoring.what_if.test_changes import FRAMEWORK, MARKET, TRAINING


def of(inputs: Inputs) -> Given:
    return Given(framework=FRAMEWORK, inputs=inputs, market=MARKET)


def test_equal_inputs_have_no_difference() -> None:
    assert differences_between(of(TRAINING), of(TRAINING)) == ()


def test_answer_level_and_number_are_named_in_order() -> None:
    codes = {**TRAINING.codes, "goal": ("style",)}
    levels = {**TRAINING.levels, "quality_gap": "asserted"}
    numbers = {**TRAINING.numbers, "requests": "1234"}
    after = replace(TRAINING, codes=codes, levels=levels, numbers=numbers)

    found = differences_between(of(TRAINING), of(after))

    was = FRAMEWORK.words("goal", TRAINING.codes)
    assert found[0] == ChangeWords(
        label="What is wrong", now=was, then="Style", level="documented"
    )
    assert [each.label for each in found] == [
        "What is wrong",
        "Evidence for “Gap to the target”",
        "Model calls a month",
    ]
    assert found[-1].then.startswith("1,234")


def test_answer_is_named_that_makes_others_count_and_no_other() -> None:
    before = replace(TRAINING, codes={**TRAINING.codes, "tried": ("nothing",)})
    moved = {**TRAINING.codes, "platform": "unknown"}

    [said] = opened_between(of(before), of(TRAINING))

    tried = FRAMEWORK.words("tried", TRAINING.codes)
    why = f"because “Simpler approaches tested” is “{tried}”."
    assert said == f"“Gap to the target” now counts, {why}"
    assert opened_between(of(TRAINING), of(replace(TRAINING, codes=moved))) == ()
    assert opened_between(of(TRAINING), of(before)) == ()


def test_difference_back_is_the_same_the_other_way_round() -> None:
    after = replace(TRAINING, codes={**TRAINING.codes, "state": "none"})

    there = differences_between(of(TRAINING), of(after))
    back = differences_between(of(after), of(TRAINING))

    assert [(each.now, each.then) for each in there] == [
        (each.then, each.now) for each in back
    ]


def test_question_that_the_other_version_has_not_was_not_asked() -> None:
    old = published("fine_tuning", 1)
    asked = next(q for q in FRAMEWORK.questions if q.id not in old.question_by_id)
    code = asked.options[0].id
    inputs = Inputs(codes={asked.id: (code,) if asked.most else code})

    before = Given(framework=old, inputs=Inputs(codes={}), market=MARKET)
    found = differences_between(before, of(inputs))

    named = {each.label: each for each in found}[asked.label]
    assert (named.now, named.then) == ("Not asked", asked.options[0].name)


OFFER = {
    "proposal_by": ("Nordlys AI", "Boreal"),
    "proposal_technique": ("fine_tune", "distil"),
    "proposal_includes": ("Training", "Training and hosting"),
    "proposal_currency": ("EUR", "GBP"),
    "proposal_once": ("120000", "90000"),
    "proposal_month": ("10", "20"),
    "proposal_year": ("100", "200"),
    "proposal_rate": ("0.35", "0.0001"),
    "proposal_start": ("2026-12-01", "2027-01-01"),
    "proposal_months": ("12", "48"),
    "proposal_requests": ("1000", "2000"),
    "proposal_document": ("Letter", "Mail"),
}


@pytest.mark.parametrize("key", LABELS)
def test_every_part_of_an_offer_that_changed_is_named(key: str) -> None:
    was, now = OFFER[key]
    offer = {each: first for each, (first, _) in OFFER.items()}
    before, after = (
        of(replace(TRAINING, numbers={**TRAINING.numbers, **offer, key: value}))
        for value in (was, now)
    )
    rest = {each: first for each, first in offer.items() if each != key}
    without = of(replace(TRAINING, numbers={**TRAINING.numbers, **rest}))

    changed = {each.label for each in differences_between(before, after)}
    removed = {x.label: x.then for x in differences_between(before, without)}

    assert LABELS[key] in changed
    assert removed[LABELS[key]] == "Not entered"


def test_price_and_rate_of_an_offer_are_named_with_their_units() -> None:
    offer = {"proposal_by": "Nordlys AI", "proposal_currency": "EUR"}
    numbers = {**TRAINING.numbers, **offer, "proposal_once": "120000"}
    before = of(replace(TRAINING, numbers={**numbers, "proposal_rate": "0.35"}))
    numbers |= {"proposal_once": "90000", "proposal_rate": "0.5"}

    found = differences_between(before, of(replace(TRAINING, numbers=numbers)))

    assert [(each.label, each.now, each.then) for each in found] == [
        ("One-off price of the offer", "€120,000 once", "€90,000 once"),
        (
            "Exchange rate of the offer",
            "0.35 US dollars for one unit of the currency",
            "0.5 US dollars for one unit of the currency",
        ),
    ]


def test_currency_of_the_amounts_is_named() -> None:
    euros = replace(TRAINING, numbers={**TRAINING.numbers, KEY: "EUR"})

    found = differences_between(of(TRAINING), of(euros))

    assert (
        ChangeWords(label="Amounts are in", now="US dollar (USD)", then="Euro (EUR)")
        in found
    )


def test_ticks_are_named_beside_the_option_that_they_add_up_to() -> None:
    before = replace(TRAINING, codes={**TRAINING.codes, "mlops": "ready"})
    ticks = ("versioned", "suite")
    after = replace(TRAINING, codes={**TRAINING.codes, "mlops": ticks})

    [found] = differences_between(of(before), of(after))

    assert (found.now, found.then) == (
        "Four or five",
        "Two or three (Versioned data and models, Automatic evaluation suite)",
    )
