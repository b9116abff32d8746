"""The page of the method tells the framework in force, and what is known of it."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from audits.frameworks.loading import loader
from audits.frameworks.loading.cases import worked_cases
from audits.method.agreement import scores
from audits.method.thresholds import thresholds
from audits.method.told import told
from tests.pages import html_of
from tests.verdicts.agreement import FOLDER

pytestmark = pytest.mark.once

DOCUMENT = (Path(__file__).parents[2] / "docs" / "method.md").read_text("utf-8")
PLAIN = re.sub(r"\s+", " ", re.sub(r"\[(\w+)\]\([^)]*\)", r"\1", DOCUMENT)).replace(
    "`", ""
)
SAID = [
    *(told().article.says, told().article.missing),
    *(x for p in told().principles for x in (p.says, p.forces, p.rests_on)),
    *(x for p in told().promises for x in (p.says, *p.exceptions)),
    *(x for move in told().moves for x in (move.before, move.after)),
    *told().costs,
    *(formula.symbols for formula in told().formulas),
    told().symbols.removeprefix("N is"),
    *told().limits,
]


@pytest.fixture(scope="module")
def page() -> str:
    with_breaks = unescape(html_of(Client().get(reverse("method"))))
    return re.sub(r"\s+", " ", with_breaks)


@pytest.mark.parametrize("said", SAID)
def test_page_and_document_say_the_same(page: str, said: str) -> None:
    assert said in page
    assert said in PLAIN


def test_every_verdict_gate_and_strength_of_the_framework_is_told(page: str) -> None:
    framework = loader.current()

    for words in framework.verdicts.values():
        assert words.meaning in page
    gates, strengths = framework.gates, framework.strengths
    for says in (
        *(x.says.removeprefix("once ") for x in gates),
        *(x.says for x in strengths),
    ):
        assert says[1:] in page
    assert {x.id for x in gates if x.applies} <= set(told().checks)
    assert set(told().checks) < {x.id for x in gates}
    told_elsewhere = {"labels_disagree"}  # its own words say where it does not hold
    excepted = {x.id for x in framework.blockers if x.unless} - told_elsewhere
    excepted.add("platform_unavailable")  # `when` leaves out small parts
    assert set(told().exceptions) == excepted
    for says in told().exceptions.values():
        assert f"Exception: {says}." in page
    assert told().batches[-1].now == told().batches[-1].first
    assert "For training other than fine-tuning: two of the five practices" in page
    assert f"The {len(framework.verdicts)} verdicts" in page


def test_benchmark_is_that_of_the_stored_scores() -> None:
    scores = json.loads((FOLDER / "scores.json").read_text("utf-8"))

    assert {
        str(b.number): (
            *(b.cases, b.first, b.second, b.mistakes),
            *(b.always_simple, b.overlap, b.now),
        )
        for b in told().batches
    } == {
        number: (
            score["now"]["cases"],
            *(score["first_score"][key] for key in ("first", "second", "mistakes")),
            *(score["now"][key] for key in ("always_simple", "experts_overlap")),
            score["now"]["first"],
        )
        for number, score in scores.items()
    }


def test_each_source_has_its_day_of_reading_or_says_that_none_was_kept(
    page: str,
) -> None:
    """Nothing is made up: what the texts do not hold is said to be missing."""
    for source in loader.current().sources.values():
        told_of = page.partition(source.title)[2].partition("</li>")[0]
        if source.read_by:
            assert f"Read on or before {source.read_by.day} November 2026" in told_of
        elif source.note == "Cited from memory":
            assert "Read by" not in told_of
            assert "No day" not in told_of
        else:
            assert "The day of reading was not recorded" in told_of
    assert f"“{told().article.title}”" in page


def test_thresholds_formulas_cases_and_agreement_are_on_the_page(page: str) -> None:
    """They are worked out elsewhere, and whoever reads the method sees them."""
    numbers = thresholds(loader.current())
    found = scores()
    cells = ((x.name, x.value, x.decides) for x in numbers)
    worked = (
        (x.name, x.symbols, x.worked.given[1:], x.worked.result)
        for x in told().formulas
    )

    assert not [x for row in (*cells, *worked) for x in row if x not in page]
    assert f"The {len(numbers)} thresholds, with their units" in page
    assert len(worked_cases()) == 3
    for key, case in worked_cases().items():
        there = f'href="{reverse("worked_case", args=[key])}">{case["title"]}</a>'
        assert there in page
    assert told().first_share == told().second_share
    share = told().first_share
    assert f"not reached: each expert accepted {share}% at this first scoring." in page
    assert f"each of two experts accepted {share}% of them" in page
    missed = f"The {len(found.missed)} cases in which an expert rejects today’s verdict"
    assert f"{missed}, and why we keep it" in page
    assert f"The {share}% above was measured before those changes." in page
    by_verdict = page.partition('id="m-by-verdict"')[2].partition("</table>")[0]
    last = re.findall(r"<td[^>]*>(\d+)</td>", by_verdict)[-5:]
    every = found.all
    assert last == [
        str(n)
        for n in (every.cases, every.first, every.second, every.shipped, every.coder)
    ]


def test_verdicts_come_before_the_text_and_a_phone_folds_what_can_wait(
    page: str,
) -> None:
    places = [page.index(f'id="m-{name}"') for name in ("verdicts", "principles")]
    folds = page.split('<details class="phone-fold">')[1:]

    assert places == sorted(places)
    assert loader.current().method[0] in folds[0].partition("</details>")[0]
    assert "Fewer than 30 cases never count." in folds[1].partition("</details>")[0]
