"""The kind of GPU that own serving is priced on."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from audits.frameworks.loading.loader import published
from audits.landscape.catalogue import catalogue
from audits.scoring.exchange.lines.fact_lines import answer
from audits.scoring.numbers.assumption_fields import assumed_in, assumption_fields
from audits.scoring.numbers.numbers import check, numbers_as_text, numbers_of
from audits.scoring.pricing.defaults import defaults_for, defaults_on
from audits.scoring.pricing.gpu_kinds import USUAL, kinds_on
from audits.scoring.pricing.pricing import economics
from tests.scoring.worked_numbers import ON_OWN_GPUS

DAY = date(2026, 11, 27)
L40S = "L40S 48 GB"
UNMEASURED = (
    "Cannot be priced, because nobody has measured how many tokens a second one L40S "
    "48 GB works on"
)
FRAMEWORK = published("fine_tuning", 2)


def line(**numbers: Any) -> dict[str, Any]:
    given = {"requests": 100_000, "variable_tokens": 500, "output_tokens": 300}
    facts = {"facts": {"goal": ["cost_latency"]}, "numbers": given | numbers}
    found: dict[str, Any] = answer(FRAMEWORK, json.dumps(facts), DAY)["costs"]
    return found


def own(costs: dict[str, Any]) -> dict[str, Any]:
    [found] = [x for x in costs["techniques"] if x["technique"] == "fine_tune_own"]
    return dict(found)


def test_every_kind_of_the_landscape_has_its_dated_range() -> None:
    kinds = kinds_on(catalogue(DAY))

    assert list(kinds)[:2] == [USUAL, "H100 80 GB PCIe"]
    assert len(kinds) == 7
    found = kinds[L40S]
    assert (found.low, found.expected, found.high) == (
        *(Decimal("0.79"), Decimal("1.17"), Decimal("1.55")),
    )
    assert found.source == (
        "Prices of rented GPUs, from DataReceipts, checked on 9 November 2026; "
        "expected half-way between both ends"
    )


@pytest.mark.parametrize("gpu", [None, USUAL])
def test_usual_kind_is_priced_as_if_none_was_chosen(gpu: str | None) -> None:
    numbers = ON_OWN_GPUS | ({"gpu": gpu} if gpu else {})

    assert defaults_for(DAY, gpu) == defaults_on(DAY)
    assert economics(numbers_of(numbers), DAY) == economics(
        numbers_of(ON_OWN_GPUS), DAY
    )


def test_other_kind_has_no_price_until_somebody_measured_it() -> None:
    plan = economics(numbers_of(ON_OWN_GPUS | {"gpu": L40S}), DAY).plan

    for technique in ("fine_tune_own", "distil"):
        cost = plan.of(technique)
        assert (cost.price, cost.unpriced) == (None, UNMEASURED)
    assert plan.of("prompt").price is not None


def test_measured_kind_is_priced_with_its_own_range() -> None:
    numbers = ON_OWN_GPUS | {"gpu": L40S, "gpu_tokens_per_second": "2000"}
    priced = economics(numbers_of(numbers), DAY)

    [hour] = [x for x in priced.swings if x.input_id == "gpu_hour"]
    assert (hour.values.low, hour.values.high) == (Decimal("0.79"), Decimal("1.55"))
    assert "gpu_tokens_per_second" not in priced.plan.defaults
    assert dict(assumed_in(priced.plan, L40S))["Price of a GPU hour"] == (
        "$1.17 ($0.79 to $1.55) a GPU-hour"
    )


def test_kind_without_a_price_is_named_unless_a_price_is_entered() -> None:
    numbers = ON_OWN_GPUS | {"gpu": "L40", "gpu_tokens_per_second": "2000"}
    unknown = economics(numbers_of(numbers), DAY).plan.of("fine_tune_own")
    entered = economics(numbers_of(numbers | {"gpu_hour": "1"}), DAY).plan

    assert unknown.unpriced == (
        "Cannot be priced, because no price of a GPU “L40” is known"
    )
    assert entered.of("fine_tune_own").price is not None


def test_line_of_facts_may_name_gpu_hours_and_sharing() -> None:
    measured = {"gpu": L40S, "gpu_tokens_per_second": 2000, "gpu_hour": 1}

    usual = own(line(**measured))["month"]["expected"]
    half = own(line(**measured, hours_a_day=12))["month"]["expected"]
    tenth = own(line(**measured, sharing_models=10))["month"]["expected"]

    people = Decimal(3750)
    # 2 GPUs for 1.3 × 730 hours.
    assert Decimal(usual) - people == 1898
    assert Decimal(half) - people == 949
    assert Decimal(tenth) - people == Decimal("189.80")
    assert own(line(gpu=L40S))["why"] == UNMEASURED


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"gpu": 40}, "numbers.gpu: must be the name of a kind of GPU"),
        ({"hours_a_day": 0}, "numbers.hours_a_day: must be between 1 and 24"),
        ({"hours_a_day": 25}, "numbers.hours_a_day: must be between 1 and 24"),
        ({"sharing_models": 0}, "numbers.sharing_models: must be 1 or more"),
    ],
)
def test_line_that_cannot_be_is_refused(numbers: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=f"^{said}$"):
        line(**numbers)


def test_stored_number_that_cannot_be_is_refused() -> None:
    for key, value in (("hours_a_day", "0.5"), ("sharing_models", "0")):
        with pytest.raises(ValueError, match=f"^{key}: must be "):
            check(key, value)
    check("hours_a_day", "7.5")


def test_numbers_are_the_same_after_they_were_stored() -> None:
    stored = ON_OWN_GPUS | {"gpu": L40S, "hours_a_day": "12", "sharing_models": "10"}

    assert numbers_as_text(numbers_of(stored)) == stored


def test_fields_say_their_limits_and_who_states_them() -> None:
    fields = assumption_fields(DAY)

    hours, sharing = fields["hours_a_day"], fields["sharing_models"]
    assert [int(each) for each in (hours.low, hours.high)] == [1, 24]
    assert [int(each) for each in (sharing.low, sharing.high)] == [1, 100]
    assert (hours.whole, sharing.whole) == (False, True)
    assert sharing.hint == (
        "Assumed: 1 model. Attune’s estimate, checked on 24 November 2026. Attune "
        "knows of no published typical value. Each takes as many calls as this one "
        "and pays its share of the machines. Fireworks AI allows 100 on one deployment "
        "(Fireworks docs: deploying LoRA add-ons, checked on 1 January 2026)."
    )
    assert assumption_fields(DAY, L40S)["gpu_tokens_per_second"].hint == (
        "Nothing is assumed: nobody has measured how many tokens a second one L40S 48 "
        "GB works on."
    )
