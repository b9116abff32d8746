"""How many there are, in words: one, and several."""

import pytest

from audits.scoring.results_behind.wrong_files import WrongFiles
from audits.scoring.told.results_told import ToldApart

MOVED = "“{0}” was “A” until today. With it, the verdict would be “B”."


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        ((), ""),
        (("Gap",), "1 answer was changed after giving another verdict: the reviewer"),
        (("Gap", "Gap"), "1 answer was changed after"),
        (("Gap", "Task"), "2 answers were changed after giving another verdict: the"),
    ],
)
def test_answers_that_were_changed_are_counted(
    labels: tuple[str, ...], said: str
) -> None:
    told = ToldApart(said=(), same=(), moved=tuple(map(MOVED.format, labels)))

    assert told.says_beside.startswith(said)
    assert bool(told.says_beside) is bool(labels)


@pytest.mark.parametrize(
    ("files", "verdicts", "said"),
    [
        (1, (), "1 results file was removed as a wrong one (A6)."),
        (
            1,
            ("RAG",),
            "1 results file was removed as a wrong one, with it: “RAG” (A6).",
        ),
        (2, (), "2 results files were removed as wrong ones (A6)."),
        (
            2,
            ("RAG", "Prompt"),
            "2 results files were removed as wrong ones, with one of them: “RAG” or "
            "“Prompt” (A6).",
        ),
    ],
)
def test_wrong_files_are_counted_with_what_one_of_them_would_give(
    files: int, verdicts: tuple[str, ...], said: str
) -> None:
    assert WrongFiles(said=("File.",) * files, verdicts=verdicts).in_short == said
