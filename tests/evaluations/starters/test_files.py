"""Files to start with say what was typed, and nothing of it is a part of them."""

import ast
import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from audits.evaluations.formats.recognised import read_evaluations
from audits.evaluations.runs import Case
from audits.evaluations.starters.files import (
    cases_csv,
    inspect_task,
    promptfoo_config,
)
from audits.evaluations.starters.starter import Starter, stem_of, without_templates
from audits.uploads.tables.cells import safe_cell

STARTER = Starter(
    stem="UC-0042-score-prompt",
    step="Test the strongest model",
    use_case="Handbook",
    summary="Answers questions.",
    candidates=("Written prompt", "Stronger model"),
    cases=30,
)
TO_FILL_IN = ("input", "right_answer", "passed", "fault")
# What would end a text, a line, a comment, a cell or a template.
_SIGNS = st.sampled_from(
    [
        *("'", '"', '"""', "\\", "\n", "\r", "\u2028", "\x85", "\ufeff", "#", ": "),
        *("{{", "}}", "{%", "%}", "{#", "{", "}", "$x", "=1+1", ";", ",", "\t", "---"),
        *("&a", "*a", "!!python/object", "yes", "1e3", "null", "file://x", "é", "😀"),
    ]
)
typed = st.lists(_SIGNS | st.text(max_size=9), max_size=9).map("".join)
starters = st.builds(
    replace,
    st.just(STARTER),
    use_case=typed,
    summary=typed,
    candidates=st.lists(typed, min_size=1, max_size=3).map(tuple),
)


def config_of(starter: Starter) -> Any:
    return yaml.safe_load(promptfoo_config(starter))


def rows_of(starter: Starter) -> list[list[str]]:
    text = cases_csv(starter).decode("utf-8-sig")
    return [*csv.reader(StringIO(text, newline=""))]


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)


class _NoTexts(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.Constant(value="") if isinstance(node.value, str) else node


def shape_of(code: bytes) -> str:
    """Return all of a program but its texts."""
    return ast.dump(_NoTexts().visit(ast.parse(code)))


def constants_of(code: bytes) -> dict[str, Any]:
    """Return what a program gives to names, where that is one text."""
    return {
        node.targets[0].id: node.value.value
        for node in ast.parse(code).body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
    }


@pytest.mark.once
@given(starters)
def test_config_has_what_was_typed_and_no_template_of_it(starter: Starter) -> None:
    config = config_of(starter)

    title = f"Test the strongest model: {starter.use_case}"
    prompt = (
        f"Use case: {starter.use_case}\n\n{starter.summary}\n\n"
        "Do this for the input below. Give the result only.\n"
    )
    raw = f"{without_templates(prompt)}\nInput:\n{{{{input}}}}\n"
    numbers = range(1, len(starter.candidates) + 1)
    assert config == {
        "description": without_templates(title),
        "prompts": [{"label": f"prompt-{x}", "raw": raw} for x in numbers],
        "providers": [
            {
                "id": "echo",
                "label": without_templates(name),
                "prompts": [f"prompt-{number}"],
            }
            for number, name in zip(numbers, starter.candidates, strict=True)
        ],
        "defaultTest": config_of(STARTER)["defaultTest"],
        "tests": "file://UC-0042-score-prompt-cases.csv",
    }
    found = " ".join(texts_in(config))
    assert re.findall(r"\{[{%#].{5}", found) == ["{{input"] * len(starter.candidates)


@given(typed)
def test_only_a_space_is_added_to_a_template(text: str) -> None:
    safe = without_templates(text)

    assert not re.search(r"\{[{%#]", safe)
    assert safe.replace(" ", "") == text.replace(" ", "")


def test_what_is_no_template_stays_as_it_was() -> None:
    assert without_templates("{a: 1} 100% #1 }}") == "{a: 1} 100% #1 }}"


@pytest.mark.once
@given(starters)
def test_task_has_what_was_typed_in_texts_only(starter: Starter) -> None:
    code = inspect_task(starter)

    assert shape_of(code) == shape_of(inspect_task(STARTER))
    assert constants_of(code) == {
        "USE_CASE": starter.use_case,
        "SUMMARY": starter.summary,
    }
    assert ast.get_docstring(ast.parse(code)) == ast.get_docstring(
        ast.parse(inspect_task(STARTER))
    )


@pytest.mark.once
@given(starters)
def test_cases_have_the_first_candidate_and_no_formula(starter: Starter) -> None:
    heading, *rows = rows_of(starter)

    assert heading == ["case", "candidate", *TO_FILL_IN]
    candidate = safe_cell(starter.candidates[0])
    assert rows == [[str(x), candidate, *[""] * 4] for x in range(1, 31)]


def test_formula_among_the_candidates_is_a_text() -> None:
    starter = replace(STARTER, candidates=('=HYPERLINK("http://x")',), cases=1)

    assert rows_of(starter)[1][1] == '\'=HYPERLINK("http://x")'


def test_filled_cases_are_read_back_as_results() -> None:
    text = cases_csv(replace(STARTER, cases=3)).decode()
    text = text.replace("1,Written prompt,,,,", "1,Written prompt,Hi,Hello,yes,")
    text = text.replace("2,Written prompt,,,,", "2,Written prompt,Bye,Good bye,no,curt")

    found = read_evaluations(text.encode())

    assert [run.candidate for run in found.runs] == ["Written prompt"]
    assert found.runs[0].cases == (
        Case(id="1", passed=True),
        Case(id="2", passed=False),
    )
    assert (found.runs[0].n, found.runs[0].passed) == (2, 1)


def test_cases_as_downloaded_show_nothing() -> None:
    found = read_evaluations(cases_csv(STARTER))

    assert [(run.n, run.passed) for run in found.runs] == [(0, None)]


def test_config_says_what_to_do_about_semicolons() -> None:
    comments = [
        line
        for line in promptfoo_config(STARTER).decode().splitlines()
        if line.startswith("#")
    ]

    assert any("PROMPTFOO_CSV_DELIMITER" in line for line in comments)


def test_files_name_each_other() -> None:
    assert "UC-0042-score-prompt-cases.csv" in inspect_task(STARTER).decode()
    assert stem_of("UC-0042", "score_prompt") == "UC-0042-score-prompt"
    assert stem_of("UC-0042", '../"x"\r\ny') == "UC-0042-x-y"
