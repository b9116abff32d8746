"""`manage.py compare_usage` says what a paper said, and what happened."""

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from tests.examples import some_of
from tests.scoring.costs.worked_decisions import GIVEN
from tests.scoring.exchange.made_attachments import attachment
from tests.scoring.twelve_verdicts import ANSWERS, LEVELS
from tests.verify.made_papers import paper as pdf_with

pytestmark = pytest.mark.django_db

HEAD = "day,model,requests,input,cached input,output,cost"
MODEL = "claude-sonnet-5-5"
WEAK = (
    "weak test (inside the range; a usage file can check only $604 of the paper’s "
    "$1,354)."
)


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read all files once their months are over."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2027, 12, 1))


def paper(folder: Path, **numbers: str) -> str:
    """Return the paper of a prompt that costs 604, and an uncertain share of people."""
    given = {k: x for k, x in GIVEN.items() if k != "upkeep_share_prompt"} | numbers
    answers = ANSWERS["prompt_long_context"]
    levels = {key: LEVELS[key] for key in answers.keys() & LEVELS}
    file = folder / "paper.pdf"
    content = attachment(read(current(), answers), levels, given | {"today": "prompt"})
    file.write_bytes(pdf_with(content))
    return str(file)


def usage(folder: Path, *rows: str, until: str = "2026-12-31") -> str:
    """Return a synthetic usage file from 1 December 2026 on."""
    first, last = date(2026, 12, 1), date.fromisoformat(until)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    used = {row.split(",")[0] for row in rows}
    quiet = [f"{day},{MODEL},0,0,0,0,0" for day in days if str(day) not in used]
    file = folder / "usage.csv"
    file.write_text("\n".join([HEAD, *sorted([*quiet, *rows])]) + "\n")
    return str(file)


def compared(*words: str) -> tuple[list[str], int]:
    """Return the lines that the command prints, and its exit code."""
    out = StringIO()
    try:
        call_command("compare_usage", *words, stdout=out)
    except SystemExit as ended:
        return out.getvalue().splitlines(), int(ended.code or 0)
    return out.getvalue().splitlines(), 0


def a_row(cost: str, model: str = MODEL) -> str:
    return f"2026-12-10,{model},200000,1300000000,1080000000,60000000,{cost}"


def test_months_after_a_paper_are_told_with_their_causes(tmp_path: Path) -> None:
    file = usage(tmp_path, a_row("1200"))

    lines, code = compared(file, "--paper", paper(tmp_path), "--synthetic")

    assert code == 0
    assert lines == [
        "This usage is synthetic: it was invented for practice and never billed.",
        "",
        "On 24 November 2026, the paper said $1,354 a month ($904 to $2,104).",
        "The range runs from the lowest to the highest cost to expect, if errors "
        "in the numbers are independent of each other. The paper does not say "
        "how likely a cost inside the range is.",
        "It is the cost of “Prompt on the chosen model”: the calls of a busy "
        "month about half a year on, at the prices of 24 November 2026. "
        "Earlier months usually have fewer calls.",
        "For 12 months, the paper said $16,248 ($10,848 to $25,248), the same as 12 "
        "such months. Only months are compared.",
        "",
        "December 2026 cost $1,950: weak test (inside the range; "
        "a usage file can check only $604 of the paper’s $1,354).",
        "$604 more from volume, $8 less because the bill differs from list prices.",
        "30 days without use.",
        "$750 of the $1,950 is for people and other costs outside the file, as in the "
        "paper.",
    ]


def test_month_that_is_not_over_and_what_is_left_out_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 12, 31))
    file = Path(usage(tmp_path, a_row("1200")))
    head, *rows = file.read_text().splitlines()
    file.write_text("\n".join([f"{head},Region", *(f"{x},eu" for x in rows), ""]))

    lines, code = compared(str(file), "--paper", paper(tmp_path))

    assert code == 2
    assert lines[-3:] == [
        "December 2026 ends after 31 December 2026, when the file was read, so it is "
        "not compared.",
        "No whole month after the paper is in the file.",
        "The column “Region” is not used.",
    ]


@pytest.mark.parametrize(
    ("rows", "until", "code", "said"),
    some_of(
        [
            (
                [a_row("9000")],
                "2026-12-31",
                1,
                "December 2026 cost $9,750: above the range.",
            ),
            (
                ["2026-12-10,in-house,5,5,0,5,"],
                "2026-12-31",
                2,
                "What December 2026 cost",
            ),
            (
                [a_row("700")],
                "2026-12-30",
                2,
                "The file has a part of December 2026, so",
            ),
        ],
        3,
    ),
)
def test_exit_code_says_whether_every_month_is_inside(
    tmp_path: Path, rows: list[str], until: str, code: int, said: str
) -> None:
    file = usage(tmp_path, *rows, until=until)

    lines, ended = compared(file, "--paper", paper(tmp_path))

    assert ended == code
    assert [line for line in lines if line.startswith(said)]


def test_other_models_of_a_file_can_be_left_out(tmp_path: Path) -> None:
    file = usage(tmp_path, a_row("1200"), a_row("5000", model="in-house"))
    there = paper(tmp_path)

    lines, code = compared(file, "--paper", there, f"--model={MODEL}")
    with pytest.raises(CommandError) as refused:
        call_command("compare_usage", file, "--paper", there, "--model=gpt")

    assert (lines[5], code) == (f"December 2026 cost $1,950: {WEAK}", 0)
    assert refused.value.returncode == 2
    assert str(refused.value) == (
        f"{file}: has no usage of gpt. It has {MODEL}, in-house."
    )


def test_paper_without_a_month_is_one_sentence(tmp_path: Path) -> None:
    file, unpriced = usage(tmp_path), paper(tmp_path, model="no-such-model")

    with pytest.raises(CommandError) as refused:
        call_command("compare_usage", file, "--paper", unpriced)

    assert refused.value.returncode == 2
    assert str(refused.value) == (
        f"{unpriced}: The paper gives no price for what it recommends."
    )


def test_file_that_is_no_usage_is_one_sentence(tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"results": []}))

    with pytest.raises(CommandError) as refused:
        call_command("compare_usage", str(other), "--paper", paper(tmp_path))

    assert refused.value.returncode == 2
    assert str(refused.value).startswith(f"{other}: ")


def test_missing_files_are_said_to_be_missing(tmp_path: Path) -> None:
    none = str(tmp_path / "none")
    file, there = usage(tmp_path), paper(tmp_path)

    for words in ((none, "--paper", there), (file, "--paper", none)):
        with pytest.raises(CommandError, match="cannot be read: No such file"):
            call_command("compare_usage", *words)
