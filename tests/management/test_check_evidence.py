"""`manage.py check_evidence` says what a results file shows, and what it cannot."""

from dataclasses import replace
from datetime import date
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.evaluations.made_files import MADE, plain
from tests.examples import some_of
from tests.scoring.exchange.made_attachments import CASES, attachment
from tests.scoring.exchange.test_candidates_in_papers import CODES, FOUND
from tests.scoring.exchange.test_candidates_in_papers import paper as scored_paper
from tests.scoring.worked_cases import TRAINING_LEVELS
from tests.verify.made_papers import paper as pdf_with

PROMPTFOO = str(MADE / "promptfoo-0.123.1.json")


def checked(*words: str) -> tuple[str, int]:
    """Return what the command prints, and its exit code."""
    out = StringIO()
    try:
        call_command("check_evidence", *words, stdout=out)
    except SystemExit as ended:
        return out.getvalue(), int(ended.code or 0)
    return out.getvalue(), 0


def sheet(folder: Path, passed: int, n: int, candidate: str = "A") -> str:
    rows = [f"{number},{candidate},{number < passed}" for number in range(n)]
    file = folder / f"{candidate}-{passed}-{n}.csv"
    file.write_text("\n".join(["case,candidate,passed", *rows]) + "\n")
    return str(file)


def test_each_run_is_printed_with_its_numbers(tmp_path: Path) -> None:
    printed, code = checked(sheet(tmp_path, 12, 24))

    assert code == 0
    assert printed == (
        "A, CSV\n"
        "  Cases       24\n"
        "  Passed      12 of 24 (between 31 and 69 of 100)\n"
        "  Tokens      the file does not say\n"
        "  Cost        the file does not say\n"
        "  Latency     the file does not say\n"
        "\n"
    )


def test_file_of_a_tool_says_its_version_and_day() -> None:
    printed, code = checked(PROMPTFOO)

    assert code == 0
    ran = date.fromisoformat(
        plain("promptfoo-0.123.1.json")["results"]["timestamp"][:10]
    )
    assert printed.startswith(f"echo, promptfoo 0.123.1, {ran:%-d %B %Y}\n")
    assert (
        "\n  Cases       5, 1 had no score or an error\n"
        "  Passed      2 of 4 scored (between 15 and 85 of 100)\n"
    ) in printed
    assert "\n  Tokens      120 in, 40 out\n  Cost        $0.0005\n" in printed


@pytest.mark.parametrize(
    ("passed", "n", "code", "sentence"),
    [
        (97, 100, 0, "met, even at the lower end"),
        (80, 100, 1, "not met, even at the upper end"),
        (
            10,
            10,
            1,
            "not certain yet; with about 25 more cases, 4 of 5 such tests would "
            "give a certain result",
        ),
    ],
)
def test_exit_code_says_whether_the_pass_mark_is_met(
    tmp_path: Path, passed: int, n: int, code: int, sentence: str
) -> None:
    printed, ended = checked(sheet(tmp_path, passed, n), "--pass-mark", "90")

    assert ended == code
    assert printed.splitlines()[-2] == f"  Pass mark   90 of 100: {sentence}"


def test_every_run_must_meet_the_mark(tmp_path: Path) -> None:
    file = tmp_path / "both.csv"
    rows = [
        f"{n},{name},{n < passed}"
        for name, passed in (("A", 99), ("B", 50))
        for n in range(100)
    ]
    file.write_text("\n".join(["case,candidate,passed", *rows]))

    printed, code = checked(str(file), "--pass-mark", "90")

    assert code == 1
    assert [x.split(": ")[1] for x in printed.splitlines() if "Pass mark" in x] == [
        "met, even at the lower end",
        "not met, even at the upper end",
    ]


def test_candidates_of_one_file_are_compared_with_the_file_itself() -> None:
    printed, code = checked(PROMPTFOO, "--against", PROMPTFOO)

    assert code == 0
    assert printed.endswith(
        "On 5 cases that both ran, echo passed 2 cases that candidate-b "
        "failed, and failed 0 that candidate-b passed: chance could explain it.\n"
        "Of 100 cases, echo would pass between 16 fewer and 73 more than candidate-b.\n"
        "To show whether this difference is real, test about 13 more cases; even then, "
        "1 test in 5 misses it.\n"
        "A case with an error or without a score counts as not passed.\n"
        "\n"
    )


@pytest.mark.thorough
def test_two_files_are_compared(tmp_path: Path) -> None:
    better, worse = sheet(tmp_path, 90, 100), sheet(tmp_path, 70, 100, "B")

    printed, code = checked(better, "--against", worse)

    assert code == 0
    assert printed.endswith(
        "On 100 cases that both ran, A passed 20 cases that B failed, and "
        "failed 0 that B passed: more than chance explains.\n"
        "Of 100 cases, A would pass between 12 more and 28 more than B.\n"
        "\n"
    )


def test_files_of_different_tools_are_not_compared(tmp_path: Path) -> None:
    printed, code = checked(sheet(tmp_path, 1, 2), "--against", PROMPTFOO)

    assert code == 0
    assert printed.endswith(
        "Nothing to compare: the files have no two runs of one tool, task and measure."
        "\n"
    )


@pytest.mark.thorough
@pytest.mark.parametrize("against", [False, True])
def test_unreadable_file_is_one_sentence(tmp_path: Path, *, against: bool) -> None:
    broken = tmp_path / "broken.json"
    broken.write_bytes(Path(PROMPTFOO).read_bytes()[:20])
    words = [PROMPTFOO, "--against", str(broken)] if against else [str(broken)]

    with pytest.raises(CommandError) as refused:
        call_command("check_evidence", *words)

    assert refused.value.returncode == 2
    assert str(refused.value) == (
        f"{broken}: The JSON file is cut off or not JSON (line 1, character 11): "
        "export the results again, and select that file."
    )


def test_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("check_evidence", str(tmp_path / "none.json"))

    assert refused.value.returncode == 2
    assert str(refused.value).endswith("cannot be read: No such file or directory")


@pytest.mark.parametrize("mark", ["0", "100", "-5", "many", "nan"])
def test_pass_mark_is_between_0_and_100(mark: str) -> None:
    with pytest.raises(CommandError, match="is not a number above 0 and below 100"):
        call_command("check_evidence", PROMPTFOO, f"--pass-mark={mark}")


MODEL = "claude-sonnet-5-5"


def paper(folder: Path, content: bytes, name: str = "paper.pdf") -> str:
    file = folder / name
    file.write_bytes(pdf_with(content) if name.endswith(".pdf") else content)
    return str(file)


@pytest.mark.thorough
@pytest.mark.django_db
@pytest.mark.parametrize("name", some_of(["paper.pdf", "assessment.json"], 1))
@pytest.mark.parametrize(
    ("passed", "code", "last"),
    [
        (190, 0, "All measured conditions that the file speaks of still hold."),
        (100, 1, "Something that was measured for this verdict no longer holds."),
    ],
)
def test_exit_code_says_whether_what_was_measured_still_holds(
    tmp_path: Path, name: str, passed: int, code: int, last: str
) -> None:
    results = sheet(tmp_path, passed, 200, MODEL)

    printed, ended = checked(results, "--paper", paper(tmp_path, scored_paper(), name))

    assert ended == code
    assert printed.startswith(f"{MODEL}, CSV\n  Cases       200\n")
    assert printed.splitlines()[-1] == last


@pytest.mark.thorough
@pytest.mark.django_db
def test_exit_code_is_1_where_another_candidate_gives_the_answer_of_one_that_misses(
    tmp_path: Path,
) -> None:
    first = FOUND.rows[0]
    rows = (
        replace(first, kind="prompt", model="live", passed=188),
        replace(first, id="c2", kind="stronger", model="strong", passed=192),
    )
    content = attachment(CODES, TRAINING_LEVELS, candidates=replace(FOUND, rows=rows))
    results = sheet(tmp_path, 0, 200, "live")

    printed, ended = checked(results, "--paper", paper(tmp_path, content))

    assert ended == 1
    assert printed.splitlines()[-1] == (
        "The answers stay the same, but “live (Written prompt)” no longer meets the "
        "target of 90 of 100, which it met when signed."
    )


@pytest.mark.django_db
def test_signed_file_tells_whether_the_cases_are_the_same(tmp_path: Path) -> None:
    signed = Path(sheet(tmp_path, 190, 200, MODEL))
    digest = sha256(signed.read_bytes()).hexdigest()
    [first, *others] = FOUND.rows
    rows = (replace(first, sha256=digest, run=0, p95_ms=None), *others)
    content = attachment(CODES, TRAINING_LEVELS, candidates=replace(FOUND, rows=rows))
    board = paper(tmp_path, content)
    other = tmp_path / "other.csv"
    lines = [f"x{n},{MODEL},{n < 190}" for n in range(200)]
    other.write_text("\n".join(["case,candidate,passed", *lines, ""]))

    repeated, same = checked(str(signed), "--paper", board)
    printed, ended = checked(str(other), "--paper", board, "--against", str(signed))

    assert (same, ended) == (2, 0)
    assert repeated.splitlines()[-1] == (
        "This is the file that was signed, so it proves nothing new."
    )
    assert printed.splitlines()[-1] == (
        "None of the 200 cases is among those of the signed run, so this is another "
        "test, not a repetition. All measured conditions that the file speaks of still "
        "hold."
    )


@pytest.mark.thorough
@pytest.mark.django_db
def test_paper_that_the_file_says_nothing_about_cannot_be_told(tmp_path: Path) -> None:
    by_hand = paper(tmp_path, attachment(CASES[0]))

    printed, ended = checked(sheet(tmp_path, 190, 200, "other"), "--paper", by_hand)

    assert ended == 2
    assert printed.splitlines()[-1] == (
        "No result of this paper was measured with a results file, so there is nothing "
        "to compare."
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{}", "format: It must be attune.assessment/1."),
        (b"none", "assessment.json: It is not JSON: Expecting value in line 1."),
        (
            scored_paper().replace(b'"passed": 190', b'"passed": 130'),
            "The verdict is not reproduced here; these parts differ: Answers, Verdict",
        ),
    ],
)
def test_paper_that_is_not_reproduced_is_one_sentence(
    tmp_path: Path, content: bytes, why: str
) -> None:
    altered = paper(tmp_path, content, "assessment.json")

    with pytest.raises(CommandError) as refused:
        call_command("check_evidence", PROMPTFOO, "--paper", altered)

    assert refused.value.returncode == 2
    assert str(refused.value).startswith(f"{altered}: {why}")


def test_paper_and_pass_mark_are_two_questions(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="not allowed with argument"):
        call_command(
            "check_evidence", PROMPTFOO, "--pass-mark=90", f"--paper={tmp_path}"
        )
