"""The files of an evaluation: equal starters give equal bytes."""

import csv
from io import StringIO

from audits.evaluations.starters.starter import (
    ANSWER,
    CASE,
    COLUMNS,
    INPUT,
    TASK,
    Starter,
    as_yaml,
    without_templates,
)
from audits.uploads.tables.cells import safe_cell

_BOM = "\ufeff"  # tells spreadsheets that the file is UTF-8
_TO_INPUT = f"\nInput:\n{{{{{INPUT}}}}}\n"


def cases_csv(starter: Starter) -> bytes:
    """Return the cases as CSV, to fill in.

    Each row has its number and the first candidate, so that a filled file is also a
    results file: `passed` is then yes or no.
    """
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    candidate = safe_cell(starter.candidates[0])
    for number in range(1, starter.cases + 1):
        writer.writerow([number, candidate, "", "", "", ""])
    return (_BOM + text.getvalue()).encode()


def promptfoo_config(starter: Starter) -> bytes:
    """Return a config of promptfoo: a prompt and a provider for each candidate.

    It asks no model until a provider is named. A case without an input or a right
    answer stops it, because an empty answer would pass.
    """
    names = [as_yaml(without_templates(name)) for name in starter.candidates]
    raw = as_yaml(without_templates(starter.instructions) + _TO_INPUT)
    title = as_yaml(without_templates(f"{starter.step}: {starter.use_case}"))
    return _PROMPTFOO.format(
        title=title,
        cases_file=starter.cases_file,
        config_file=starter.promptfoo_file,
        results_file=f"{starter.stem}-results.json",
        prompts="\n".join(
            f"  - label: prompt-{number}\n    raw: {raw}"
            for number, _ in enumerate(names, start=1)
        ),
        providers="\n".join(
            f"  - id: echo\n    label: {name}\n    prompts: [prompt-{number}]"
            for number, name in enumerate(names, start=1)
        ),
    ).encode()


def inspect_task(starter: Starter) -> bytes:
    """Return a task of Inspect, as Python.

    What people typed is in literals only, never in a comment or a name.
    """
    return _INSPECT.format(
        cases_file=starter.cases_file,
        task_file=starter.inspect_file,
        use_case=repr(starter.use_case),
        summary=repr(starter.summary),
        task=repr(TASK),
        name=starter.stem.lower(),
    ).encode()


_PROMPTFOO = f"""\
# yaml-language-server: $schema=https://promptfoo.dev/config-schema.json
#
# 1. Fill in the columns {INPUT} and {ANSWER} of {{cases_file}}, with real cases.
#    Remove the rows that you do not need. Keep the file in the folder of this one. If
#    your spreadsheet puts semicolons between the columns, set the environment variable
#    PROMPTFOO_CSV_DELIMITER to a semicolon.
# 2. Write the prompt of each candidate below, under raw, as you would use it.
# 3. Put a model in the place of each echo, such as openai:chat:NAME or
#    anthropic:messages:NAME. With echo, the prompt itself is the answer, which costs
#    nothing and shows that the file works.
# 4. Run: npx promptfoo@0 eval -c {{config_file}} -o {{results_file}}
# 5. Upload {{results_file}} to the test results of the use case. Never upload what echo
#    answered.
#
# An answer passes if it has the right answer in it. Where that is no fair pass rule,
# write your own: https://www.promptfoo.dev/docs/configuration/expected-outputs/
description: {{title}}

prompts:
{{prompts}}

providers:
{{providers}}

defaultTest:
  options:
    transformVars: >-
      vars.{INPUT} && vars.{ANSWER} ? vars : (() => {{{{ throw new Error(
      "Fill in {INPUT} and {ANSWER} of case " + vars.{CASE} + ", or remove its row");
      }}}})()
  assert:
    - type: javascript
      value: >-
        output.toLowerCase().includes(
        String(context.vars.{ANSWER}).trim().toLowerCase())

tests: file://{{cases_file}}
"""

_INSPECT = f'''\
"""Asks a model about each case, and checks whether the right answer is in its answer.

1. Fill in the columns {INPUT} and {ANSWER} of {{cases_file}}, with real cases.
   Remove the rows that you do not need. Keep the file in the folder of this one.
2. Write the prompt below, as you would use it.
3. Run it for each candidate: pip install inspect-ai openai, and then
   inspect eval {{task_file}} --model openai/NAME --log-format json
4. Upload the new .json file in the folder logs to the test results of the use case.

Where it is no fair pass rule that the answer has the right answer in it, take another
scorer: https://inspect.aisi.org.uk/scorers.html
"""

import csv
from pathlib import Path

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ChatMessageSystem, ChatMessageUser
from inspect_ai.scorer import includes
from inspect_ai.solver import generate

USE_CASE = {{use_case}}
SUMMARY = {{summary}}
PROMPT = "Use case: " + USE_CASE + "\\n\\n" + SUMMARY + "\\n\\n" + {{task}}
CASES = Path(__file__).with_name("{{cases_file}}")


def samples():
    with CASES.open(encoding="utf-8-sig", newline="") as file:
        heading = file.readline()
        file.seek(0)
        rows = csv.DictReader(file, delimiter=";" if ";" in heading else ",")
        for row in rows:
            if not (row["{INPUT}"] and row["{ANSWER}"]):
                raise SystemExit(
                    "Fill in {INPUT} and {ANSWER} of case "
                    + row["{CASE}"]
                    + ", or remove its row"
                )
            yield Sample(
                id=row["{CASE}"],
                input=[
                    ChatMessageSystem(content=PROMPT),
                    ChatMessageUser(content=row["{INPUT}"]),
                ],
                target=row["{ANSWER}"],
            )


@task(name="{{name}}")
def evaluation():
    return Task(
        dataset=MemoryDataset(list(samples())),
        solver=generate(),
        scorer=includes(),
        metadata={{{{"use_case": USE_CASE, "summary": SUMMARY}}}},
    )
'''
