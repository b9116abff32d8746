"""The sums of docs/worked_costs.md are right, and Attune has their results."""

import re
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from tests.scoring.costs import worked_examples
from tests.scoring.costs.worked_decisions import WORKED as DECISIONS
from tests.scoring.costs.worked_decisions import Numbers
from tests.scoring.costs.worked_documents import v32, v34
from tests.scoring.costs.worked_machines import v16, v26, v27
from tests.scoring.costs.worked_moves import v30
from tests.scoring.costs.worked_packs import v23, v24
from tests.scoring.costs.worked_results import v33
from tests.scoring.costs.worked_tracking import v31
from tests.scoring.costs.worked_waiting import v28, v29
from tests.worked_sums import blocks, rounded, worth

WORKED = DECISIONS | {
    "V16": v16,
    "V23": v23,
    "V24": v24,
    "V26": v26,
    "V27": v27,
    "V28": v28,
    "V29": v29,
    "V30": v30,
    "V31": v31,
    "V32": v32,
    "V33": v33,
    "V34": v34,
}
TEXT = (Path(__file__).parents[1] / "docs" / "worked_costs.md").read_text("utf-8")
BLOCKS = blocks(TEXT, "cost")
# What = is exact; what ≈ is shown with as many digits as it has.
LINES = [
    (block.about, key, *re.split(" ([=≈]) ", value))
    for block in BLOCKS
    for key, value in block.lines
]


@cache
def by_code(example: str) -> Numbers:
    return WORKED[example]()


def test_every_use_case_is_worked_once_with_all_its_amounts() -> None:
    written = {block.about: [key for key, _ in block.lines] for block in BLOCKS}

    assert len(BLOCKS) == len(written)
    assert {name: sorted(keys) for name, keys in written.items()} == {
        name: sorted(by_code(name)) for name in WORKED
    }
    assert written.keys().isdisjoint(worked_examples.WORKED)


@pytest.mark.parametrize(
    ("example", "key", "sum_", "sign", "result"),
    LINES,
    ids=[f"{example}-{key}" for example, key, *_ in LINES],
)
def test_cost_is_what_the_sum_and_the_code_give(
    example: str, key: str, sum_: str, sign: str, result: str
) -> None:
    by_hand, found = worth(sum_), Fraction(by_code(example)[key])

    if sign == "=":
        assert by_hand == worth(result)
        assert found == by_hand
    else:
        assert rounded(by_hand, result) == result
        assert rounded(found, result) == result
