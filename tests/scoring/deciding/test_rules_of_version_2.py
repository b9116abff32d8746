"""What each part of a rule of version 2 does, by the fewest answers that show it.

A row of the file names the rule and a change of it that no other test noticed, and
expects what the rule said when the row was made. If a row fails, a rule changed: read
the row beside the words of the rule before you change either.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from audits.frameworks.answering import answers
from audits.frameworks.loading.loader import published
from audits.scoring.deciding.circumstances import Circumstances, MarketValue
from tests.scoring.parts_of_a_decision import parts

FILE = Path(__file__).parent / "rules_of_version_2.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(x) for x in FILE.read_text().splitlines()]
RULES = dict.fromkeys(row["id"].partition(":")[0] for row in ROWS)


def circumstances(row: dict[str, Any]) -> Circumstances:
    market = {
        fact: MarketValue(value=value, words="")
        for fact, value in row.get("market", {}).items()
    }
    return Circumstances(
        market=market, levels=row.get("levels", {}), unmarked=row["default_level"]
    )


def found(row: dict[str, Any]) -> dict[str, Any]:
    """Return what the rules say of the answers of a row, where it expects something."""
    framework = published("fine_tuning", 2)
    codes = answers.read(framework, row["facts"])
    said = parts(framework, codes, circumstances(row))
    return {name: said.get(name, False) for name in row["expect"]}


@pytest.mark.parametrize("rule", RULES)
def test_each_part_of_a_rule_does_what_it_says(rule: str) -> None:
    rows = [row for row in ROWS if row["id"].partition(":")[0] == rule]

    assert {x["id"]: found(x) for x in rows} == {x["id"]: x["expect"] for x in rows}
