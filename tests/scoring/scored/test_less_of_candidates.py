"""Less of the stored candidates holds back, and never brings training closer."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.frameworks.evaluation import Code
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.scored.answers import answered, contradicted
from audits.scoring.scored.candidates import (
    KINDS,
    Candidates,
    SameOutcomes,
    ScoredCandidate,
    ScoredKind,
    WrongFile,
    lessened,
    released,
    with_wrong_files,
)
from audits.scoring.scored.replaced.replacing import replacing
from tests.examples import DEAR, up_to
from tests.scoring.proofs.version_2_laws import _led_on
from tests.scoring.proofs.version_2_sets import Case, drawn
from tests.scoring.scored.test_candidates import DAY, FILE, LINK, candidates, scored

CASES = (20, 40, 100, 200, 1000)
APART: dict[str, Any] = {"tested": "b" * 12, "apart": (("a" * 12, 0),)}
CASE_SETS: list[dict[str, Any]] = [{}, {"tested": "a" * 12}, APART]
SHARES = (3, 5, 6, 7, 8, 9)  # tenths


@pytest.mark.parametrize(
    "less",
    [{"cases": 20, "passed": 19}, {"is_removed": True}, {"run_by": ""}, {"link": ""}],
    ids=["few cases", "removed", "claimed", "no link"],
)
def test_candidate_that_passed_and_does_not_count_leaves_the_gap_open(
    less: dict[str, Any],
) -> None:
    passed = scored("examples", passed=95, id="c2")
    before = answered(candidates(scored(), passed), {}, {})
    lesser = lessened(passed, replace(passed, **less))
    after = answered(candidates(scored(), lesser), {}, {})

    assert before.codes["quality_gap"] == "met"
    assert "quality_gap" not in after.codes
    assert answered(candidates(scored()), {}, {}).codes["quality_gap"] == "large"
    back = lessened(lesser, passed)
    assert answered(candidates(scored(), back), {}, {}).codes == before.codes


@pytest.mark.parametrize("kind", ["prompt", "examples", "rules", "tuned", "smaller"])
@pytest.mark.parametrize(
    "less",
    [{"cases": 2, "passed": 2}, {"run_by": ""}, {"cases": 2, "passed": 0}],
    ids=["few that pass", "claimed", "few that fail"],
)
def test_candidate_that_never_counted_changes_nothing_there_or_removed(
    kind: ScoredKind, less: dict[str, Any]
) -> None:
    counted = [scored(), scored("examples", passed=95, id="c2")]
    by_hand: dict[str, Code] = {"smaller_model": "fails", "trial": "no_better"}
    alone = answered(candidates(*counted), by_hand, {})
    weak = scored(kind, id="c3", **{"passed": 100, **less})
    removed = lessened(weak, replace(weak, is_removed=True))

    for row in (weak, removed):
        assert answered(candidates(*counted, row), by_hand, {}) == alone
        assert answered(candidates(row), by_hand, {}).codes == by_hand
    assert alone.codes["passed"] == "examples"


def test_candidates_of_a_wrong_file_change_nothing() -> None:
    wrong = WrongFile(reason="Test run", file="a.csv", by="Rosa", day=DAY)
    passed = scored("examples", passed=95, id="c2", sha256=FILE)

    gone = lessened(passed, replace(passed, is_removed=True, wrong=wrong))

    assert not gone.holds_back
    without = answered(candidates(scored()), {}, {})
    assert answered(candidates(scored(), gone), {}, {}) == without
    with_it = with_wrong_files(candidates(scored(), gone))
    assert with_it == candidates(scored(), passed)


def test_what_is_held_back_is_named() -> None:
    passed = scored("examples", passed=95, id="c2", sha256=FILE)
    gone = lessened(passed, replace(passed, is_removed=True))

    assert answered(candidates(scored(), gone), {}, {}).held == ("quality_gap",)
    assert answered(candidates(scored(), passed), {}, {}).held == ()


def test_removed_candidate_holds_back_until_its_kind_is_scored_again() -> None:
    passed = scored("examples", passed=95, id="c2")
    removed = lessened(passed, replace(passed, is_removed=True))
    found = candidates(scored(), removed, scored("examples", passed=50, id="c3"))

    assert "quality_gap" not in answered(found, {}, {}).codes
    [let_go] = released(found, scored("examples"))
    assert let_go == replace(removed, holds_back=False)
    again = replace(found, rows=(found.rows[0], let_go, found.rows[2]))
    assert answered(again, {}, {}).codes["quality_gap"] == "large"


@pytest.mark.parametrize(
    ("by_hand", "counts"), [("often_wrong", None), ("some_wrong", "some_wrong")]
)
def test_answer_by_hand_counts_only_if_what_holds_back_agrees(
    by_hand: str, counts: str | None
) -> None:
    best = scored(passed=85, id="c2")
    gone = lessened(best, replace(best, is_removed=True))

    found = answered(candidates(gone, target=None), {"quality_gap": by_hand}, {})

    assert found.codes.get("quality_gap") == counts
    assert found.held == (() if counts else ("quality_gap",))


def test_way_whose_result_was_removed_was_tried_but_is_not_shown_to_be() -> None:
    strongest = scored("stronger", passed=30)
    gone = lessened(strongest, replace(strongest, is_removed=True))

    found = answered(candidates(gone), {"tried": ("nothing",)}, {})

    assert found.codes["tried"] == ("stronger_model",)
    assert found.levels == {"tried": "asserted"}
    assert (found.failed, found.best) == (None, None)


def test_result_that_is_edited_to_too_few_cases_holds_back_with_what_it_was() -> None:
    best = scored("examples", passed=95, id="c2")
    few = lessened(best, replacing(best, replace(best, cases=29, passed=3)))

    found = answered(candidates(scored(), few), {}, {})

    assert (few.why_not, found.held) == ("few", ("quality_gap",))


COPIES = (None, None, None, SameOutcomes(of="c1", cases=40))


@st.composite
def drawn_rows(draw: st.DrawFn) -> Candidates:
    def row(number: int) -> ScoredCandidate:
        cases, share = draw(st.sampled_from(CASES)), draw(st.sampled_from(SHARES))
        blank = min(10 - share, draw(st.sampled_from([0, 0, 0, 1, 3])))
        return scored(
            draw(st.sampled_from(KINDS)),
            cases=cases,
            passed=cases * share // 10,
            errors=cases * blank // 10,
            lacks=draw(st.sampled_from([0, 0, 0, 10, 100])),
            id=f"c{number}",
            run_by=draw(st.sampled_from(["Rosa", "Rosa", "Rosa", ""])),
            link=draw(st.sampled_from([LINK, LINK, LINK, ""])),
            sha256=draw(st.sampled_from(["", FILE])),
            is_allowed=draw(st.sampled_from([True, True, True, False])),
            is_removed=draw(st.sampled_from([False, False, False, True])),
            holds_back=draw(st.sampled_from([False, True])),
            same=draw(st.sampled_from(COPIES)) if number > 1 else None,
            **draw(st.sampled_from(CASE_SETS)),
        )

    number = draw(st.integers(1, 5))
    return Candidates(
        rows=tuple(row(each) for each in range(1, number + 1)),
        target=draw(st.sampled_from([Decimal("0.9"), Decimal("0.8"), None])),
        limit_ms=None,
    )


def decided(case: Case, found: Candidates) -> Case:
    told = answered(found, case.answers, case.levels)
    return ScoredCase(
        answers=dict(told.codes),
        levels=told.levels,
        unmarked=case.unmarked,
        market=case.market,
        shown=(told.failed, told.best, told.unshown),
    )


class ScoredCase(Case):
    """A case with what its candidates show beside the answers."""

    def __init__(self, shown: tuple[Any, ...], **given: Any) -> None:
        super().__init__(**given)
        object.__setattr__(self, "shown", shown)

    @property
    def under(self) -> Any:
        failed, best, unshown = vars(self)["shown"]
        return replace(super().under, failed=failed, best=best, unshown=unshown)


def less_of(found: Candidates, chance: Random) -> Iterator[tuple[str, Candidates]]:
    """Yield the candidates with less behind one of them."""
    place = chance.randrange(len(found.rows))
    row = found.rows[place]

    def having(**changes: Any) -> Candidates:
        rows = [*found.rows]
        rows[place] = lessened(row, replace(row, **changes))
        return replace(found, rows=tuple(rows))

    yield "removed", having(is_removed=True)
    yield "left out", having(is_removed=True, is_left_out=True)
    if place:
        yield "a copy of another", having(same=COPIES[-1])
    yield "without its name", having(run_by="", sha256="")
    yield "without its file", having(sha256="")
    yield "without its link", having(link="")
    yield "without its file and link", having(link="", sha256="")
    if row.passed is None:
        return
    for cases in CASES:
        if cases < row.cases:
            share, blank = (x * cases // row.cases for x in (row.passed, row.errors))
            fewer = having(cases=cases, passed=share, errors=blank)
            yield f"only {cases} cases", fewer
    tenth, failed = row.cases // 10, row.cases - row.passed - row.errors
    yield "cases that were not run", having(lacks=row.lacks + 20)
    if failed >= tenth:
        yield "failed cases without a score", having(errors=row.errors + tenth)
    if row.passed >= tenth:
        less = {"passed": row.passed - tenth, "errors": row.errors + tenth}
        yield "passed cases without a score", having(**less)


@given(drawn_rows(), st.integers(0, 2**32))
@settings(max_examples=up_to(10_000, DEAR))
def test_less_evidence_never_brings_training_closer(
    found: Candidates, seed: int
) -> None:
    chance = Random(seed)  # noqa: S311 - no secret
    # No level is asserted, wherever candidates are stored.
    case = replace(drawn(chance), unmarked="asserted")
    taken = contradicted(found, case.answers)
    case = case.without(*taken)
    levels: Mapping[str, EvidenceLevel] = {
        q: level for q, level in case.levels.items() if q not in taken
    }
    case = replace(case, levels=levels)
    before = decided(case, found)

    for how, less in less_of(found, chance):
        after = decided(case, less)

        assert not [*_led_on(before, after, "S2", how)]
        if before.advice.standing != "approve":
            assert after.advice.standing != "approve", how


def test_copy_that_is_removed_shows_no_way_that_was_tried() -> None:
    first = scored("prompt", passed=12, cases=40)
    copy = scored("stronger", passed=12, cases=40, id="c2", same=COPIES[-1])
    by_hand = {"tried": ("instructions",)}
    gone = lessened(copy, replace(copy, is_removed=True))

    for second in (copy, gone):
        found = answered(candidates(first, second), by_hand, {})
        assert "stronger_model" not in found.codes["tried"]
