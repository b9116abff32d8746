"""Frozen dataclasses as JSON values and back: nothing is converted, guessed or lost."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import pytest
from pydantic import TypeAdapter

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import published
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.exchange import document
from audits.scoring.exchange.json_values import WrongShapeError, reader, written
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates
from tests.examples import is_everyday
from tests.scoring.costs.worked_moves import MOVES
from tests.scoring.exchange.test_candidates_in_papers import FOUND
from tests.scoring.exchange.test_document_schema import CASES, assessed
from tests.scoring.money.test_money_calendar import ENDING
from tests.scoring.money.test_money_proposal import OFFER
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS
from tests.scoring.worked_numbers import CALLS, ON_OWN_GPUS, TUNED_BY_TOKEN

FRAMEWORK = published("fine_tuning", 2)
DAY = date(2026, 11, 27)
ENDED = {"goal": ["knowledge"], "state": "live_tuned"}
EUROS = {"currency": "EUR", "label_cost": "1.50"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    """A dataclass inside another."""

    amount: Decimal
    kind: Literal["low", "high"] = "low"

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError("an amount is 0 or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Each kind of field."""

    text: str
    number: int
    holds: bool
    day: date | None
    either: str | tuple[str, ...]
    parts: tuple[Inner, ...]
    pair: tuple[str, Decimal]
    named: Mapping[str, Inner]


VALUE = Whole(
    text="ä",
    number=3,
    holds=True,
    day=date(2026, 11, 24),
    either=("a", "b"),
    parts=(Inner(amount=Decimal("1.50")), Inner(amount=Decimal("1E+3"), kind="high")),
    pair=("a", Decimal(2)),
    named={"b": Inner(amount=Decimal(0))},
)
JSON: dict[str, Any] = {
    "text": "ä",
    "number": 3,
    "holds": True,
    "day": "2026-11-24",
    "either": ["a", "b"],
    "parts": [{"amount": "1.50", "kind": "low"}, {"amount": "1E+3", "kind": "high"}],
    "pair": ["a", "2"],
    "named": {"b": {"amount": "0", "kind": "low"}},
}


def test_each_kind_of_field_is_written_and_read() -> None:
    assert written(VALUE) == JSON
    assert reader(Whole)(json.loads(json.dumps(JSON))) == VALUE
    assert reader(Whole)({**JSON, "day": None, "either": "a"}).either == "a"


def test_missing_field_with_a_default_has_it_and_an_unknown_one_is_not_read() -> None:
    found = reader(Inner)({"amount": "1", "more": 1})

    assert found == Inner(amount=Decimal(1), kind="low")


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("text", 1, "text: '1' is not a text"),
        ("text", None, "text: 'None' is not a text"),
        ("number", "3", "number: '3' is not a whole number"),
        ("number", True, "number: 'True' is not a whole number"),
        ("number", 3.0, "number: '3.0' is not a whole number"),
        ("holds", 1, "holds: '1' is not true or false"),
        ("day", "24.11.2026", "day: '24.11.2026' is not a day like 2026-11-24"),
        ("day", 5, "day: '5' is not a day like 2026-11-24"),
        ("either", ["a", 1], "either.1: '1' is not a text"),
        ("either", {}, "either: '{}' is not a list"),
        ("parts", {}, "parts: '{}' is not a list"),
        ("parts", [1], "parts.0: '1' is not an object"),
        ("parts", [{}], "parts.0.amount: it is missing"),
        ("parts", [{"amount": 1}], "parts.0.amount: '1' is not the text of a number"),
        ("parts", [{"amount": "x"}], "parts.0.amount: 'x' is not the text of a number"),
        ("pair", ["a", "NaN"], "pair.1: 'NaN' is not the text of a number"),
        ("pair", ["a"], "pair: \"['a']\" is not a list of 2"),
        ("named", [], "named: '[]' is not an object"),
        (
            "named",
            {"b": {"amount": "1", "kind": ["low"]}},
            "named.b.kind: \"['low']\" is not one of low, high",
        ),
        ("named", {"b": {"amount": "-1"}}, "named.b: an amount is 0 or more"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(part: str, value: Any, said: str) -> None:
    with pytest.raises(WrongShapeError) as refusal:
        reader(Whole)({**JSON, part: value})

    assert str(refusal.value) == said


def _assessments() -> list[Assessment]:
    """Return the published cases, and those with money, an offer and candidates.

    A normal run takes a third, with all numbers beside both kinds of candidates.
    """
    priced = [
        Inputs(
            codes=codes,
            levels=TRAINING_LEVELS,
            numbers=CALLS | numbers,
            candidates=candidates,
        )
        for codes in (read(FRAMEWORK, each) for each in (TRAINING_CASE, MOVES, ENDED))
        for numbers in (TUNED_BY_TOKEN, ON_OWN_GPUS, ENDING, EUROS, OFFER)
        for candidates in (Candidates(), FOUND)
    ]
    cases = CASES
    if is_everyday():
        cases, priced = cases[::3], priced[2::3]
    found = [assessed(case) for case in cases]
    return found + [assess_on(FRAMEWORK, inputs, DAY) for inputs in priced]


def _of_document(described: TypeAdapter[Assessment], found: Assessment) -> Any:
    """Return what a library writes, without what no document repeats."""
    return described.dump_python(found, mode="json", exclude={"means"})


def test_assessments_are_written_and_read_as_their_published_schema_says() -> None:
    described: TypeAdapter[Assessment] = TypeAdapter(Assessment)

    assessments = _assessments()
    assert any(each.costs and each.costs.move for each in assessments)
    assert any(each.costs and each.costs.replacement for each in assessments)
    assert any(each.proposal for each in assessments)
    assert any(each.entered_in for each in assessments)
    assert any(each.from_candidates for each in assessments)
    for assessment in assessments:
        text = json.dumps(written(assessment))
        assert text == json.dumps(_of_document(described, assessment))
        assert repr(document.load_text(text)) == repr(described.validate_json(text))
        assert document.load_text(text) == assessment


def test_documents_are_written_and_read_without_pydantic() -> None:
    program = f"""
import sys
from audits.scoring.exchange import document
document.dump(document.load_text({json.dumps(document.dump(assessed(CASES[0])))!r}))
print("pydantic" in sys.modules)
"""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, check=True, text=True)

    assert done.stdout == "False\n"
