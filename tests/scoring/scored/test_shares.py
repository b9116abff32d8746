"""What is drawn of each candidate is what the pages say of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.chances.shares import because_beside, shown_shares
from audits.scoring.scored.answers import answered
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.scored.words import candidate_answers

PROMPT = ScoredCandidate(
    id="c1",
    kind="prompt",
    cases=100,
    passed=62,
    day=date(2026, 11, 20),
    run_by="Evaluation team",
    link="https://example.org/report",
)
FEW = replace(PROMPT, id="c2", kind="retrieval", cases=24, passed=12)
MEAN = replace(PROMPT, id="c3", kind="stronger", passed=None, mean=Decimal("0.7"))
TARGET = Decimal("0.8")


def test_share_has_the_interval_that_is_said_beside_it() -> None:
    [shown] = shown_shares(Candidates(rows=(PROMPT,), target=TARGET), {})

    passed = shown.passed
    assert (passed.share, passed.target, passed.counts) == (0.62, 0.8, True)
    assert f"{passed.interval.low:.0%} {passed.interval.high:.0%}" == "52% 71%"
    assert shown.words == (
        "62 of 100 passed, between 52 and 71; misses 80 of 100, even at the upper end"
    )


def test_candidate_below_30_cases_is_drawn_as_one_that_does_not_count() -> None:
    [shown] = shown_shares(Candidates(rows=(FEW,)), {})

    assert not shown.passed.counts
    assert shown.words == (
        "12 of 24 passed, between 31 and 69 of 100. Does not count: fewer than 30 cases"
    )


@pytest.mark.parametrize(
    "row", [MEAN, replace(PROMPT, is_removed=True), replace(PROMPT, cases=0, passed=0)]
)
def test_nothing_is_drawn_without_a_share(row: ScoredCandidate) -> None:
    assert shown_shares(Candidates(rows=(row,), target=TARGET), {}) == ()


@pytest.mark.parametrize("by_hand", [{}, {"tried": ("documents",)}])
def test_scores_that_are_drawn_are_not_listed_again(
    by_hand: dict[str, tuple[str, ...]],
) -> None:
    stronger = replace(PROMPT, id="c4", kind="stronger", passed=90)
    found = Candidates(rows=(PROMPT, stronger, FEW), target=TARGET)
    given = answered(found, by_hand, {})
    told = candidate_answers(current(), given, by_hand, {})
    tried, gap = (next(x for x in told if x.question == q) for q in ("tried", "passed"))
    shown = shown_shares(found, by_hand)

    said = because_beside(tried, given, shown)

    more = "; by hand, asserted: Search in documents" * bool(by_hand)
    assert said == f"from the candidates that are drawn here{more}"
    assert because_beside(gap, given, shown) == gap.because
    # One that is not drawn is named, with all others.
    assert because_beside(tried, given, shown[1:]) == tried.because
