"""Results that somebody typed are told in a sentence for each test."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.told.typed_results import typed_results
from tests.scoring.twelve_verdicts import ANSWERS

PROMPT = ScoredCandidate(
    id="c1",
    kind="prompt",
    model="A",
    cases=240,
    passed=139,
    day=date(2026, 10, 20),
    run_by="Rosa",
    link="https://example.org/test",
)
SEARCH = replace(PROMPT, id="c2", kind="retrieval", model="B", passed=228)
SOURCE = (
    "typed, run by “Rosa” as entered, tested on 20 October 2026, shown by "
    "https://example.org/test; no results file."
)


def told(*rows: ScoredCandidate) -> list[str]:
    given = Inputs(
        codes=read(current(), ANSWERS["stop_fine_tuning"]),
        candidates=Candidates(rows=rows, target=Decimal("0.9")),
    )
    return list(typed_results(assess_on(current(), given, date(2026, 11, 28))))


def test_results_of_one_test_share_a_sentence() -> None:
    later = replace(SEARCH, id="c3", model="C", day=date(2026, 10, 21))

    assert told(PROMPT, SEARCH, later) == [
        "“A (Written prompt)”: 139 of 240; “B (With retrieval)”: 228 of 240; each "
        + SOURCE,
        "“C (With retrieval)”: 228 of 240, " + SOURCE.replace("20 Oct", "21 Oct"),
    ]
