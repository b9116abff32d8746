"""A newer results file says whether what was measured for a verdict still holds."""

from dataclasses import replace

import pytest

from audits.evaluations.runs import Case, Run
from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring.inputs import Inputs
from audits.scoring.retests.evidence import check_evidence
from audits.scoring.retests.evidence_words import evidence_lines
from audits.scoring.retests.named import NewResults
from audits.scoring.scored.candidates import Candidates
from tests.scoring.exchange.made_attachments import DAY
from tests.scoring.exchange.test_candidates_in_papers import CODES, FOUND
from tests.scoring.retests.newer_results import BEST, MODEL, NEW, checked, run
from tests.scoring.twelve_verdicts import ANSWERS, LEVELS
from tests.scoring.worked_cases import TRAINING_LEVELS


def test_result_that_gives_the_same_answers_holds() -> None:
    found = checked(run(192))

    because = (
        "from the candidates: 192 of 200 passed, between 92 and 98 of 100; reaches 90 "
        "of 100, even at the lower end"
    )
    assert found.state == "holds"
    assert list(evidence_lines(found)) == [
        f"measured  {MODEL} (Prompt with examples): when signed, 190 of 200 passed, "
        "between 91 and 97 of 100; now, 192 of 200 passed, between 92 and 98 of 100",
        f"holds     Gap to the target: No gap ({because})",
        f"holds     Which approach passes: Worked examples ({because})",
        "holds     Verdict: Few-shot, as it was signed",
        "All measured conditions that the file speaks of still hold.",
    ]


@pytest.mark.parametrize(
    ("passed", "state", "sentence"),
    [
        (186, "holds", "The answers stay the same, but whether the target of"),
        (
            176,
            "differs",
            "Something that was measured for this verdict no longer holds. Whether the "
            "target of",
        ),
    ],
)
def test_what_chance_may_explain_is_not_told_as_certain(
    passed: int, state: str, sentence: str
) -> None:
    found = checked(run(passed))

    assert found.state == state
    assert [*evidence_lines(found)][-1] == (
        f"{sentence} 90 of 100 is reached could not be told apart from chance."
    )


def test_interval_beside_the_target_is_not_rounded_onto_it() -> None:
    [measured, gap, *_] = evidence_lines(checked(run(188)))

    assert measured.endswith("188 of 200 passed, between 89.8 and 97 of 100")
    assert "between 89.8 and 97 of 100; reaches 90 of 100, but chance may" in gap


def test_result_that_misses_the_target_differs_and_names_the_verdict() -> None:
    found = checked(run(120))

    assert found.state == "differs"
    [_, *told, verdict, last] = evidence_lines(found)
    assert told == [
        "DIFFERS   Gap to the target: The paper says “No gap”. The new results say "
        "“Large” (from the candidates: 120 of 200 passed, between 53 and 67 of 100; "
        "misses 90 of 100, even at the upper end).",
        "DIFFERS   Which approach passes: The paper says “Worked examples”. The new "
        "results give no answer to this.",
    ]
    assert verdict.startswith(
        "DIFFERS   Verdict: The paper says “Few-shot”. With the new results it would "
        "be “Fine-tune”: "
    )
    assert last == "Something that was measured for this verdict no longer holds."


def test_signed_sentence_that_is_no_longer_true_differs_under_the_same_name() -> None:
    codes = read(current(), ANSWERS["rag"])
    levels = {k: LEVELS[k] for k in codes.keys() & LEVELS}
    row = replace(BEST, kind="retrieval", passed=196, p95_ms=None)
    inputs = Inputs(
        codes=codes,
        levels=levels,
        candidates=Candidates(rows=(row,), target=FOUND.target),
    )

    found = check_evidence(
        current(), inputs, DAY, NewResults(runs=[run(150)], digest=NEW)
    )

    [*_, verdict, last] = evidence_lines(found)
    assert found.before.verdict_name == found.now.verdict_name
    assert found.state == "differs"
    assert verdict == (
        "DIFFERS   Verdict: The technique stays Retrieval (RAG), but the sentence "
        "signed is no longer true: “Use "
        "“claude-sonnet-5-5 (With retrieval)”: it meets the target. "
        "Do not start training.” With the new "
        "results it would be: “Use retrieval: "
        "combine keyword and vector search, then rank the results again. Do not start "
        "training.”"
    )
    assert last == "Something that was measured for this verdict no longer holds."


def test_verdict_of_newer_results_says_what_chance_may_explain() -> None:
    codes = read(current(), ANSWERS["rag"])
    levels = {k: LEVELS[k] for k in codes.keys() & LEVELS}
    row = replace(BEST, kind="retrieval", passed=150, p95_ms=None)
    inputs = Inputs(
        codes=codes,
        levels=levels,
        candidates=Candidates(rows=(row,), target=FOUND.target),
    )

    found = check_evidence(
        current(), inputs, DAY, NewResults(runs=[run(186)], digest=NEW)
    )

    [*_, verdict, _] = evidence_lines(found)
    assert found.state == "differs"
    assert "”: it meets the target (186 of 200 passed, 180 needed, so check" in verdict


def test_verdict_that_would_no_longer_be_approved_alike_differs() -> None:
    found = checked(run(192))
    signed = replace(found.before, standing="approve")
    open_now = replace(signed, standing="subject_to", subject_to=("Name an owner",))

    changed = replace(found, before=signed, now=open_now)

    assert changed.state == "differs"
    assert [*evidence_lines(changed)][-2] == (
        "DIFFERS   Verdict: The technique stays Few-shot, but training would no longer "
        "be approved under the same conditions. It would be subject to: Name an owner."
    )


def cases(first: int, n: int = 200) -> tuple[Case, ...]:
    return tuple(Case(id=str(number)) for number in range(first, first + n))


@pytest.mark.parametrize(
    ("first", "told"),
    [
        (
            1000,
            "None of the 200 cases is among those of the signed run, so this is "
            "another test, not a repetition. ",
        ),
        (199, ""),
        (0, ""),
    ],
)
def test_other_cases_are_said_to_be_another_test(first: int, told: str) -> None:
    found = checked(
        replace(run(192), cases=cases(first)), signed=replace(run(190), cases=cases(0))
    )

    assert [*evidence_lines(found)][-1] == (
        f"{told}All measured conditions that the file speaks of still hold."
    )


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
    assert found.now == found.before


def test_paper_without_measured_candidates_cannot_be_compared() -> None:
    inputs = Inputs(codes=CODES, levels=TRAINING_LEVELS, candidates=Candidates())

    new = NewResults(runs=[run(190)], digest=NEW)
    found = check_evidence(current(), inputs, DAY, new)

    assert (found.state, found.why_untold) == ("not_known", "no_candidates")


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
