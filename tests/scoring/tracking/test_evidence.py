"""A newer results file says whether what was measured for a verdict still holds."""

from dataclasses import replace

import pytest

from audits.evaluations.runs import Run
from audits.frameworks.loading.loader import current
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.tracking.evidence import (
    EvidenceCheck,
    check_evidence,
    evidence_lines,
)
from tests.scoring.exchange.made_attachments import DAY
from tests.scoring.exchange.test_candidates_in_papers import CODES, FOUND, INPUTS
from tests.scoring.worked_cases import TRAINING_LEVELS

NEW = "ab" * 32
[BEST, TYPED, _] = FOUND.rows
MODEL = "claude-sonnet-5-5"


def checked(
    *runs: Run, digest: str = NEW, rows: tuple[ScoredCandidate, ...] = FOUND.rows
) -> EvidenceCheck:
    inputs = replace(INPUTS, candidates=replace(FOUND, rows=rows))
    return check_evidence(current(), inputs, DAY, runs, digest)


def run(passed: int, n: int = 200, name: str | None = MODEL) -> Run:
    return Run(tool="CSV", candidate=name, n=n, passed=passed)


def test_result_that_gives_the_same_answers_holds() -> None:
    found = checked(run(184))

    because = (
        "from the candidates: 184 of 200 passed, between 87 and 95 of 100; reaches 90 "
        "of 100, but chance may explain it; about 1,466 more cases would settle it"
    )
    assert found.state == "holds"
    assert list(evidence_lines(found)) == [
        f"measured  Prompt with examples ({MODEL}): 190 of 200 passed, between 91 and "
        "97 of 100; now 184 of 200 passed, between 87 and 95 of 100",
        f"holds     Gap to the target: No gap ({because})",
        f"holds     What meets the target: Worked examples ({because})",
        "holds     Verdict: Few-shot",
        "All measured conditions that the file speaks of still hold.",
    ]


def test_result_that_misses_the_target_differs_and_names_the_verdict() -> None:
    found = checked(run(120))

    assert found.state == "differs"
    assert list(evidence_lines(found)) == [
        f"measured  Prompt with examples ({MODEL}): 190 of 200 passed, between 91 and "
        "97 of 100; now 120 of 200 passed, between 53 and 67 of 100",
        "DIFFERS   Gap to the target: No gap in the paper, now Large (from the "
        "candidates: 120 of 200 passed, between 53 and 67 of 100; misses 90 of 100, "
        "even at the upper end)",
        "DIFFERS   What meets the target: Worked examples in the paper, now not "
        "answered",
        "DIFFERS   Verdict: Few-shot in the paper, now Fine-tune",
        "Something that was measured for this verdict no longer holds.",
    ]


def test_candidate_typed_by_hand_is_not_measured() -> None:
    typed = replace(TYPED, model="typed")

    found = checked(run(10, name="typed"), rows=(BEST, typed))

    assert (found.state, found.why_untold) == ("not_known", "not_in_file")
    assert found.unused == ("typed",)
    assert found.missing == (BEST,)


@pytest.mark.parametrize("name", [None, "gpt-5", MODEL.upper()])
def test_run_of_another_name_says_nothing(name: str | None) -> None:
    found = checked(run(10, name=name))

    assert (found.state, found.why_untold) == ("not_known", "not_in_file")
    assert found.conditions == ()


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (run(2, n=20), "it has fewer than 30 cases"),
        (Run(tool="CSV", candidate=MODEL), "no case has a result, so it cannot be a"),
    ],
)
def test_run_that_does_not_count_leaves_the_old_result(new: Run, why: str) -> None:
    found = checked(new)

    assert (found.state, found.why_untold) == ("not_known", "do_not_count")
    assert found.retested[0].why_not.startswith(why)
    assert found.verdict_now == found.verdict_before


def test_paper_without_measured_candidates_cannot_be_compared() -> None:
    inputs = Inputs(codes=CODES, levels=TRAINING_LEVELS, candidates=Candidates())

    found = check_evidence(current(), inputs, DAY, [run(190)], NEW)

    assert (found.state, found.why_untold) == ("not_known", "no_candidates")


def test_two_runs_of_one_name_are_told_apart_by_their_place_alone() -> None:
    second = replace(BEST, run=1)

    told = checked(run(10), run(190), rows=(second, TYPED))
    untold = checked(run(10), run(190), rows=(replace(BEST, run=5), TYPED))

    assert told.retested[0].now.passed == 190
    assert told.unused == (MODEL,)
    assert untold.why_untold == "not_in_file"


def test_the_same_file_is_read_by_its_run_whatever_that_is_called() -> None:
    [digest] = {BEST.sha256}

    found = checked(run(190, name=None), digest=digest, rows=(replace(BEST, run=0),))

    assert found.state == "holds"
    assert found.retested[0].now.passed == 190


def test_speed_is_told_by_a_file_that_has_times() -> None:
    slow, timed = (replace(run(190), p95_ms=ms) for ms in (9000, 1900))

    states = {
        new.p95_ms: [
            each.holds
            for each in checked(new).conditions
            if each.before.question == "latency_evidence"
        ]
        for new in (slow, timed, run(190))
    }
    assert states == {9000: [False], 1900: [True], None: []}
