"""Damaged and hostile results files: each is refused in one sentence, and soon."""

import json
import re
import tracemalloc
from collections.abc import Callable
from random import Random

import pytest

from audits.evaluations.formats.recognised import read_evaluations
from audits.evaluations.runs import RefusedEvaluationError
from tests.evaluations.damaged import (
    DEEPEVAL,
    EVAL,
    GOOD_CSV,
    INSPECT,
    LM_EVAL,
    LM_EVAL_ZIP,
    PROMPTFOO,
    bomb,
    changed,
    doubled,
    encrypted,
    lying_bomb,
    million_rows,
    other_samples,
    repacked,
    sample,
    samples_of,
    twice,
    with_bad_checksum,
    zipped,
)
from tests.evaluations.made_files import part, raw

AGAIN = "export the results again, and select that file."
SELECT = (
    "select a JSON file of promptfoo, a log of Inspect, “results_….json” of "
    "lm-evaluation-harness, “test_run_….json” of DeepEval, or a CSV file."
)
NOISE = Random(7).randbytes(3_000)  # noqa: S311 - no secret is made of it
PROMPT = ("results", "prompts", 1)
ROW = ("results", "results", 0)
TOKENS = ("metrics", "tokenUsage", "prompt")
USAGE = ("stats", "model_usage", "mockllm/model")
DIGITS = ("results", "digits")

# What each file is, how it is made, and the sentence.
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (
        lambda: b"",
        f"The file is empty: {SELECT}",
    ),
    "white space": (
        lambda: b" \n\t" * 400,
        f"The file is empty: {SELECT}",
    ),
    "picture": (
        lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        f"The file is not text: {SELECT}",
    ),
    "PDF": (
        lambda: b"%PDF-1.7\n" + bytes(200),
        f"The file is not text: {SELECT}",
    ),
    "random bytes": (
        lambda: NOISE,
        f"The file is not text: {SELECT}",
    ),
    "25 MB": (
        lambda: b"{" + b" " * 25_000_000,
        "The file is larger than 25 MB: export the results without prompts "
        "and answers, or split them.",
    ),
    "JSON in UTF-16": (
        lambda: raw(PROMPTFOO).decode().encode("utf-16"),
        "The JSON file is in UTF-16: save it as UTF-8, and select it again.",
    ),
    "JSON in Latin-1": (
        lambda: b'{"name": "caf\xe9", ' + raw(PROMPTFOO)[1:],
        "The JSON file is not text in UTF-8 (byte 14): save it as UTF-8, and select it "
        "again.",
    ),
    "cut off JSON": (
        lambda: raw(PROMPTFOO)[:20],
        f"The JSON file is cut off or not JSON (line 1, character 11): {AGAIN}",
    ),
    "JSON of no tool": (
        lambda: b'{"answer": 42}',
        f"The JSON file is of no tool that Attune knows: {SELECT}",
    ),
    "JSON list": (
        lambda: b"[1, 2]",
        f"The JSON file is of no tool that Attune knows: {SELECT}",
    ),
    "10,000 deep": (
        lambda: b"[" * 10_000 + b"]" * 10_000,
        "The JSON file is nested more than 64 deep: export the results "
        "again without other data, and select that file.",
    ),
    "10,000 deep in a field": (
        lambda: b'{"testCases": ' + b'{"a":' * 10_000 + b"1" + b"}" * 10_001,
        "The JSON file is nested more than 64 deep: export the results "
        "again without other data, and select that file.",
    ),
    "million brackets that never close": (
        lambda: b'{"a":' * 1_000_000,
        "The JSON file is nested more than 64 deep: export the results "
        "again without other data, and select that file.",
    ),
    "name twice": (
        lambda: twice(PROMPTFOO, '"testPassCount":'),
        f'The JSON file has the name "testPassCount" twice in one object: {AGAIN}',
    ),
    "number of a million digits": (
        lambda: raw(PROMPTFOO).replace(
            b'"version":3', b'"version":' + b"9" * 1_000_000
        ),
        f"The JSON file has a number of 1,000,000 digits: {AGAIN}",
    ),
    "two objects": (
        lambda: raw(DEEPEVAL) + raw(DEEPEVAL),
        f"The JSON file is cut off or not JSON (line 2, character 1): {AGAIN}",
    ),
    "promptfoo: version 4": (
        lambda: changed(PROMPTFOO, "results", "version", to=4),
        "“results.version” in the promptfoo file is “4”, and not “3”: "
        "export the results with promptfoo 0.118 to 0.123, and select that "
        "file.",
    ),
    "promptfoo: no version": (
        lambda: changed(PROMPTFOO, "results", "version", to=...),
        f"“results.version” in the promptfoo file is missing: {AGAIN}",
    ),
    "promptfoo: version is a text of commands": (
        lambda: changed(PROMPTFOO, "results", "version", to="\u202e\x1b[2J" * 99),
        "“results.version” in the promptfoo file is "
        "“��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J��[2J”,"
        " and not “3”: export the results with promptfoo 0.118 to 0.123, "
        "and select that file.",
    ),
    "promptfoo: no prompts": (
        lambda: changed(PROMPTFOO, "results", "prompts", to=[]),
        f"“results.prompts” in the promptfoo file has 0 entries, not 1 to 200: {AGAIN}",
    ),
    "promptfoo: 201 prompts": (
        lambda: changed(PROMPTFOO, "results", "prompts", to=[{}] * 201),
        "“results.prompts” in the promptfoo file has 201 entries, not 1 to "
        f"200: {AGAIN}",
    ),
    "promptfoo: no results": (
        lambda: changed(PROMPTFOO, "results", "results", to=[]),
        "“results.results” in the promptfoo file has 0 entries, not 1 to "
        f"100,000: {AGAIN}",
    ),
    "promptfoo: results are no list": (
        lambda: changed(PROMPTFOO, "results", "results", to="x"),
        f"“results.results” in the promptfoo file is not a list: {AGAIN}",
    ),
    "promptfoo: row is no object": (
        lambda: changed(PROMPTFOO, *ROW, to=7),
        f"“results.results[0]” in the promptfoo file is not an object: {AGAIN}",
    ),
    "promptfoo: success is a text": (
        lambda: changed(PROMPTFOO, *ROW, "success", to="yes"),
        "“results.results[0].success” in the promptfoo file is neither true"
        f" nor false: {AGAIN}",
    ),
    "promptfoo: score is NaN": (
        lambda: changed(PROMPTFOO, *ROW, "score", to=float("nan")),
        "“results.results[0].score” in the promptfoo file is not a finite "
        f"number: {AGAIN}",
    ),
    "promptfoo: score is infinite": (
        lambda: changed(PROMPTFOO, *ROW, "score", to=float("inf")),
        "“results.results[0].score” in the promptfoo file is not a finite "
        f"number: {AGAIN}",
    ),
    "promptfoo: score is true": (
        lambda: changed(PROMPTFOO, *ROW, "score", to=True),
        f"“results.results[0].score” in the promptfoo file is not a number: {AGAIN}",
    ),
    "promptfoo: negative tokens": (
        lambda: changed(PROMPTFOO, *PROMPT, "metrics", "tokenUsage", "prompt", to=-5),
        "“results.prompts[1].metrics.tokenUsage.prompt” in the promptfoo "
        f"file is less than 0: {AGAIN}",
    ),
    "promptfoo: half a token": (
        lambda: changed(PROMPTFOO, *PROMPT, "metrics", "tokenUsage", "prompt", to=1.5),
        "“results.prompts[1].metrics.tokenUsage.prompt” in the promptfoo "
        f"file is not a whole number: {AGAIN}",
    ),
    "promptfoo: 10 to the 20 tokens": (
        lambda: changed(
            PROMPTFOO, *PROMPT, "metrics", "tokenUsage", "prompt", to=10**20
        ),
        "“results.prompts[1].metrics.tokenUsage.prompt” in the promptfoo "
        f"file is more than 1,000,000,000,000,000: {AGAIN}",
    ),
    "promptfoo: negative cost": (
        lambda: changed(PROMPTFOO, *PROMPT, "metrics", "cost", to=-0.01),
        "“results.prompts[1].metrics.cost” in the promptfoo file is less "
        f"than 0: {AGAIN}",
    ),
    "promptfoo: negative latency": (
        lambda: changed(PROMPTFOO, *ROW, "latencyMs", to=-1),
        f"“results.results[0].latencyMs” in the promptfoo file is less than 0: {AGAIN}",
    ),
    "promptfoo: prompt that is not there": (
        lambda: changed(PROMPTFOO, *ROW, "promptIdx", to=2),
        "“results.results[0].promptIdx” in the promptfoo file is 2, but "
        f"there are 2 prompts: {AGAIN}",
    ),
    "promptfoo: provider is a list": (
        lambda: changed(PROMPTFOO, *PROMPT, "provider", to=["a"]),
        f"“results.prompts[1].provider” in the promptfoo file is not a text: {AGAIN}",
    ),
    "promptfoo: more passed than there are": (
        lambda: changed(PROMPTFOO, *PROMPT, "metrics", "testPassCount", to=5),
        "“results.prompts[1].metrics.testPassCount” in the promptfoo file "
        f"is 5, but the results in it say 2: {AGAIN}",
    ),
    "promptfoo: a result was taken out": (
        lambda: changed(PROMPTFOO, *ROW, to=...),
        "“results.prompts[0].metrics.testPassCount” in the promptfoo file "
        f"is 4, but the results in it say 3: {AGAIN}",
    ),
    "Inspect: version 3": (
        lambda: changed(INSPECT, "version", to=3),
        "“version” in the Inspect log is “3”, and not “2”: run it with Inspect "
        "0.3.160 or a later 0.3, and select the new log.",
    ),
    "Inspect: not finished": (
        lambda: changed(INSPECT, "status", to="error"),
        "“status” in the Inspect log is “error”, and not “success”: run the"
        " evaluation to its end, and select the new log.",
    ),
    "Inspect: no model": (
        lambda: changed(INSPECT, "eval", "model", to=...),
        f"“eval.model” in the Inspect log is missing: {AGAIN}",
    ),
    "Inspect: no scores": (
        lambda: changed(INSPECT, "results", "scores", to=[]),
        f"“results.scores” in the Inspect log has 0 entries, not 1 to 200: {AGAIN}",
    ),
    "Inspect: no results": (
        lambda: changed(INSPECT, "results", to=None),
        f"“results” in the Inspect log is missing: {AGAIN}",
    ),
    "Inspect: sample twice": (
        lambda: sample({"id": "two"}),
        "“samples[5].id” in the Inspect log is “two” twice in one epoch: "
        "give each sample an id of its own, and run the evaluation again.",
    ),
    "Inspect: sample id is a list": (
        lambda: sample({"id": ["two"]}),
        f"“samples[0].id” in the Inspect log is neither a text nor a number: {AGAIN}",
    ),
    "Inspect: score is a list": (
        lambda: sample({"scores": {"match": {"value": [1]}}}),
        f"“samples[0].scores.match.value” in the Inspect log is not a number: {AGAIN}",
    ),
    "Inspect: infinite score": (
        lambda: sample({"scores": {"match": {"value": float("-inf")}}}),
        "“samples[0].scores.match.value” in the Inspect log is not a finite"
        f" number: {AGAIN}",
    ),
    "Inspect: negative time": (
        lambda: sample({"working_time": -1}),
        f"“samples[0].working_time” in the Inspect log is less than 0: {AGAIN}",
    ),
    "Inspect: negative tokens": (
        lambda: changed(
            INSPECT, "stats", "model_usage", "mockllm/model", "output_tokens", to=-17
        ),
        "“stats.model_usage.mockllm/model.output_tokens” in the Inspect log"
        f" is less than 0: {AGAIN}",
    ),
    "eval: cut off": (
        lambda: raw(EVAL)[:-200],
        "The zip file is cut off or broken: make it again, and select it.",
    ),
    "eval: broken part": (
        with_bad_checksum,
        "The zip file is cut off or broken: make it again, and select it.",
    ),
    "eval: bomb": (
        bomb,
        "The zip file unpacks to more than 50 MB: keep only the results in "
        "it, and select that file.",
    ),
    "eval: bomb that lies": (
        lying_bomb,
        "The zip file is cut off or broken: make it again, and select it.",
    ),
    "eval: password": (
        encrypted,
        "The zip file has a password: make it again without one, and select that file.",
    ),
    "eval: not finished": (
        lambda: repacked(EVAL, {"header.json": None, "summaries.json": None}),
        "The Inspect log has no “header.json”, because the evaluation did "
        "not finish: run the evaluation to its end, and select the new log.",
    ),
    "eval: header is a list": (
        lambda: repacked(EVAL, {"header.json": b"[]"}),
        "“header.json” in the Inspect log is not an object: convert it with"
        " “inspect log convert --to json”, and select the new file.",
    ),
    "eval: header is no JSON": (
        lambda: repacked(EVAL, {"header.json": b"{"}),
        f"The Inspect log is cut off or not JSON (line 1, character 2): {AGAIN}",
    ),
    "eval: summaries are no list": (
        lambda: repacked(EVAL, {"summaries.json": b"{}"}),
        f"“samples” in the Inspect log is not a list: {AGAIN}",
    ),
    "eval: part outside": (
        lambda: repacked(EVAL, {"../../etc/cron.d/x": b"x"}),
        "The zip file has a file outside of it, “../../etc/cron.d/x”: make "
        "it again, and select that file.",
    ),
    "eval: part outside, as Windows writes it": (
        lambda: repacked(EVAL, {"a\\..\\..\\x": b"x"}),
        "The zip file has a file outside of it, “a\\..\\..\\x”: make it again,"
        " and select that file.",
    ),
    "eval: part with a whole path": (
        lambda: repacked(EVAL, {"/etc/passwd": b"x"}),
        "The zip file has a file outside of it, “/etc/passwd”: make it "
        "again, and select that file.",
    ),
    "zip: part twice": (
        doubled,
        "The zip file has “header.json” 2 times: make it again, and select that file.",
    ),
    "zip: 30,000 parts": (
        lambda: zipped(*((f"{n}.json", b"") for n in range(30_000))),
        "The zip file has more than 20,000 files: keep only the results in "
        "it, and select that file.",
    ),
    "zip: of no tool": (
        lambda: zipped(("notes.txt", b"hello")),
        f"The zip file is no Inspect log and has no results in it: {SELECT}",
    ),
    "zip: no parts": (
        zipped,
        f"The zip file is no Inspect log and has no results in it: {SELECT}",
    ),
    "lm-eval: version 0.3": (
        lambda: changed(LM_EVAL, "lm_eval_version", to="0.3.0"),
        "“lm_eval_version” in the lm-evaluation-harness file is 0.3.0, and "
        "not 0.4: run the evaluation with lm-evaluation-harness 0.4.9.2 or "
        "a later 0.4, and select its file.",
    ),
    "lm-eval: no version": (
        lambda: changed(LM_EVAL, "lm_eval_version", to=...),
        f"“lm_eval_version” in the lm-evaluation-harness file is missing: {AGAIN}",
    ),
    "lm-eval: task without results": (
        lambda: changed(LM_EVAL, "results", "digits", to=...),
        f"“results.digits” in the lm-evaluation-harness file is missing: {AGAIN}",
    ),
    "lm-eval: more passed than there are": (
        lambda: changed(LM_EVAL, "results", "digits", "acc,none", to=2.0),
        "“results” in the lm-evaluation-harness file says that 12 of 6 "
        f"passed “acc,none”: {AGAIN}",
    ),
    "lm-eval: NaN": (
        lambda: changed(LM_EVAL, "results", "digits", "acc,none", to=float("nan")),
        "“results.digits.acc,none” in the lm-evaluation-harness file is not"
        f" a finite number: {AGAIN}",
    ),
    "lm-eval: no counts": (
        lambda: changed(LM_EVAL, "n-samples", to=...),
        f"“n-samples” in the lm-evaluation-harness file is missing: {AGAIN}",
    ),
    "lm-eval: negative count": (
        lambda: changed(LM_EVAL, "n-samples", "digits", "effective", to=-6),
        "“n-samples.digits.effective” in the lm-evaluation-harness file is "
        f"less than 0: {AGAIN}",
    ),
    "lm-eval: no metrics": (
        lambda: changed(LM_EVAL, "n-samples", to={}),
        "“results” in the lm-evaluation-harness file has 0 metrics, not 1 "
        f"to 200: {AGAIN}",
    ),
    "lm-eval: samples alone": (
        lambda: part(LM_EVAL_ZIP, "samples_digits_2", ".jsonl").encode(),
        "The file has samples of lm-evaluation-harness without their "
        "results: put both into a zip file, and select that.",
    ),
    "lm-eval: two results": (
        lambda: repacked(LM_EVAL_ZIP, {"b/results_2.json": raw(LM_EVAL)}),
        "The zip file has 2 files “results_….json”: keep one, with its "
        "samples, and select the zip file again.",
    ),
    "lm-eval: samples of another run": (
        lambda: repacked(LM_EVAL_ZIP, other_samples()),
        "The file of samples of “digits” gives 6 cases and a mean of "
        "0.8333, and the results say 6 and 0.6667: select the two files of "
        "one run.",
    ),
    "lm-eval: samples of no task": (
        lambda: repacked(LM_EVAL_ZIP, {"samples_x_2026.jsonl": b"{}"}),
        "The zip file has samples of another run, “samples_x_2026.jsonl”: "
        "keep those of one run, and select it again.",
    ),
    "lm-eval: sample is no object": (
        lambda: repacked(LM_EVAL_ZIP, samples_of("digits", b"[]")),
        f"“line 1” in the file of samples is not an object: {AGAIN}",
    ),
    "DeepEval: no cases": (
        lambda: changed(DEEPEVAL, "testCases", to=[]),
        f"“testCases” in the DeepEval file has 0 entries, not 1 to 100,000: {AGAIN}",
    ),
    "DeepEval: conversations": (
        lambda: json.dumps({"testCases": [], "conversationalTestCases": [{}]}).encode(),
        "“testCases” in the DeepEval file is empty, and Attune does not "
        "read conversations: select the file of a run with single turns.",
    ),
    "DeepEval: success is a number": (
        lambda: changed(DEEPEVAL, "testCases", 0, "success", to=1),
        "“testCases[0].success” in the DeepEval file is neither true nor "
        f"false: {AGAIN}",
    ),
    "DeepEval: score is a text": (
        lambda: changed(DEEPEVAL, "testCases", 0, "metricsData", 0, "score", to="1"),
        "“testCases[0].metricsData[0].score” in the DeepEval file is not a "
        f"number: {AGAIN}",
    ),
    "DeepEval: other total": (
        lambda: changed(DEEPEVAL, "testPassed", to=6),
        "“testPassed” in the DeepEval file is 6, but the test cases in it "
        f"say 3: {AGAIN}",
    ),
    "DeepEval: negative cost": (
        lambda: changed(DEEPEVAL, "testCases", 0, "tokenCost", to=-1),
        f"“testCases[0].tokenCost” in the DeepEval file is less than 0: {AGAIN}",
    ),
    "CSV: no case": (
        lambda: b"candidate,passed\nx,yes\n",
        "The CSV file has no column “case”: give it the headings “case”, "
        "“candidate”, and “passed” or “score”.",
    ),
    "CSV: no candidate": (
        lambda: b"case,passed\na,yes\n",
        "The CSV file has no column “candidate”: give it the headings "
        "“case”, “candidate”, and “passed” or “score”.",
    ),
    "CSV: neither passed nor score": (
        lambda: b"case,candidate\na,x\n",
        "The CSV file has neither a column “passed” nor “score”: give it "
        "the headings “case”, “candidate”, and “passed” or “score”.",
    ),
    "CSV: no rows": (
        lambda: b"case,candidate,passed\n",
        "The CSV file has no rows below the headings: add one for each case"
        " and candidate.",
    ),
    "CSV: case twice": (
        lambda: GOOD_CSV + b"a,x,no\n",
        "The CSV file has the case “a” 2 times for the candidate “x”: keep "
        "one row for each case, and select the file again.",
    ),
    "CSV: column twice": (
        lambda: b"case,candidate,pass,passed\na,x,yes,no\n",
        "The CSV file has the heading “passed” twice: remove one, and select it again.",
    ),
    "CSV: perhaps": (
        lambda: b"case,candidate,passed\na,x,perhaps\n",
        "In line 2 of the CSV file, “passed” is “perhaps”: write yes or no.",
    ),
    "CSV: NaN": (
        lambda: b"case,candidate,score\na,x,nan\n",
        "In line 2 of the CSV file, “score” is “nan”: write a number such as 0.75.",
    ),
    "CSV: 1e999": (
        lambda: b"case,candidate,score\na,x,1e999\n",
        "In line 2 of the CSV file, “score” is “1e999”: write a number such as 0.75.",
    ),
    "CSV: empty candidate": (
        lambda: b"case,candidate,passed\na,,yes\n",
        "In line 2 of the CSV file, “candidate” is empty: fill it in.",
    ),
    "CSV: Latin-1": (
        lambda: GOOD_CSV + b"caf\xe9,x,no\n",
        "The CSV file cannot be read: line 3 is not text in UTF-8; save the"
        " file as “CSV UTF-8”, and select it again.",
    ),
    "CSV: quotation mark left open": (
        lambda: GOOD_CSV + b'"b,x,no\n',
        "The CSV file cannot be read: line 3 is not CSV: a quotation mark "
        "is not closed, or is in the middle of a cell; save the file as CSV"
        " again.",
    ),
    "CSV: line of 2 MB": (
        lambda: GOOD_CSV + b"b" * 2_000_000,
        "The CSV file cannot be read: line 3 is longer than 60 cells of "
        "5,000 characters; look for a quotation mark that is not closed, "
        "and save the file as CSV again.",
    ),
    "CSV: zero byte in UTF-16": (
        lambda: (
            b"\xff\xfe" + "case,candidate,passed\na\x00,x,yes\n".encode("utf-16-le")
        ),
        "The CSV file cannot be read: line 2 has a character that is not "
        "text; save the file as CSV again.",
    ),
    "CSV: a million rows": (
        million_rows,
        "The CSV file has more than 100,000 rows: split it.",
    ),
    "CSV: 201 candidates": (
        lambda: (
            b"case,candidate,passed\n" + b"".join(b"a,%d,no\n" % n for n in range(201))
        ),
        "The CSV file has more than 200 candidates: split it.",
    ),
    "JSON: 8 million objects": (
        lambda: b'{"testCases":[' + b"{}," * 8_000_000 + b"{}]}",
        "“testCases” in the DeepEval file has 8,000,001 entries, not 1 to "
        f"100,000: {AGAIN}",
    ),
    "lm-eval: name of a field is a text of commands": (
        lambda: changed(LM_EVAL, "results", "digits", to={"\x1b[2J,none": 10**30}),
        "“results.digits.�[2J,none” in the lm-evaluation-harness file is "
        f"more than 1,000,000,000,000,000: {AGAIN}",
    ),
    "CSV: commands in a name": (
        lambda: b"case,candidate,passed\na,x,\x1b[2Jmaybe\n",
        "In line 2 of the CSV file, “passed” is “�[2jmaybe”: write yes or no.",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_damaged_file_is_refused_in_one_sentence(name: str) -> None:
    made, sentence = FILES[name]

    with pytest.raises(RefusedEvaluationError) as refused:
        read_evaluations(made())

    assert str(refused.value) == sentence
    assert re.fullmatch(r"[A-Z“](?:[^.]|\.(?! [A-Z]))*\.", sentence)


def test_no_more_is_unpacked_than_may_be() -> None:
    made = bomb(300_000_000)

    tracemalloc.start()
    with pytest.raises(RefusedEvaluationError, match="unpacks to more than 50 MB"):
        read_evaluations(made)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 200_000_000


def test_there_are_many_kinds_of_damage() -> None:
    assert len(FILES) >= 100
