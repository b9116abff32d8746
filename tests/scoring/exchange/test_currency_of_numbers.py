"""Amounts in another currency in a line of `assess` and in a paper's file."""

import json
from typing import Any

import pytest

from audits.frameworks.loading.loader import published
from audits.scoring.exchange.lines.fact_line_shapes import adapter
from audits.scoring.exchange.lines.fact_lines import answer
from audits.scoring.exchange.provenance import digest, written
from audits.scoring.exchange.verification import Verification, verify
from audits.scoring.proposals.proposal_parts import currencies
from tests.scoring.exchange.made_attachments import DAY, attachment
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.worked_cases import RETRIEVAL_CASE
from tests.scoring.worked_numbers import CALLS

FRAMEWORK = published("fine_tuning", 2)
FRAMEWORKS = {("fine_tuning", 2): FRAMEWORK}
NUMBERS = CALLS | {"today": "prompt", "fte_cost": "90000", "currency": "EUR"}
LINE = (
    "In euros at 1.1172 US dollars (European Central Bank, 30 October 2026): "
    "recommended €"
)


def answered(**numbers: Any) -> dict[str, Any]:
    given = {"requests": 100000, "model": "claude-sonnet-5-5", "prefix_tokens": 6000}
    line = {"facts": RETRIEVAL_CASE, "numbers": given | numbers}
    return answer(FRAMEWORK, json.dumps(line), DAY)


def test_line_in_euros_costs_what_its_dollars_do_and_names_the_rate() -> None:
    found = answered(fte_cost=90000, currency="EUR")
    adapter().validate_python(found)
    entered = found["costs"].pop("entered_in")

    assert found == answered(fte_cost=100548)
    assert entered == {
        "currency": "EUR",
        "usd": "1.1172",
        "day": "2026-10-30",
        "issuer": "European Central Bank",
    }


def test_line_in_us_dollars_has_no_word_of_a_currency() -> None:
    assert answered(fte_cost=90000, currency="USD") == answered(fte_cost=90000)
    assert "entered_in" not in answered(fte_cost=90000)["costs"]


def test_currency_alone_prices_nothing() -> None:
    line = {"facts": RETRIEVAL_CASE, "numbers": {"currency": "EUR"}}

    assert "costs" not in answer(FRAMEWORK, json.dumps(line), DAY)


@pytest.mark.parametrize("currency", ["JPY", "eur", 7, None, ["EUR"]])
def test_line_in_a_currency_without_a_rate_is_refused(currency: Any) -> None:
    with pytest.raises(ValueError, match=r"numbers\.currency: one of USD, EUR, GBP"):
        answered(fte_cost=90000, currency=currency)


@pytest.fixture
def values() -> dict[str, Any]:
    codes: Any = {
        q: tuple(x) if isinstance(x, list) else x for q, x in ANSWERS["rag"].items()
    }
    found: dict[str, Any] = json.loads(attachment(codes, numbers=NUMBERS))
    return found


def verified(values: dict[str, Any]) -> Verification:
    """Verify a file whose values were changed, and its hash with them."""
    stated = {name: x for name, x in values.items() if name != "file_hash"}
    return verify(written({**stated, "file_hash": digest(stated)}), FRAMEWORKS)


def test_file_has_amounts_as_entered_and_is_reproduced(values: dict[str, Any]) -> None:
    found = verified(values)

    assert values["given"]["numbers"] == NUMBERS
    assert values["assessment"]["entered_in"]["rate"]["dollars"] == "1.1172"
    assert found.outcome == "reproduced"
    assert found.says is not None
    assert LINE in found.says.note
    assert found.says.note == values["page_1"]["note"]


def test_other_rate_than_that_of_the_day_is_a_difference(
    values: dict[str, Any],
) -> None:
    values["assessment"]["entered_in"]["rate"]["dollars"] = "1.0"

    [check] = verified(values).differing

    assert check.name == "Costs"
    assert [d.field for d in check.differences] == [
        "assessment.entered_in.rate.dollars"
    ]


def test_other_currency_is_other_costs(values: dict[str, Any]) -> None:
    values["given"]["numbers"]["currency"] = "GBP"

    names = {check.name for check in verified(values).differing}

    assert {"Answers", "Costs", "Decision and amounts of page 1"} <= names


def test_file_in_a_currency_without_a_rate_is_refused_by_its_name(
    values: dict[str, Any],
) -> None:
    values["given"]["numbers"]["currency"] = "JPY"

    found = verified(values)

    assert found.outcome == "refused"
    [why] = found.refused
    assert why.field == "given.numbers.currency"
    assert f"one of {', '.join(currencies())}" in why.sentence
