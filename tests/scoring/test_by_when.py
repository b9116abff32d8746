"""By when a tuned model has to move."""

from datetime import date

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.explaining.advice_rows import advised_rows
from audits.scoring.inputs import Inputs
from tests.scoring.twelve_verdicts import ANSWERS

FRAMEWORK = current()
# Its owner says that the tuning service is closing; none names the model.
CLOSING = read(FRAMEWORK, {"state": "live_tuned", "platform": "closing"})


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({}, "its base model retires (end date not entered)"),
        (
            {"requests": "1000"},
            "its base model retires (end date not entered)",
        ),
        (
            {"tuned": "gpt-4o-mini"},
            "its base model (GPT-4o mini) retires on 14 January 2027",
        ),
    ],
)
def test_move_has_the_day_on_which_the_base_model_ends(
    numbers: dict[str, str], said: str
) -> None:
    codes = read(FRAMEWORK, ANSWERS["migrate"])

    found = assess_on(
        FRAMEWORK, Inputs(codes=codes, numbers=numbers), date(2026, 11, 24)
    )

    assert found.verdict == "migrate"
    rows = {row.label: row.says for row in advised_rows(FRAMEWORK, found)}
    assert rows["By when"] == f"Before {said}"


def test_model_without_a_known_end_is_named() -> None:
    found = assess_on(
        FRAMEWORK,
        Inputs(codes=CLOSING, numbers={"tuned": "gpt-oss-120b"}),
        date(2026, 11, 24),
    )

    assert found.verdict == "migrate"
    rows = {row.label: row.says for row in advised_rows(FRAMEWORK, found)}
    assert "no end date known for gpt-oss 120B" in rows["By when"]
