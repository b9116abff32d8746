"""Files of people are read in a separate process, which sends the same as was read."""

import pytest

from audits.evaluations import reading
from audits.evaluations.reading import evaluations_of
from audits.evaluations.runs import Case, EvaluationFile, RefusedEvaluationError, Run
from tests.evaluations.damaged import bomb

TOO_MUCH = (
    "The file is too complex to read: export the results without prompts and answers, "
    "or split them, and select that file."
)
GOOD = {
    "format": "CSV",
    "runs": [
        {
            **dict.fromkeys(Run.__dataclass_fields__),
            "tool": "CSV",
            "cases": [["a", True, None]],
            "n": 1,
            "passed": 1,
        }
    ],
}


@pytest.mark.thorough
def test_refusal_in_the_other_process_is_the_same_sentence() -> None:
    with pytest.raises(RefusedEvaluationError) as refused:
        evaluations_of(bomb())

    assert str(refused.value) == (
        "The zip file unpacks to more than 50 MB: keep only the results in it, and "
        "select that file."
    )


@pytest.mark.thorough
def test_file_that_takes_too_much_memory_is_refused() -> None:
    objects = b'{"testCases": [' + b'{"a":[]},' * 2_700_000 + b"0]}"

    with pytest.raises(RefusedEvaluationError) as refused:
        evaluations_of(objects)

    assert str(refused.value) == TOO_MUCH


def test_values_of_the_other_process_become_the_file() -> None:
    assert reading._made(GOOD) == EvaluationFile(
        format="CSV",
        runs=(Run(tool="CSV", cases=(Case(id="a", passed=True),), n=1, passed=1),),
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tool", 7),
        ("n", -1),
        ("n", True),
        ("passed", "1"),
        ("cost", "a lot"),
        ("cost", 0.5),
        ("day", "today"),
        ("mean_score", float("nan")),
        ("mean_score", "1"),
        ("cases", [["a", "yes", None]]),
        ("cases", [["a", None, True]]),
        ("cases", [["a", None]]),
        ("cases", [[["a"], None, None]]),
    ],
)
def test_other_values_are_not_taken(name: str, value: object) -> None:
    run = {**GOOD["runs"][0], name: value}  # type: ignore[dict-item]

    with pytest.raises((ValueError, TypeError, ArithmeticError)):
        reading._made({"format": "CSV", "runs": [run]})


def test_run_with_other_names_is_not_taken() -> None:
    run = {**GOOD["runs"][0], "more": 1}  # type: ignore[dict-item]

    with pytest.raises(ValueError, match="other names"):
        reading._made({"format": "CSV", "runs": [run]})
    with pytest.raises(ValueError, match="0 runs"):
        reading._made({"format": "CSV", "runs": []})
