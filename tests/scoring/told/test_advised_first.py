"""The costs that a panel shows begin with what is advised, priced or not."""

from datetime import date

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.advised_first import advised_first
from audits.scoring.options.option_reasons import why_out
from tests.examples import some_of
from tests.scoring.what_if.test_changes import CASES
from tests.scoring.worked_numbers import ON_OWN_GPUS

FRAMEWORK, DAY = current(), date(2026, 11, 24)


@pytest.mark.parametrize("inputs", some_of(CASES, 12))
def test_what_is_advised_stands_first_and_the_cheapest_follow(inputs: Inputs) -> None:
    assessment = assess_on(FRAMEWORK, inputs, DAY)
    money = money_of(assessment)

    found = advised_first(assessment, 3)

    assert len(found) == len({each.technique for each in found}) == 3
    assert all(each.price for each in found[1:])
    others = [
        (bool(why_out(assessment, x.technique)), x.price.year.expected)
        for x in found[1:]
        if x.price
    ]
    assert others == sorted(others)
    # What is ruled out is there only where nothing else is left to show.
    told, plan = {x.technique for x in found}, assessment.costs
    left = [x for x in plan.plan.techniques if x.price] if plan else []
    left = [x for x in left if x.technique not in told]
    if any(is_out for is_out, _ in others):
        assert all(why_out(assessment, x.technique) for x in left)
    if money and money.recommended and not money.move:
        assert found[0].technique == money.recommended.technique


def test_advised_technique_without_a_price_is_shown_with_what_is_missing() -> None:
    few = {k: x for k, x in ON_OWN_GPUS.items() if k not in ("model", "prefix_tokens")}
    prompt = Inputs(codes={"goal": ("style",), "state": "none"}, levels={}, numbers=few)
    assessment = assess_on(FRAMEWORK, prompt, DAY)

    first, *others = advised_first(assessment, 3)

    assert (first.technique, first.price) == ("prompt", None)
    assert first.unpriced
    assert others
    assert all(each.price for each in others)


def test_without_numbers_there_is_nothing_to_show() -> None:
    bare = Inputs(codes={"goal": ("style",), "state": "none"}, levels={}, numbers={})

    assert advised_first(assess_on(FRAMEWORK, bare, DAY), 3) == ()
