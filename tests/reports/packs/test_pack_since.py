"""A pack opens with what happened after earlier papers."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django_scopes import scope
from pytest_django import Settings

from audits.models import Audit, BoardPack, UsageUpload
from audits.reports.packs.pack_context import build_pack
from audits.reports.packs.pack_since import PackSince, packed_since
from audits.reports.pdf_client import manuscript_of_pack
from audits.scoring.tracking.outcomes import ComparedMonth
from audits.scoring.tracking.since_papers import UseCaseMonths, since_papers
from audits.services.papers.packs.board_packs import is_as_asked
from audits.services.papers.packs.pack_outcomes import frozen_outcomes
from audits.services.read_files.outcome_files import remove_outcome_file
from tests.casting import Cast, Tenant
from tests.examples import all_but
from tests.outcomes.signed import counted, sheet_of, signed
from tests.pages import html_in
from tests.portfolio.drawn_portfolios import Drawn
from tests.portfolio.printed_packs import pack_of
from tests.printed import Printed
from tests.reports.packs.made_packs import ask_for_pack, read
from tests.reports.papers import typesetter
from tests.reports.test_tasks import IMMEDIATE
from tests.scoring.tracking.test_outcomes import month

NOVEMBER = date(2026, 11, 1)
MADE_UP = month("above", "9000", is_synthetic=True)
PLAN = Drawn(case="retrieve", plan="prompt", volume="40", has_upkeep=True, stage="live")
HEADING = "What we said, what happened"


def weak(difference: str, first: date) -> ComparedMonth:
    """Return a month inside its range of which the usage says less than half."""
    return month("inside", difference, first, rest="900")


def said(*use_cases: tuple[ComparedMonth, ...]) -> PackSince:
    """Return what a pack says of use cases, by their months."""
    return packed_since(
        since_papers(
            [
                UseCaseMonths(
                    name=f"Use case {place}", months=months, files={"a": "usage.csv"}
                )
                for place, months in enumerate(use_cases, start=1)
            ]
        )
    )


def page_of(since: PackSince | None) -> str:
    pack = replace(pack_of([PLAN]), since=since)
    return html_in(
        render_to_string("reports/packs/pack.html", {"pack": pack, "step": ""})
    )


@pytest.mark.once
@pytest.mark.parametrize(
    ("use_cases", "line"),
    [
        (
            [(month("inside", "1200", NOVEMBER), month("above", "40"))],
            "2 months of usage, in all $1,240 more than the papers said",
        ),
        (
            [(month("inside", "4"), weak("2", NOVEMBER)), (weak("3", NOVEMBER),)],
            "3 months of usage in 2 use cases, in all $9 more than the papers said",
        ),
        (
            [(month("below", "-40"),)],
            "1 month of usage, in all $40 less than the papers said",
        ),
        (
            [(month("inside", "0"), MADE_UP), (MADE_UP,)],
            "1 month of usage, in all no more and no less than the papers said, "
            "without synthetic usage",
        ),
        (
            [(MADE_UP,)],
            "1 month of synthetic usage, in all $9,000 more than the papers said",
        ),
        (
            [(month("no_range", "7"), month("unknown", None, NOVEMBER))],
            "2 months of usage, in all $7 more than the papers said",
        ),
        (
            [(month("unknown", None),)],
            "1 month of usage",
        ),
    ],
)
def test_line_counts_months_and_has_their_sum(
    use_cases: list[tuple[ComparedMonth, ...]], line: str
) -> None:
    found = said(*use_cases)

    assert found.line == f"Since earlier papers: {line}"


@pytest.mark.once
def test_real_usage_is_told_with_its_months_its_sum_and_what_they_show() -> None:
    since = said(
        (month("inside", "1200", NOVEMBER), month("above", "40")),
        (month("below", "-300"), month("unknown", None, NOVEMBER)),
    )

    [block] = since.blocks
    assert block.lead == (
        "2 use cases have usage after their signed paper: 4 months in all, November to "
        "December 2026. 1 of 3 months was inside the range of their paper, 1 above and "
        "1 below. The cost is $940 more than was said."
    )
    assert block.notes == (
        "What 1 month cost is not known, so no sum has it. 3 months are too few to say "
        "how often ranges hold: it takes 12."
    )
    assert [(row.name, row.details) for row in block.rows] == [
        (
            "Use case 1",
            "November to December 2026. Furthest from its paper: November 2026: "
            "$1,200 more, largest cause volume. Source: usage.csv.",
        ),
        (
            "Use case 2",
            "November to December 2026. Furthest from its paper: December 2026: "
            "$300 less, largest cause volume. Source: usage.csv.",
        ),
        ("All 2 use cases", ""),
    ]


@pytest.mark.once
def test_synthetic_usage_has_words_and_a_table_of_its_own() -> None:
    page = page_of(said((month("inside", "5"),), (MADE_UP,)))

    real, synthetic = page.split("<h3>Synthetic usage</h3>")
    assert "never billed" not in real
    assert "The cost is $5 more than was said." in real
    assert "This usage is synthetic: it was invented for practice" in synthetic
    assert "The synthetic cost is $9,000 more than was said." in synthetic
    assert "9,005" not in page
    assert "No month of real usage" not in page
    assert "No month of real usage has been compared" in page_of(said((MADE_UP,)))


@pytest.mark.once
def test_row_whose_cost_is_not_known_says_so() -> None:
    page = page_of(said((month("unknown", None),)))

    assert '<td class="n" colspan="3">Not known</td>' in page


@pytest.mark.once
def test_pack_without_such_months_has_neither_line_nor_section() -> None:
    page = page_of(None)

    for words in (HEADING, "Since earlier papers", "since-papers"):
        assert words in page_of(said((month("above", "9000"),)))
        assert words not in page
    # What was invented is only where the pack compares it.
    made_up = page_of(said((MADE_UP,)))
    assert "Since earlier papers" not in made_up
    assert HEADING in made_up


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("decisions", "first"), all_but([(1, 1), (13, 48), (14, 12)], [(14, 12)])
)
def test_page_1_keeps_rows_and_total_and_the_section_heads_the_next(
    decisions: int, first: int
) -> None:
    # The words of the first are so long that page 1 just holds all decisions.
    pack = pack_of([PLAN] * decisions)
    long, *others = pack.asked
    asked = (replace(long, asked="Agree to it. " * first), *others)
    without = replace(pack, asked=asked, identifier="pack")
    since = said((month("inside", "5"),), (MADE_UP,))

    before, after = (
        Printed(typesetter().pdf_of(manuscript_of_pack(each), max_pages=9)).words
        for each in (without, replace(without, since=since))
    )

    for page in (before[0], after[0]):
        *_, rows = page.partition("Decision asked")
        assert f"Drawn {decisions - 1} " in rows
        assert "Total" in rows
    line = r"Since earlier papers: .*? the papers said.*?; see page\s+(\d+)"
    [number] = re.findall(line, " ".join(after))
    assert HEADING in after[int(number) - 1]
    # The money comes first.
    money = next(place for place, page in enumerate(after) if "Money at risk" in page)
    assert money <= int(number) - 1
    assert len(after) <= len(before) + 1


@pytest.mark.once
def test_row_names_the_day_of_its_paper_and_what_a_month_is_counted_with_now() -> None:
    found = since_papers(
        [
            UseCaseMonths(
                name="Letters",
                months=(month("below", "-300"),),
                files={"a": "usage.csv"},
                signed=(date(2026, 4, 10),),
                now=Decimal(2527),
            )
        ]
    )

    [row] = packed_since(found).blocks[0].rows

    assert row.details.startswith(
        "December 2026. Paper signed on 10 April 2026. A month: $1,354 said, $2,527 in "
        "today’s paper, $1,054 cost, far from today’s, and ran on Claude Sonnet "
        "5.5: check its numbers. Furthest"
    )


@pytest.fixture
def audit(cast: Cast, settings: Settings) -> Audit:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    return signed(cast.ours)


def pack_with(tenant: Tenant) -> BoardPack:
    with scope(organization=tenant.organization):
        asked = ask_for_pack(tenant)
        return BoardPack.objects.get(pk=asked.pk)


@pytest.mark.thorough
def test_pack_says_what_usage_files_say_after_signed_papers(
    cast: Cast, audit: Audit
) -> None:
    counted(audit, cast.ours, sheet_of("1200", "9000"), "triage.csv")

    pack = pack_with(cast.ours)
    with scope(organization=cast.ours.organization):
        printed = read(pack).words

    told = (
        "Since earlier papers: 2 months of usage, in all $8,992 more than the papers "
        "said; see page 4."
    )
    assert told in " ".join(" ".join(printed).split())
    assert HEADING in printed[3]
    assert "Source: triage.csv." in printed[3]
    assert "Paper signed on " in printed[3]
    assert "in today’s paper" in printed[3]
    assert "+8,992" in printed[3]


@pytest.mark.thorough
@pytest.mark.usefixtures("stand_ins")
def test_pack_keeps_what_it_said_when_usage_changes(cast: Cast, audit: Audit) -> None:
    tenant = cast.ours
    kept = counted(audit, tenant, sheet_of("1200", "9000"), "triage.csv")
    first = pack_with(tenant)
    again = pack_with(tenant)

    with scope(organization=tenant.organization):
        remove_outcome_file(audit=audit, by=tenant.contributor, kept=kept)
        assert not UsageUpload.objects.filter(pk=kept.pk).exists()
        content = build_pack(first)
        may_be_made_again = is_as_asked(first)
    later = pack_with(tenant)

    assert again == first
    assert may_be_made_again
    assert content.since is not None
    total = content.since.blocks[0].since.total
    assert (total.difference, total.files) == (Decimal(8992), ("triage.csv",))
    assert later != first
    assert later.outcomes == {}


@pytest.mark.on_both
@pytest.mark.usefixtures("stand_ins")
def test_pack_has_only_the_use_cases_of_its_filter_and_organization(
    cast: Cast, audit: Audit
) -> None:
    counted(audit, cast.ours, sheet_of("1200"))
    counted(signed(cast.theirs), cast.theirs, sheet_of("9000"))

    with scope(organization=cast.ours.organization):
        whole = pack_with(cast.ours)
        others = Audit.objects.current().exclude(pk=audit.pk)
        assert frozen_outcomes(others) == {}
    assert [*whole.outcomes] == [str(audit.use_case_id)]
