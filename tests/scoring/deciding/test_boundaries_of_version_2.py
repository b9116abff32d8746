"""Each option that a table tells from the next one, on either side."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from audits.frameworks import conditions as c
from audits.frameworks.condition_places import conditions_of
from audits.frameworks.loading.loader import PACKS, published
from audits.frameworks.questions import Question
from audits.scoring.proofs.golden import golden

FRAMEWORK = published("fine_tuning", 2)
FILE = PACKS / "fine_tuning" / "v2.boundaries.jsonl"
VECTORS: list[dict[str, Any]] = [json.loads(x) for x in FILE.read_text().splitlines()]
SIDES = list(zip(VECTORS[::2], VECTORS[1::2], strict=True))
# Their options are names, and none is more than another.
NO_SCALES = {"component"}
CHANGES_NO_VERDICT = re.compile(r"cautions|risks")
# Told apart by the market of a day alone.
BY_THE_MARKET = {("knowledge_size", "small", "medium")}


def told_apart() -> Iterator[tuple[str, str, str]]:
    """Yield each question with two neighbouring options that some test tells apart.

    What a caution or a risk alone tells apart changes no verdict.
    """
    tests: dict[str, set[frozenset[str]]] = {}
    deciding = (
        condition
        for place, condition in conditions_of(FRAMEWORK)
        if not CHANGES_NO_VERDICT.search(place)
    )
    for condition in deciding:
        for leaf in c.leaves(condition):
            test = leaf.test if isinstance(leaf, c.Proven | c.Lacks) else leaf
            if isinstance(test, c.Is | c.In):
                options = test.options if isinstance(test, c.In) else (test.option,)
                tests.setdefault(test.question, set()).add(frozenset(options))
    for item in FRAMEWORK.answerable.values():
        if isinstance(item, Question) and item.kind == "several":
            continue
        ids = [option.id for option in item.options]
        for low, high in pairwise(ids):
            if any((low in each) != (high in each) for each in tests.get(item.id, ())):
                yield item.id, low, high


def difference(low: dict[str, Any], high: dict[str, Any]) -> tuple[str, str, str]:
    [question] = [q for q, code in low["facts"].items() if high["facts"][q] != code]
    return question, low["facts"][question], high["facts"][question]


def test_both_sides_of_every_boundary_are_there() -> None:
    told = {each for each in told_apart() if each[0] not in NO_SCALES}

    assert {difference(*sides) for sides in SIDES} == told - BY_THE_MARKET


def test_sides_differ_in_one_answer_and_in_what_is_expected() -> None:
    assert [low["id"] for low, high in SIDES if low["expect"] == high["expect"]] == []
    assert len({vector["id"] for vector in VECTORS}) == len(VECTORS)


@pytest.mark.parametrize("place", range(len(SIDES)), ids=lambda n: SIDES[n][0]["id"])
def test_sides_get_what_is_expected_of_each_and_not_of_the_other(
    place: int, tmp_path: Any
) -> None:
    low, high = SIDES[place]
    swapped = [{**low, "expect": high["expect"]}, {**high, "expect": low["expect"]}]
    file = tmp_path / "cases.jsonl"

    file.write_text("\n".join(map(json.dumps, (low, high))))
    assert golden(FRAMEWORK, file) == ()

    file.write_text("\n".join(map(json.dumps, swapped)))
    assert {problem.where for problem in golden(FRAMEWORK, file)} == {
        low["id"],
        high["id"],
    }
