"""Damaged exports of a tool: a field that is missing, impossible or of another age."""

import json

from tests.evaluations.damaged import (
    AGAIN,
    DEEPEVAL,
    INSPECT,
    LM_EVAL,
    LM_EVAL_ZIP,
    PROMPTFOO,
    Damaged,
    changed,
    other_samples,
    repacked,
    sample,
    samples_of,
)
from tests.evaluations.made_files import part, raw

PROMPT = ("results", "prompts", 1)
ROW = ("results", "results", 0)

# What each file is, how it is made, and the sentence.
EXPORTS: Damaged = {
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
    "lm-eval: name of a field is a text of commands": (
        lambda: changed(LM_EVAL, "results", "digits", to={"\x1b[2J,none": 10**30}),
        "“results.digits.�[2J,none” in the lm-evaluation-harness file is "
        f"more than 1,000,000,000,000,000: {AGAIN}",
    ),
}
