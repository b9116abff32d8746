"""A newer results file says whether what was measured for a verdict still holds."""

from dataclasses import replace
from decimal import Decimal

import pytest

from audits.evaluations.runs import Case, Run
from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring.inputs import Inputs
from audits.scoring.retests.evidence import (
    EvidenceCheck,
    check_evidence,
)
from audits.scoring.retests.evidence_words import evidence_lines
from audits.scoring.retests.named import NewResults
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from tests.scoring.exchange.made_attachments import DAY
from tests.scoring.exchange.test_candidates_in_papers import CODES, FOUND, INPUTS
from tests.scoring.twelve_verdicts import ANSWERS, LEVELS
from tests.scoring.worked_cases import TRAINING_LEVELS

NEW = "ab" * 32
[BEST, TYPED, _] = FOUND.rows
MODEL = "claude-sonnet-5-5"


def checked(
    *runs: Run,
    digest: str = NEW,
    rows: tuple[ScoredCandidate, ...] = FOUND.rows,
    signed: Run | None = None,
) -> EvidenceCheck:
    inputs = replace(INPUTS, candidates=replace(FOUND, rows=rows))
    known = {BEST.id: signed} if signed else {}
    new = NewResults(runs=runs, digest=digest, signed_runs=known)
    return check_evidence(current(), inputs, DAY, new)


def run(passed: int, n: int = 200, name: str | None = MODEL) -> Run:
    return Run(tool="CSV", candidate=name, n=n, passed=passed)


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
        f"holds     What meets the target: Worked examples ({because})",
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
        "DIFFERS   What meets the target: The paper says “Worked examples”. The new "
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
        "signed is no longer true: “The target is met, so use "
        "“claude-sonnet-5-5 (With retrieval)”. Do not start training.” With the new "
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
    assert "The target is met, though chance may explain it, so use “" in verdict


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


def test_candidate_typed_by_hand_is_not_measured() -> None:
    typed = replace(TYPED, model="typed")

    found = checked(run(10, name="typed"), rows=(BEST, typed))

    assert (found.state, found.why_untold) == ("not_known", "not_in_file")
    assert found.unused == ("typed",)
    assert found.missing == (BEST,)


@pytest.mark.parametrize("name", [None, "gpt-5", f"{MODEL} again"])
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
    assert found.now == found.before


def test_paper_without_measured_candidates_cannot_be_compared() -> None:
    inputs = Inputs(codes=CODES, levels=TRAINING_LEVELS, candidates=Candidates())

    new = NewResults(runs=[run(190)], digest=NEW)
    found = check_evidence(current(), inputs, DAY, new)

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

    assert found.retested[0].now.passed == 190
    assert (found.state, found.why_untold) == ("not_known", "same_file")
    assert [*evidence_lines(found)][1:] == [
        "This is the file that was signed, so it proves nothing new."
    ]


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


PROMPT = replace(BEST, id="c4", kind="prompt", model="Current prompt", passed=188)
STRONG = replace(BEST, id="c5", kind="stronger", model="Stronger model", passed=192)


def of_two(*runs: Run) -> EvidenceCheck:
    return checked(*runs, rows=(PROMPT, STRONG))


@pytest.mark.parametrize(
    ("runs", "name"),
    [
        ([run(0, name="Current prompt")], "Current prompt"),
        (
            [run(150, name="Current prompt"), run(192, name="Stronger model")],
            "Current prompt",
        ),
        ([run(120, name="Stronger model")], "Stronger model"),
    ],
)
def test_candidate_that_no_longer_meets_the_target_differs_beside_another(
    runs: list[Run], name: str
) -> None:
    found = of_two(*runs)

    lines = [*evidence_lines(found)]
    assert found.is_same
    assert found.state == "differs"
    assert lines[-1] == (
        f"The answers stay the same, but “{name}” no longer meets the target of 90 of "
        "100, which it met when signed."
    )
    assert [line for line in lines if line.startswith("DIFFERS")] == [
        line for line in lines if line.startswith(f"DIFFERS   {name}: when signed, ")
    ]


def test_line_says_which_candidate_the_answer_rests_on_now() -> None:
    lines = [*evidence_lines(of_two(run(0, name="Current prompt")))]

    assert lines[0] == (
        "DIFFERS   Current prompt: when signed, 188 of 200 passed, between 89.8 and 97 "
        "of 100; now, 0 of 200 passed, between 0 and 2 of 100: it met the target of 90 "
        "of 100, and no longer does"
    )
    [passed] = [line for line in lines if "What meets the target" in line]
    assert passed.startswith(
        "holds     What meets the target: A prompt, which now rests on “Stronger "
        "model”, no longer on “Current prompt” (from the candidates: 192 of 200 "
        "passed, "
    )


def test_target_that_chance_may_explain_is_not_shown_to_be_missed() -> None:
    found = of_two(run(176, name="Current prompt"))

    [first, *_, last] = evidence_lines(found)
    assert found.state == "holds"
    assert first.startswith("not shown Current prompt: when signed, ")
    assert first.endswith(
        ": it met the target of 90 of 100, and that it no longer does may be chance"
    )
    assert last == (
        "The answers stay the same, but whether the target of 90 of 100 is reached "
        "could not be told apart from chance."
    )


def test_sentence_names_who_misses_and_who_may_be_chance() -> None:
    found = of_two(run(0, name="Current prompt"), run(186, name="Stronger model"))

    assert [*evidence_lines(found)][-1] == (
        "The answers stay the same, but “Current prompt” no longer meets the target of "
        "90 of 100, which it met when signed. Whether “Stronger model” can reach it "
        "could not be told apart from chance."
    )


@pytest.mark.parametrize(("mean", "lost"), [(0.7, "missed"), (0.88, "open")])
def test_mean_score_that_met_the_target_is_compared_like_its_gap(
    mean: float, lost: str
) -> None:
    row = replace(STRONG, passed=None, mean=Decimal("0.95"))
    new = Run(tool="CSV", candidate=row.model, n=200, mean_score=mean)

    found = checked(new, rows=(PROMPT, row))

    assert [each.lost for each in found.retested] == [lost]


def test_candidate_that_missed_the_target_when_signed_cannot_lose_it() -> None:
    low = replace(PROMPT, passed=100)

    found = checked(run(50, name="Current prompt"), rows=(low, STRONG))

    assert found.state == "holds"
    assert not found.fallen


def test_capitals_of_a_name_do_not_matter() -> None:
    found = checked(run(192, name=MODEL.upper()))

    assert found.retested[0].now.passed == 192
    assert found.unused == ()


def test_name_of_another_candidate_in_capitals_is_that_candidate() -> None:
    other = replace(STRONG, model="CURRENT PROMPT")

    found = checked(run(192, name="CURRENT PROMPT"), rows=(PROMPT, other))

    assert [each.before for each in found.retested] == [other]
    assert found.missing == (PROMPT,)


@pytest.mark.parametrize("label", ["signed", "newer", "none"])
def test_label_of_a_prompt_makes_no_other_candidate(label: str) -> None:
    named, labelled = BEST.model, f"{BEST.model}, Do it"
    signed, newer = run(190), run(120)
    if label == "signed":
        signed = replace(signed, candidate=labelled, bare_name=named)
    if label == "newer":
        newer = replace(newer, candidate=labelled, bare_name=named)
    row = replace(BEST, model=signed.candidate or "")

    found = checked(newer, rows=(row,), signed=signed)

    assert (found.state, found.retested[0].now.passed) == ("differs", 120)


def test_run_without_label_is_neither_of_two_candidates() -> None:
    short = replace(BEST, model=f"{MODEL}, Short")
    long = replace(BEST, id="c9", model=f"{MODEL}, Long")
    runs = {
        row.id: replace(run(190), candidate=row.model, bare_name=MODEL)
        for row in (short, long)
    }
    inputs = replace(INPUTS, candidates=replace(FOUND, rows=(short, long)))
    new = NewResults(runs=[run(120)], digest=NEW, signed_runs=runs)

    found = check_evidence(current(), inputs, DAY, new)

    assert found.missing == (short, long)
