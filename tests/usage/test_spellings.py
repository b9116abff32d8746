"""Names that spell one model in several ways."""

from dataclasses import replace
from datetime import date

from audits.usage.spellings import meant, renamed, with_one_spelling
from tests.scoring.tracking.papers import MODEL, a_day, usage

DAY = date(2026, 12, 7)
IDS = (MODEL, "gpt-5")


def test_names_mean_one_model_whatever_their_case_prefix_and_date() -> None:
    for name in (MODEL.upper(), f"us.anthropic.{MODEL}-v1:0", f"{MODEL}-20260901"):
        assert meant(name, IDS) == MODEL
    assert meant("gpt-5-mini", IDS) == "gpt-5-mini"
    assert meant(" In-House ", IDS) == meant("in-house", IDS)
    assert meant("team/in-house", IDS) != meant("in-house", IDS)
    assert meant(None, IDS) is None


def test_file_with_two_spellings_has_one_and_keeps_what_was_used() -> None:
    most, least = a_day(DAY, times=2), a_day(DAY, model=f"us.anthropic.{MODEL}")
    found = usage(most, least, a_day(DAY, model=None), first=DAY, days=1)

    made = with_one_spelling(found, IDS)

    assert made.models == (MODEL, None)
    assert [replace(row, model=None) for row in made.rows] == [
        replace(row, model=None) for row in found.rows
    ]
    assert renamed(found, {}) is found
