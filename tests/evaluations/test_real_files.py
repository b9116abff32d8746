"""What is read of files of real tools equals what plain access to them gives."""

import json
import re
import sys
import zipfile
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from audits.evaluations.formats.inspect_logs import read_inspect
from audits.evaluations.reading import evaluations_of
from audits.evaluations.runs import Case, RefusedEvaluationError, Run
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.scored.from_runs import result_of
from audits.scoring.scored.values import candidates_of, values_of
from audits.scoring.scored.words import result
from tests.evaluations.made_files import MADE, names, part, plain, raw, read
from tests.examples import some_of

ALL = names("*.*")
PROMPTFOO = [x for x in names("promptfoo-*.json") if x.count("-") == 1]
GRADES = {"C": 1.0, "I": 0.0}


def ranked(times: list[float], share: float) -> int:
    """Return the first time that at least a share of all times does not exceed."""
    return round(
        next(
            time
            for time in sorted(times)
            if sum(other <= time for other in times) >= share * len(times)
        )
    )


def without_cases(run: Run) -> Run:
    return replace(run, cases=())


@pytest.mark.parametrize("name", PROMPTFOO)
@pytest.mark.parametrize("place", [0, 1])
def test_promptfoo_numbers_are_those_of_the_file(name: str, place: int) -> None:
    values = plain(name)
    prompt = values["results"]["prompts"][place]
    metrics, tokens = prompt["metrics"], prompt["metrics"]["tokenUsage"]
    rows = [r for r in values["results"]["results"] if r["promptIdx"] == place]
    judged = [row for row in rows if row["failureReason"] != 2]
    times = [float(row["latencyMs"]) for row in judged]

    run = read(name).runs[place]

    assert without_cases(run) == Run(
        tool="promptfoo",
        tool_version=name.removeprefix("promptfoo-").removesuffix(".json"),
        candidate=("echo", "candidate-b")[place],
        stand_in=("echo", None)[place],
        day=date.fromisoformat(values["results"]["timestamp"][:10]),
        n=metrics["testPassCount"] + metrics["testFailCount"],
        passed=metrics["testPassCount"],
        mean_score=sum(row["score"] for row in judged) / len(judged),
        input_tokens=tokens["prompt"] or None,
        cached_tokens=None,
        output_tokens=tokens["completion"] or None,
        cost=Decimal(str(metrics["cost"])) or None,
        p50_ms=ranked(times, 0.5),
        p95_ms=ranked(times, 0.95),
        errors=metrics["testErrorCount"],
    )
    assert [case.passed for case in run.cases] == [
        row["success"] if row in judged else None
        for row in sorted(rows, key=lambda row: row["testIdx"])
    ]
    assert [case.score for case in run.cases] == [
        row["score"] if row in judged else None
        for row in sorted(rows, key=lambda row: row["testIdx"])
    ]


@pytest.mark.parametrize("name", PROMPTFOO)
def test_promptfoo_candidates_have_the_same_cases(name: str) -> None:
    echo, candidate = read(name).runs

    assert [case.id for case in echo.cases] == [case.id for case in candidate.cases]
    assert len({case.id for case in echo.cases}) == len(echo.cases) == 5
    assert (echo.input_tokens, candidate.input_tokens) == (None, 120)
    assert (echo.cost, candidate.cost) == (None, Decimal("0.0005"))
    assert (echo.errors, candidate.errors) == (0, 1)


@pytest.mark.parametrize("name", names("promptfoo-*-kept.json"))
def test_answers_from_the_cache_of_promptfoo_have_no_tokens_cost_or_time(
    name: str,
) -> None:
    rows = plain(name)["results"]["results"]

    runs = read(name).runs

    assert [run.candidate for run in runs] == [
        "candidate-b, prompt 1",
        "candidate-b, prompt 2",
    ]
    for place, run in enumerate(runs):
        (asked,) = (
            row["latencyMs"]
            for row in rows
            if row["promptIdx"] == place and not row["response"].get("cached")
        )
        assert (run.n, run.passed) == (2, 2)
        assert (run.input_tokens, run.output_tokens, run.cost) == (None, None, None)
        assert (run.p50_ms, run.p95_ms) == (asked, asked)


@pytest.mark.parametrize("name", names("promptfoo-*-repeated.json"))
def test_repetitions_of_a_test_are_one_case(name: str) -> None:
    values = plain(name)["results"]
    rows = values["results"]
    assert [row["testIdx"] for row in rows] == [0, 1, 2, 3, 4, 5]
    assert values["prompts"][0]["metrics"]["testPassCount"] == 4

    (run,) = read(name).runs

    two, six, nine = run.cases
    assert nine.id == f"{six.id} 2"
    assert [(case.passed, case.score) for case in run.cases] == [
        (None, sum(rows[place + repeated]["success"] for repeated in (0, 1)) / 2)
        for place in (0, 2, 4)
    ]
    assert (two.score, six.score, nine.score) == (1, 0, 1)
    assert (run.n, run.passed, run.errors) == (3, None, 0)


@pytest.mark.parametrize("name", names("inspect-*-passed.json"))
def test_inspect_numbers_are_those_of_the_log(name: str) -> None:
    values = plain(name)
    usage = values["stats"]["model_usage"]["mockllm/model"]
    measure = values["results"]["scores"][0]
    judged = [sample for sample in values["samples"] if sample["scores"]]
    times = [sample["working_time"] * 1000 for sample in judged]

    (run,) = read(name).runs

    assert without_cases(run) == Run(
        tool="Inspect",
        tool_version=values["eval"]["packages"]["inspect_ai"],
        candidate="mockllm/model",
        stand_in="mockllm",
        task="numbers",
        measure="match",
        day=date.fromisoformat(values["eval"]["created"][:10]),
        n=values["results"]["completed_samples"],
        passed=round(measure["metrics"]["accuracy"]["value"] * len(judged)),
        mean_score=measure["metrics"]["accuracy"]["value"],
        input_tokens=usage["input_tokens"],
        cached_tokens=usage["input_tokens_cache_read"],
        output_tokens=usage["output_tokens"],
        cost=None,
        p50_ms=ranked(times, 0.5),
        p95_ms=ranked(times, 0.95),
        errors=1,
    )
    assert (run.n, run.passed, run.input_tokens) == (5, 3, 150)
    assert {case.id: case.score for case in run.cases} == {
        sample["id"]: GRADES[sample["scores"]["match"]["value"]]
        if sample["scores"]
        else None
        for sample in values["samples"]
    }


@pytest.mark.parametrize("name", names("inspect-0.3.160-passed.eval"))
def test_eval_file_says_what_its_summaries_say(name: str) -> None:
    header = json.loads(part(name, "header", ".json"))
    samples = json.loads(part(name, "summaries", ".json"))
    times = [x["working_time"] * 1000 for x in samples if "error" not in x]

    (run,) = read(name).runs

    metrics = header["results"]["scores"][0]["metrics"]
    usage = header["stats"]["model_usage"]["mockllm/model"]
    assert (run.n, run.passed, run.errors) == (5, 3, 1)
    assert run.mean_score == metrics["accuracy"]["value"]
    assert run.input_tokens == usage["input_tokens"]
    assert run.output_tokens == usage["output_tokens"]
    assert (run.p50_ms, run.p95_ms) == (ranked(times, 0.5), ranked(times, 0.95))
    assert [(case.id, case.score) for case in run.cases] == [
        (x["id"], GRADES[x["scores"]["match"]["value"]] if x["scores"] else None)
        for x in samples
    ]
    in_json = read(name.replace(".eval", ".json")).runs[0]
    assert set(run.cases) == set(in_json.cases)


@pytest.mark.parametrize("name", names("inspect-0.3.285-passed.eval"))
def test_eval_file_in_zstandard_is_read_or_refused_with_the_way_out(name: str) -> None:
    if sys.version_info >= (3, 14):
        assert read(name).runs[0].passed == 3
        return
    with pytest.raises(RefusedEvaluationError) as refused:
        read(name)
    assert str(refused.value) == (
        "The Inspect log is compressed with Zstandard: run “inspect log convert "
        "FILE.eval --to json --output-dir converted”, and select the file in the new "
        "folder “converted”."
    )


@pytest.mark.parametrize("name", names("inspect-*-epochs.json"))
def test_epochs_of_a_sample_are_one_case(name: str) -> None:
    samples = plain(name)["samples"]

    (run,) = read(name).runs

    scores: dict[str, list[float]] = {}
    for sample in samples:
        own = scores.setdefault(sample["id"], [])
        own.extend(GRADES[score["value"]] for score in sample["scores"].values())
    assert len(samples) == 12
    assert {case.id: case.score for case in run.cases} == {
        case: sum(own) / len(own) if own else None for case, own in scores.items()
    }
    assert (run.n, run.passed, run.errors) == (5, None, 1)


def test_epoch_that_ended_in_an_error_is_left_out_of_its_case() -> None:
    values = plain("inspect-0.3.285-epochs.json")
    two = next(sample for sample in values["samples"] if sample["id"] == "two")
    two["error"], two["scores"] = {"message": "overloaded"}, {}

    (run,) = read_inspect(values).runs

    assert Case(id="two", score=1.0) in run.cases
    assert (run.n, run.errors) == (5, 1)


@pytest.mark.parametrize("name", names("inspect-*-unscored.json"))
def test_each_scorer_is_a_run_and_nan_is_not_scored(name: str) -> None:
    values = plain(name)
    assert "NaN" in raw(name).decode()

    runs = {run.measure: run for run in read(name).runs}

    assert {
        measure["name"]: measure["metrics"]["mean"]["value"]
        for measure in values["results"]["scores"]
        if measure["name"] != "graded"
    } == {name: runs[name].mean_score for name in ("is_short", "is_kind")}
    assert set(runs["graded"].cases) == {
        Case(id="two", score=0.75),
        Case(id="three"),
        Case(id="four", score=0.25),
    }
    assert (runs["graded"].n, runs["graded"].mean_score) == (2, 0.5)
    assert {
        measure["name"]: (measure["scored_samples"], measure["unscored_samples"])
        for measure in values["results"]["scores"]
    } == {name: (run.n, run.left_out) for name, run in runs.items()}
    row = ScoredCandidate(id="c1", kind="prompt", **result_of(runs["graded"]))
    assert result(row) == (
        "mean score 0.5 on 2 cases, 1 more without a score, left out as Inspect does"
    )
    stored = Candidates(rows=(row,))
    assert candidates_of(values_of(stored)) == stored
    assert {x: run.passed for x, run in runs.items()} == {
        "graded": None,
        "is_short": 3,
        "is_kind": None,
    }


@pytest.mark.parametrize("name", names("inspect-*-totals.json"))
def test_log_without_samples_has_totals_alone(name: str) -> None:
    results = plain(name)["results"]

    (run,) = read(name).runs

    assert run.cases == ()
    assert (run.n, run.errors) == (
        results["completed_samples"],
        results["total_samples"] - results["completed_samples"],
    )
    assert run.mean_score == results["scores"][0]["metrics"]["accuracy"]["value"]
    assert run.passed is None


@pytest.mark.parametrize("name", names("lm-eval-*.json"))
def test_lm_eval_numbers_are_those_of_the_file(name: str) -> None:
    values = plain(name)

    runs = {(run.task, run.measure): run for run in read(name).runs}

    assert set(runs) == {
        ("digits", "acc"),
        ("digits", "acc_norm"),
        ("digits_written", "exact_match"),
    }
    for (task, measure), run in runs.items():
        mean = values["results"][task][f"{measure},none"]
        n = values["n-samples"][task]["effective"]
        assert run == Run(
            tool="lm-evaluation-harness",
            tool_version=name.removeprefix("lm-eval-").removesuffix(".json"),
            candidate=values.get("model_name") or values["model_source"],
            stand_in="dummy",
            task=task,
            measure=measure,
            day=datetime.fromtimestamp(values["date"], UTC).date(),
            n=n,
            passed=round(mean * n),
            mean_score=mean,
        )


@pytest.mark.parametrize("name", names("lm-eval-*.zip"))
def test_lm_eval_samples_are_the_cases(name: str) -> None:
    alone = {(r.task, r.measure): r for r in read(name.replace(".zip", ".json")).runs}

    runs = read(name).runs

    for run in runs:
        lines = part(name, f"samples_{run.task}_2", ".jsonl").splitlines()
        samples = [json.loads(line) for line in lines]
        assert [case.score for case in run.cases] == [x[run.measure] for x in samples]
        assert [case.passed for case in run.cases] == [
            x[run.measure] == 1 for x in samples
        ]
        assert without_cases(run) == alone[run.task, run.measure]
    assert len(runs) == 3


@pytest.mark.parametrize("name", names("deepeval-*.json"))
def test_deepeval_numbers_are_those_of_the_file(name: str) -> None:
    values = plain(name)
    cases = values["testCases"]
    scores = [case["metricsData"][0].get("score") for case in cases]
    times = [case["completionTime"] * 1000 for case in cases]

    (run,) = read(name).runs

    assert without_cases(run) == Run(
        tool="DeepEval",
        candidate=values["hyperparameters"]["model"],
        measure="Same text",
        n=sum(score is not None for score in scores),
        passed=sum(case["success"] for case in cases),
        mean_score=sum(filter(None, scores)) / 5,
        cost=sum((Decimal(str(case["tokenCost"])) for case in cases), Decimal()),
        p50_ms=ranked(times, 0.5),
        p95_ms=ranked(times, 0.95),
        errors=1,
    )
    assert [case.score for case in run.cases] == scores
    assert [case.passed for case in run.cases] == [
        None if score is None else case["success"]
        for case, score in zip(cases, scores, strict=True)
    ]


@pytest.mark.parametrize(
    "name", some_of([x for x in ALL if "0.3.285-passed.eval" not in x], 5)
)
def test_separate_process_reads_the_same(name: str) -> None:
    assert evaluations_of(raw(name)) == read(name)


def test_no_file_names_a_machine() -> None:
    for name in ALL:
        texts = [raw(name).decode(errors="replace")]
        if name.endswith((".zip", ".eval")) and "0.3.285" not in name:
            with zipfile.ZipFile(MADE / name) as packed:
                texts = [packed.read(x).decode() for x in packed.namelist()]
        for text in texts:
            found = re.search(r"/(home|root|tmp|Users)/|@[\w-]+\.(com|org)", text)
            assert found is None, (name, found)


def test_every_tool_ran_in_two_versions() -> None:
    runs = [run for x in ALL if not x.endswith(".eval") for run in read(x).runs]
    versions = {(run.tool, run.tool_version) for run in runs}
    counted = {tool: sum(x == tool for x, _ in versions) for tool, _ in versions}

    assert counted == {
        "promptfoo": 2,
        "Inspect": 2,
        "lm-evaluation-harness": 2,
        "DeepEval": 1,  # whose files do not say
    }
    assert len(names("deepeval-*.json")) == 2
    assert {field.name for field in fields(Case)} == {"id", "passed", "score"}
