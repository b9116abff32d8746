"""What serves until a model is trained stays, and no other option does."""

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.options.options import options
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS


@pytest.mark.parametrize(
    ("verdict", "stays"),
    [
        ("few_shot", ["Do nothing"]),
        ("train_small_part", ["Prompt", "Do nothing"]),
        ("gather_evidence", ["Few-shot", "Do nothing"]),
    ],
)
def test_only_what_serves_until_then_stays(verdict: str, stays: list[str]) -> None:
    found = options(current(), assessed(ANSWERS[verdict]))

    assert [choice.name for choice in found if choice.stays] == stays
