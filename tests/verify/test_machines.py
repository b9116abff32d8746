"""The machines behind a price are frozen in a paper, and recomputed from it."""

import json
from typing import Any

import pytest

from audits.scoring.exchange.provenance import digest, written
from audits.scoring.exchange.verification import verify
from tests.scoring.exchange.made_attachments import attachment
from tests.scoring.worked_numbers import ON_OWN_GPUS
from tests.verify.test_offer import CODES, FRAMEWORKS

pytestmark = pytest.mark.once
MACHINES = {
    "gpu": "L40S 48 GB",
    "gpu_tokens_per_second": "2000",
    "hours_a_day": "12",
    "sharing_models": "10",
}


def values(**numbers: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(attachment(CODES, numbers=ON_OWN_GPUS | numbers))
    return found


def stated(found: dict[str, Any]) -> bytes:
    """Return a file whose values were changed, and its hash with them."""
    rest = {name: x for name, x in found.items() if name != "file_hash"}
    return written({**rest, "file_hash": digest(rest)})


@pytest.mark.thorough
def test_machines_of_a_paper_are_recomputed() -> None:
    assert verify(stated(values(**MACHINES)), FRAMEWORKS).outcome == "reproduced"


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("key", "value"),
    [("gpu", "B200"), ("hours_a_day", "6"), ("sharing_models", "20")],
)
def test_other_machines_than_those_it_was_priced_on_are_told(
    key: str, value: str
) -> None:
    found = values(**MACHINES)
    found["given"]["numbers"][key] = value

    result = verify(stated(found), FRAMEWORKS)

    assert result.outcome == "different"


@pytest.mark.parametrize("value", ["0", "25"])
def test_hours_that_cannot_be_are_refused(value: str) -> None:
    found = values(**MACHINES)
    found["given"]["numbers"]["hours_a_day"] = value

    result = verify(stated(found), FRAMEWORKS)

    assert result.outcome == "refused"
    [why] = result.refused
    assert "must be between 1 and 24" in why.sentence
