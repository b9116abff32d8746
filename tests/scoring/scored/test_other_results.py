"""What other results of candidates would give, and how they are said in few words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.explaining.advice_rows import ALL_DONE
from audits.scoring.inputs import Inputs
from audits.scoring.results_behind.approved_on import approved_on
from audits.scoring.results_behind.counted_twice import in_few_words
from audits.scoring.results_behind.other_results import would_give
from audits.scoring.scored.answers import Answered, answered
from audits.scoring.scored.candidates import Candidates, ReplacedResult, WrongFile
from audits.scoring.summary.why import why_lines
from tests.scoring.test_approval_checks import DAY, GOOD, WEAK, assessed

FACTS: dict[str, Any] = {"goal": ["knowledge"], "knowledge_size": "huge"}
SMALL = "“Gap to the target” would be “Small” and the verdict would be "
WAS = ReplacedResult(kind="stronger", cases=150, passed=90, sha256="2" * 64)
WRONG = WrongFile(reason="Test run", file="a.csv", by="Rosa", day=DAY)


@pytest.mark.parametrize(
    ("passed", "answers", "said"),
    [
        (4, {}, "every answer and the verdict would be the same"),
        (32, {}, f"{SMALL}“Few-shot”"),
        # Facts are searched whatever the gap is.
        (32, FACTS, f"{SMALL}the same"),
    ],
)
def test_other_result_says_which_answers_and_which_verdict_it_would_give(
    passed: int, answers: dict[str, Any], said: str
) -> None:
    other = Candidates(
        rows=(replace(WEAK, cases=40, passed=passed),), target=Decimal("0.9")
    )

    assert would_give(current(), assessed(WEAK, **answers), other) == said


@pytest.mark.parametrize(
    ("replaced", "said"),
    [
        ((), ""),
        ((replace(WAS, passed=80), WAS), "before: 90 of 150 (A6)"),
        ((replace(WAS, passed=WEAK.passed),), "changed (A6)"),
    ],
)
def test_result_before_is_the_last_that_was_another(
    replaced: tuple[ReplacedResult, ...], said: str
) -> None:
    row = replace(WEAK, replaced=replaced)
    given = Inputs(codes={}, candidates=Candidates(rows=(row,)))

    assert in_few_words(given, row) == said


def test_approval_depends_on_each_file_that_was_removed_as_wrong() -> None:
    one = replace(GOOD, sha256="3" * 64, is_removed=True, wrong=WRONG)
    other = replace(one, id="c3", sha256="4" * 64)

    def condition(*rows: Any) -> str:
        return approved_on(current(), assessed(WEAK, *rows), ALL_DONE)

    then = "wrong: counted, the verdict would be “Prompt” (A6)."
    assert condition(one).endswith(f"Approve only if the removed file was {then}")
    assert condition(one, other).endswith(f"if the removed files were {then}")


@pytest.mark.parametrize(
    ("state", "held"), [("live_tuned", ("incumbent",)), ("none", ())]
)
def test_older_result_of_the_live_model_holds_back_only_while_it_is_live(
    state: str, held: tuple[str, ...]
) -> None:
    new = replace(WAS, kind="live", passed=145, day=date(2026, 11, 25), then="b")
    row = replace(WEAK, kind="live", day=date(2026, 10, 1), replaced=(new,))
    found = Candidates(rows=(row,), target=Decimal("0.9"))

    told = answered(found, {"state": state}, {})

    assert told.held == held
    assert (told == Answered(codes={"state": state}, levels={})) is not bool(held)


def test_evidence_is_of_the_day_of_the_latest_of_its_results() -> None:
    rows = (
        replace(WEAK, kind="documents", passed=90, day=date(2026, 11, 1)),
        replace(WEAK, id="c3", kind="examples", passed=98, day=date(2026, 11, 20)),
        replace(WEAK, id="c4", kind="retrieval", passed=91, day=date(2026, 11, 10)),
    )

    first = why_lines(current(), assessed(*rows, **FACTS))[0]

    assert first.basis.endswith(" of 150, last on 20 November 2026")
