"""Answers that cannot all be right are refused where the file has none like them."""

from pathlib import Path

import pytest

from tests.frameworks.edited_pack import NEWEST, changed, line_of, problems_of

ANSWERS = "    answers: {goal: [knowledge, search], knowledge_size: [none]}\n"
KEY = "contradictions[facts_without_text].answers"
# Each row: the answers instead, a text on the line at fault, the key and the message.
REFUSALS = {
    "question that nobody asks": (
        "{goal: [knowledge], knowlege_size: [none]}",
        "knowlege_size",
        KEY,
        'no question "knowlege_size" (did you mean "knowledge_size"?)',
    ),
    "option that there is not": (
        "{goal: [knowlege], knowledge_size: [none]}",
        "[knowlege]",
        f"{KEY}.goal",
        'no option "knowlege" (did you mean "knowledge"?)',
    ),
    "one answer by itself": (
        "{goal: [knowledge]}",
        "  - id: facts_without_text",
        KEY,
        "needs two questions, or one and `live: true`",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_answers_that_do_not_exist_are_refused(tmp_path: Path, case: str) -> None:
    answers, at, key, message = REFUSALS[case]
    text = changed((ANSWERS, f"    answers: {answers}\n"), pack=NEWEST)

    [problem] = problems_of(tmp_path / "v2.yaml", text)

    assert (problem.line, problem.key, problem.message) == (
        line_of(text, at),
        key,
        message,
    )


def test_row_of_what_runs_needs_an_answer(tmp_path: Path) -> None:
    text = changed(("answers: {tried: [nothing]}", "answers: {}"), pack=NEWEST)

    [problem] = problems_of(tmp_path / "v2.yaml", text)

    assert problem.key == "contradictions[live_and_nothing_tested].answers"
    assert problem.message == "needs two questions, or one and `live: true`"
