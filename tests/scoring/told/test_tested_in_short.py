"""What tests found is one sentence for who decides: the two best, and the target."""

from decimal import Decimal

from audits.scoring.results_behind.tested_in_short import tested_in_short as in_short
from audits.scoring.scored.candidates import Candidates, ScoredCandidate, ScoredKind


def scored(passed: int, kind: ScoredKind = "prompt") -> ScoredCandidate:
    return ScoredCandidate(
        id=f"c{passed}", kind=kind, cases=200, passed=passed, sha256="1" * 64
    )


def test_best_two_results_are_told_with_the_target() -> None:
    rows = (scored(122, "examples"), scored(176, "retrieval"), scored(10))
    found = Candidates(rows=rows, target=Decimal("0.9"))

    assert in_short(found, {}, "") == (
        "“With retrieval” passed 176 of 200 test cases, “Prompt with examples” 122 "
        "of 200; the target is 90 of 100."
    )
    assert in_short(None, {}, "") == in_short(Candidates(), {}, "") == ""


def test_results_are_told_once_where_the_team_wrote_the_same_numbers() -> None:
    rows = (scored(122, "examples"), scored(176, "retrieval"))
    found = Candidates(rows=rows, target=Decimal("0.9"))
    same = "On 200 cases, examples get 61% right and retrieval 88%; the target is 90%."

    assert in_short(found, {}, same) == ""
    assert in_short(found, {}, same.replace("88%", "176")) == ""
    told = in_short(found, {}, "")
    for old, new in (("200", "1,200"), ("88%", "8%"), ("61%", "61.5%"), ("90%", "so")):
        assert in_short(found, {}, same.replace(old, new)) == told
