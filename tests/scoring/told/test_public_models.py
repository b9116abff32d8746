"""A model cannot be tuned where nobody offers it and its weights are not open."""

from dataclasses import replace
from typing import Any

import pytest

from audits.landscape import in_force
from audits.scoring.told.public_models import cannot_be_tuned

CLOSED = next(
    model
    for model in in_force.current().models.values()
    if model.tuning.offered == "no"
    and not model.tuning.elsewhere
    and not model.open_weights
)


def test_model_that_nobody_offers_cannot_be_tuned() -> None:
    assert cannot_be_tuned(CLOSED)


@pytest.mark.parametrize("offered", ["yes", "unknown"])
def test_model_may_be_tuned_where_it_is_offered_or_nobody_knows(offered: Any) -> None:
    tuning = replace(CLOSED.tuning, offered=offered)

    assert not cannot_be_tuned(replace(CLOSED, tuning=tuning))


def test_model_can_be_tuned_elsewhere_or_by_its_weights() -> None:
    elsewhere = replace(CLOSED.tuning, elsewhere=("Vertex AI",))

    assert not cannot_be_tuned(replace(CLOSED, tuning=elsewhere))
    assert not cannot_be_tuned(replace(CLOSED, open_weights=True))
