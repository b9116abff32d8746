"""Runs Inspect with a made-up model: `python inspect_run.py OUT`, in its environment.

Writes OUT/passed.json, passed.eval, epochs.json, unscored.json and totals.json. Events,
messages and tracebacks, which have paths of the machine in them, are emptied.
"""

import json
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

from inspect_ai import Task, eval, task
from inspect_ai.dataset import Sample
from inspect_ai.model import ModelOutput, ModelUsage, get_model
from inspect_ai.scorer import Score, match, mean, scorer
from inspect_ai.solver import generate, solver

with suppress(ImportError):  # it lets zipfile read what newer releases write
    pass

DIGITS = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7"}
ANSWERS = {"two": "2", "three": "3", "four": "5", "five": "5", "six": "I do not know"}
SCORES = {"two": 0.75, "three": float("nan"), "four": 0.25}


@solver
def fails_once():
    async def solve(state, generate):
        if state.sample_id == "seven":
            raise ValueError("overloaded")
        return state

    return solve


@scorer(metrics=[mean()])
def graded():
    async def score(state, target):
        return Score(value=SCORES[state.sample_id])

    return score


@scorer(metrics={"is_short": [mean()], "is_kind": [mean()]})
def two_things():
    async def score(state, target):
        return Score(value={"is_short": 1, "is_kind": 0.5})

    return score


def samples(words):
    return [
        Sample(id=w, input=f"Write {w} as a digit.", target=DIGITS[w]) for w in words
    ]


@task
def numbers():
    solvers = [fails_once(), generate()]
    return Task(
        dataset=samples(DIGITS), solver=solvers, scorer=match(), fail_on_error=False
    )


@task
def grades():
    return Task(
        dataset=samples(SCORES), solver=generate(), scorer=[graded(), two_things()]
    )


def answer(messages, tools, tool_choice, config):
    text = ANSWERS[messages[-1].text.split()[1]]
    output = ModelOutput.from_content("mockllm/model", text)
    output.usage = ModelUsage(
        input_tokens=30,
        output_tokens=len(text),
        total_tokens=38 + len(text),
        input_tokens_cache_read=8,
    )
    return output


def written(made, kind, **options):
    """Return the log of a run, which is the only file in a new folder."""
    folder = Path(f"logs-{len(list(Path().glob('logs-*')))}")
    model = get_model("mockllm/model", custom_outputs=answer, memoize=False)
    eval(
        made,
        model=model,
        log_format=kind,
        log_dir=str(folder),
        display="none",
        max_connections=1,
        max_samples=1,
        **options,
    )
    (log,) = folder.glob(f"*.{kind}")
    return log


def emptied(values):
    """Return a value without events, messages and tracebacks."""
    if isinstance(values, list):
        return [emptied(value) for value in values]
    if not isinstance(values, dict):
        return values
    kept = {name: emptied(value) for name, value in values.items()}
    for name, nothing in (
        ("events", []),
        ("messages", []),
        ("events_data", None),
        ("attachments", {}),
        ("traceback", ""),
        ("traceback_ansi", ""),
    ):
        if name in kept:
            kept[name] = nothing
    return kept


def main(out):
    for name, made, options in (
        ("passed", numbers, {}),
        ("epochs", numbers, {"epochs": 2}),
        ("unscored", grades, {}),
        ("totals", numbers, {"log_samples": False}),
    ):
        values = json.loads(written(made(), "json", **options).read_text())
        (out / f"{name}.json").write_text(json.dumps(emptied(values)))
    log = written(numbers(), "eval")
    with (
        zipfile.ZipFile(log) as old,
        zipfile.ZipFile(out / "passed.eval", "w") as new,
    ):
        for part in old.infolist():
            values = emptied(json.loads(old.read(part)))
            new.writestr(part.filename, json.dumps(values), part.compress_type)


main(Path(sys.argv[1]))
