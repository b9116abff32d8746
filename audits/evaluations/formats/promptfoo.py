"""Reads JSON files of promptfoo: results version 3.

Tried with files that promptfoo 0.118.17 and 0.123.1 wrote. A provider that names no
tokens or no cost is written as 0 there, so 0 is read as “not known”.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from audits.evaluations.formats.case_ids import id_of, ids_by_content, normal_id
from audits.evaluations.formats.fields import Fields
from audits.evaluations.runs import (
    MOST_CASES,
    MOST_RUNS,
    Case,
    EvaluationFile,
    Run,
    one_case,
    slowest,
    totals,
)

FILE = "promptfoo file"
RESULTS_VERSION = 3
_OTHERWISE = "export the results with promptfoo 0.118 to 0.123, and select that file"
_CASE_NAMES = ("case", "case_id", "id")  # variables that name a test
_STAND_IN = "echo"  # a provider whose answer is the prompt
_LONGEST_LABEL = 80  # characters; a longer one is a text
_NUMBERED = re.compile(r"prompt-\d+")  # as our own files to start with label them
_ERROR = 2  # as `failureReason`: the provider or a check failed, not the answer


def is_promptfoo(values: dict[str, Any]) -> bool:
    """Return whether these are the values of such a file, of any version."""
    results = values.get("results")
    return isinstance(results, dict) and ("evalId" in values or "prompts" in results)


def read_promptfoo(values: dict[str, Any]) -> EvaluationFile:
    """Return a run for each prompt and provider.

    A case is known by its name or the variables of its test, so that it is found again
    after tests were added or moved. A test that was repeated is one case: see
    `one_case`.

    Raises:
        RefusedEvaluationError: It has another version, or a value is missing or wrong.
    """
    file = Fields(FILE, values)
    results = file.object("results")
    results.require("version", RESULTS_VERSION, _OTHERWISE)
    prompts = results.objects("prompts", least=1, most=MOST_RUNS)
    rows = results.objects("results", least=1, most=MOST_CASES)
    of_prompt: list[list[Fields]] = [[] for _ in prompts]
    for row in rows:
        place = row.count("promptIdx")
        if place >= len(prompts):
            row.refuse("promptIdx", f"is {place}, but there are {len(prompts)} prompts")
        of_prompt[place].append(row)
    names = _candidates(prompts)
    version = file.maybe_object("metadata").maybe_text("promptfooVersion")
    day = results.maybe_day("timestamp")
    runs = tuple(map(_run, prompts, of_prompt, *zip(*names, strict=True)))
    return EvaluationFile(
        format="promptfoo",
        runs=tuple(replace(run, tool_version=version, day=day) for run in runs),
    )


def _candidates(prompts: Sequence[Fields]) -> list[tuple[str, str | None]]:
    """Return a name for each: its provider, and the label or number of its prompt.

    A prompt has a number if there are several and its label tells it from no other.
    With it comes the name that it has without its label, if it has one.
    """
    texts = [str(prompt.raw("raw")) for prompt in prompts]
    labels = list(map(_label, prompts, texts))
    numbers = {text: place for place, text in enumerate(dict.fromkeys(texts), start=1)}
    of_label: dict[str, set[str]] = {}
    for label, text in zip(labels, texts, strict=True):
        of_label.setdefault(label, set()).add(text)
    names = []
    for prompt, label, text in zip(prompts, labels, texts, strict=True):
        provider = prompt.text("provider")
        number = "" if len(numbers) == 1 else f"prompt {numbers[text]}"
        bare = ", ".join(filter(None, (provider, number)))
        is_told = bool(label) and len(of_label[label]) == 1
        own = (provider, label, "" if is_told else number)
        names.append((", ".join(filter(None, own)), bare if label else None))
    return names


def _label(prompt: Fields, text: str) -> str:
    """Return the label that somebody gave a prompt; empty if it has none.

    Without one, promptfoo writes the text there, or a file and the text.
    """
    told = prompt.raw("label")
    if not isinstance(told, str) or text in told or len(told) > _LONGEST_LABEL:
        return ""
    label = prompt.maybe_text("label") or ""
    return "" if _NUMBERED.fullmatch(label) else label


def _run(
    prompt: Fields, rows: list[Fields], candidate: str, bare_name: str | None
) -> Run:
    cases = _cases(sorted(rows, key=lambda row: row.count("testIdx")))
    added, metrics = totals(cases), prompt.object("metrics")
    _require_totals(metrics, rows)
    fresh = [row for row in rows if not _is_kept(row)]
    times = [
        time
        for row in fresh
        if not _is_error(row) and (time := row.maybe_amount("latencyMs")) is not None
    ]
    usage = _Usage(metrics, is_whole=len(fresh) == len(rows))
    return Run(
        tool="promptfoo",
        candidate=candidate,
        bare_name=bare_name,
        cases=cases,
        n=added.n,
        passed=added.passed,
        mean_score=added.mean_score,
        input_tokens=usage.input_tokens,
        cached_tokens=usage.cached_tokens,
        output_tokens=usage.output_tokens,
        cost=usage.cost,
        p50_ms=slowest(times, 0.5),
        p95_ms=slowest(times, 0.95),
        errors=len(cases) - added.n,
        stand_in=_STAND_IN if any(map(_is_echo, rows)) else None,
    )


def _is_echo(row: Fields) -> bool:
    """Return whether no model was asked, whatever the label of the provider says."""
    provider = row.raw("provider")
    told = provider.get("id") if isinstance(provider, dict) else provider
    return bool(told == _STAND_IN)


def _cases(rows: Sequence[Fields]) -> tuple[Case, ...]:
    """Return a case for each test; one that was repeated is one case.

    It has the name that its test gives it, if each has another one, or else it is known
    by what was asked.
    """
    tests: dict[str, list[Fields]] = {}
    for row in rows:
        test = row.maybe_object("testCase")
        (checked,) = ids_by_content([[*_asked(row), test.raw("assert")]])
        tests.setdefault(checked, []).append(row)
    named = [_named(own[0]) for own in tests.values()]
    is_named = all(named) and len({normal_id(name) for name in named}) == len(named)
    asked = (_asked(own[0]) for own in tests.values())
    ids = named if is_named else ids_by_content(asked)
    return tuple(
        one_case([_case(row, case) for row in own])
        for case, own in zip(ids, tests.values(), strict=True)
    )


def _named(row: Fields) -> str:
    """Return the name of a test: a variable or its description; may be empty."""
    test = row.maybe_object("testCase")
    known = row.raw("vars") or test.raw("vars")
    names = [known.get(name) for name in _CASE_NAMES] if isinstance(known, dict) else []
    for value in (*names, test.raw("description")):
        if isinstance(value, str | int) and not isinstance(value, bool) and value != "":
            return id_of(value)
    return ""


def _asked(row: Fields) -> list[Any]:
    test = row.maybe_object("testCase")
    return [row.raw("vars") or test.raw("vars"), test.raw("description")]


def _case(row: Fields, case: str) -> Case:
    passed, score = row.truth("success"), row.number("score")
    if _is_error(row):
        return Case(id=case)
    return Case(id=case, passed=passed, score=score)


def _is_error(row: Fields) -> bool:
    return bool(row.raw("failureReason") == _ERROR)


def _require_totals(metrics: Fields, rows: Sequence[Fields]) -> None:
    """Refuse a file whose totals are not those of its results."""
    judged = [row.truth("success") for row in rows if not _is_error(row)]
    for name, counted in (
        ("testPassCount", sum(judged)),
        ("testErrorCount", len(rows) - len(judged)),
        ("testFailCount", len(judged) - sum(judged)),
    ):
        told = metrics.count(name)
        if told != counted:
            said = f"is {told:,}, but the results in it say {counted:,}"
            metrics.refuse(name, said)


def _is_kept(row: Fields) -> bool:
    """Return whether promptfoo kept the answer from an earlier run, and asked nobody.

    Its tokens, its cost and its time are then those of no request.
    """
    return row.maybe_object("response").raw("cached") is True


class _Usage:
    """Tokens and cost of a run; None if they are 0, or parts of them are missing."""

    def __init__(self, metrics: Fields, *, is_whole: bool) -> None:
        tokens = metrics.maybe_object("tokenUsage")
        details = tokens.maybe_object("completionDetails")
        sent, answered = tokens.maybe_count("prompt"), tokens.maybe_count("completion")
        cost = metrics.maybe_cost("cost")
        is_known = is_whole and bool(sent or answered)
        self.input_tokens = sent if is_known else None
        self.output_tokens = answered if is_known else None
        cached = details.maybe_count("cacheReadInputTokens")
        self.cached_tokens = cached or None if is_known else None
        self.cost: Decimal | None = cost if is_whole and cost else None
