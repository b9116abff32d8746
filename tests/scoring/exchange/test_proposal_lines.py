"""An offer in a line of `assess`: what is read, refused and answered."""

import json
from datetime import date
from typing import Any

import pytest

from audits.frameworks.loading.loader import published
from audits.scoring.exchange.lines.fact_line_shapes import adapter
from audits.scoring.exchange.lines.fact_lines import answer
from audits.scoring.exchange.lines.proposal_lines import PARTS
from tests.scoring.exchange.test_fact_lines import NUMBERS
from tests.scoring.worked_cases import RETRIEVAL_CASE

FRAMEWORK = published("fine_tuning", 2)
DAY = date(2026, 11, 24)
OFFER: dict[str, Any] = {
    "by": "Nordlys",
    "technique": "fine_tune",
    "includes": "training and hosting",
    "currency": "EUR",
    "once": 100000,
    "month": 1500,
    "start": "2026-12-01",
    "months": 24,
    "requests": 100000,
    "document": "Letter of 3 November",
}


def answered(offer: Any, numbers: dict[str, Any] | None = None) -> dict[str, Any]:
    line: dict[str, Any] = {"facts": RETRIEVAL_CASE, "proposal": offer}
    if numbers is not None:
        line["numbers"] = numbers
    return answer(FRAMEWORK, json.dumps(line), DAY)


def test_offer_is_answered_beside_today_and_the_recommendation() -> None:
    result = answered({"by": "Nordlys", "currency": "EUR", "once": 118000}, NUMBERS)
    offer = result["proposal"]

    [prompt] = [
        each
        for each in result["costs"]["techniques"]
        if each["technique"] == offer["today"]["technique"]
    ]
    assert (offer["month"], offer["year"]) == (
        {"own": "0.00", "usd": "0.00"},
        {"own": "118000.00", "usd": "131829.60"},
    )
    assert offer["rate"] == {
        "usd": "1.1172",
        "day": "2026-10-30",
        "issuer": "European Central Bank",
    }
    assert offer["today"]["technique"] == "prompt"
    assert abs(float(offer["today"]["year"]) - float(prompt["year"]["expected"])) < 12
    assert offer["recommended"]["technique"] == "rag"
    for plan in (offer["today"], offer["recommended"]):
        assert plan["more_a_year"] == {
            "usd": f"{131830 - float(plan['year']):.2f}",
            "at_least": True,
        }
    assert offer["covers_volume"] is None
    assert adapter().validate_python(result) == result


def test_every_part_of_an_offer_is_read() -> None:
    offer = answered({**OFFER, "rate": 1.16, "year": 12}, NUMBERS)["proposal"]

    assert set(PARTS) == {*OFFER, "rate", "year"}
    # 24 to 30 November are 7 of the 30 days of the first month.
    assert (offer["starts"], offer["months_covered"]) == ("2026-12-01", "11.77")
    assert offer["rate"] == {"usd": "1.16", "day": None, "issuer": None}
    assert offer["month"] == {"own": "1501.00", "usd": "1741.16"}
    assert offer["covers_volume"] is True
    # It begins later and does not end before the 12 months do, so nothing is left open.
    assert offer["ends_early"] is False
    assert float(offer["before"]) > 0
    assert offer["today"]["more_a_year"]["at_least"] is False
    assert (offer["includes"], offer["document"]) == (
        "training and hosting",
        "Letter of 3 November",
    )
    assert "The offer covers 11.8 of the 12 months." in offer["says"]


def test_offer_without_numbers_is_compared_with_nothing() -> None:
    result = answered(OFFER)

    assert "costs" not in result
    assert result["verdict"] == "rag"
    assert (result["proposal"]["today"], result["proposal"]["recommended"]) == (
        None,
        None,
    )


def test_line_without_an_offer_is_answered_as_before() -> None:
    line = {"facts": RETRIEVAL_CASE, "numbers": NUMBERS}
    without = answer(FRAMEWORK, json.dumps(line), DAY)
    with_offer = answered(OFFER, NUMBERS)

    assert "proposal" not in without
    assert {k: x for k, x in with_offer.items() if k != "proposal"} == without


@pytest.mark.parametrize(
    ("offer", "message"),
    [
        ([], "proposal: must be an object of by, technique"),
        ({}, "proposal: needs by, who offers it"),
        ({"by": "Nordlys"}, "proposal: needs a price: once, month or year"),
        ({"once": 5}, "proposal: needs by, who offers it"),
        (
            {**OFFER, "curency": "EUR"},
            'proposal.curency: no such part (did you mean "currency"?)',
        ),
        ({**OFFER, "once": "5"}, "proposal.once: must be a number"),
        ({**OFFER, "once": True}, "proposal.once: must be a number"),
        ({**OFFER, "once": -5}, "proposal.once: must be a number, 0 or more"),
        ({**OFFER, "by": 5}, "proposal.by: must be text"),
        ({**OFFER, "by": ""}, "proposal.by: must be one line of text"),
        ({**OFFER, "currency": "XXX"}, "proposal.currency: one of USD, EUR"),
        ({**OFFER, "technique": "x"}, "proposal.technique: one of prompt, few_shot"),
        ({**OFFER, "start": "1.12."}, "proposal.start: must be a day like 2026-12-01"),
        ({**OFFER, "months": 1.5}, "proposal.months: must be a whole number"),
    ],
)
def test_offer_that_is_wrong_is_refused_by_its_part(offer: Any, message: str) -> None:
    with pytest.raises(ValueError, match="proposal") as refusal:
        answered(offer)

    assert str(refusal.value).startswith(message)
