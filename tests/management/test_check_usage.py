"""`manage.py check_usage` says what a usage file adds up to."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.usage.made_usage import LITELLM, MADE


def test_what_a_file_adds_up_to_is_printed() -> None:
    out = StringIO()

    call_command("check_usage", str(MADE / LITELLM), stdout=out)

    assert out.getvalue() == (
        "LiteLLM\n"
        "  Period    31 August to 2 October 2026, 33 days, 4 of them without use\n"
        "  Requests  1,779\n"
        "  A month   1,614 requests in the one whole month\n"
        "  Tokens    900 in and 70 out a request, on average\n"
        "  Cached    33% of the input\n"
        "  Spend     $3.39 in that month\n"
        "  Models    gpt-4.1-mini, gpt-5, claude-haiku-4-5-20251001\n"
        "  Requests that failed are counted: 11.\n"
        "  Requests without a model and without tokens are left out: 2.\n"
    )


def test_what_a_file_does_not_say_is_said(tmp_path: Path) -> None:
    file, out = tmp_path / "usage.csv", StringIO()
    file.write_text("day,cost,currency\n2026-09-01,5,EUR\n")

    call_command("check_usage", str(file), stdout=out)

    assert out.getvalue() == (
        "CSV\n"
        "  Period    1 September 2026, 1 day\n"
        "  Requests  the file does not say\n"
        "  A month   the file does not say\n"
        "  Tokens    the file does not say\n"
        "  Cached    the file does not say\n"
        "  Spend     5.00 EUR in the whole period\n"
        "  Models    one without a name\n"
    )


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("missing.json", "cannot be read: No such file or directory"),
        ("litellm-1.81.0-page.json", "ask for all of them in one page"),
    ],
)
def test_file_that_cannot_be_read_ends_with_2(name: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence) as refused:
        call_command("check_usage", str(MADE / name))

    assert refused.value.returncode == 2
