"""What each decision of a pack asks for, as a pack prints it."""

import re
from dataclasses import replace
from datetime import date

from django.template.loader import render_to_string
from django.utils.html import strip_tags

from audits.reports.packs.pack_money import totals
from tests.pages import html_in
from tests.portfolio.drawn_portfolios import Drawn, cells
from tests.portfolio.printed_packs import pack_of
from tests.reports.packs.decided_plans import decided, money, undecided

OF_ALL = "Total recommended and asked for, at least"


def test_title_says_on_how_many_the_board_can_vote_today() -> None:
    pack = pack_of([Drawn("retrieve", "prompt", "40", True, "live")] * 3)
    first, *others = pack.asked
    signed = replace(first, signed="Signed off")

    made = [
        replace(pack, asked=asked)
        for asked in (
            pack.asked,
            (signed, *others),
            tuple(replace(x, signed="Signed off") for x in pack.asked),
        )
    ]
    pages = [
        " ".join(
            strip_tags(render_to_string("reports/packs/pack.html", {"pack": x})).split()
        )
        for x in made
    ]

    none, one, every = (" ".join(each.title.split()) for each in made)
    assert none == "Three decisions, none signed off, ask for $86,136 over 12 months"
    assert one == "One decision to vote on: $28,712 over 12 months"
    assert every == "Three decisions ask for $86,136 over 12 months"
    votes = "The board can vote only on what is signed off"
    of_it = "Not for this meeting Two wait for sign-off. US$ over 12"
    assert [(f"{votes}." in page, of_it in page) for page in pages] == [
        (True, False),
        (False, True),
        (False, False),
    ]
    net = "Net: $19,700 more than the plans that end, from"
    assert [net in page for page in pages] == [False, True, False]
    assert [
        (
            "For decision" in page,
            "Waits for sign-off Three" in page,
            page.index("Total 9,012 28,712 +19,700") < page.index("Waits for sign-off.")
            if "Waits for sign-off." in page
            else False,
            "A yes releases only what is asked for; more comes back" in page,
            "In all Asked for 28,712" in page,
            "With 2 more, once signed off 86,136" in page,
            page.count("Only what is signed off") == 2,
        )
        for page in pages
    ] == [
        (False, True, False, False, False, False, False),
        (True, False, True, True, True, True, True),
        (True, False, False, True, False, False, False),
    ]
    # The title says it of all, and each row only where they differ.
    assert [page.count("Waits for sign-off.") for page in pages] == [0, 2, 0]
    assert "All three are signed off by a reviewer." in pages[2]


def test_pack_of_papers_for_information_needs_no_decision() -> None:
    drawn = Drawn(
        case="retrieve", plan="prompt", volume="40", has_upkeep=True, stage="live"
    )
    pack = pack_of([drawn])
    told = [replace(x, told="For information: proposed by Ana") for x in pack.asked]
    signed = replace(pack, asked=tuple(replace(x, signed="Yes") for x in pack.asked))
    found = totals([x.decided for x in told])
    pages = [
        " ".join(
            strip_tags(render_to_string("reports/packs/pack.html", {"pack": x})).split()
        )
        for x in (signed, replace(pack, asked=tuple(told), totals=found))
    ]

    for needed, page in zip((True, False), pages, strict=True):
        assert ("For decision" in page) is needed
        assert ("Decisions needed" in page) is needed
        assert ("What is for information" in page) is not needed
        assert ("For information: proposed by Ana." in page) is not needed


def test_total_has_a_row_for_the_plans_of_each_state() -> None:
    running = decided("stop", money(200, 7))
    ended = decided("stop", money(100, 9), "planned")
    funded = decided("tune", undecided(10), "planned")
    pack = pack_of([Drawn("retrieve", "prompt", "40", True, "live")])

    one, both = (
        cells(
            html_in(
                render_to_string(
                    "reports/packs/pack.html",
                    {"pack": replace(pack, totals=totals(each, pack.totals.on))},
                )
            )
        )
        for each in ([ended, funded], [running, ended, funded])
    )

    totals_of_one, totals_of_both = (
        [[cell[0] if cell else "" for cell in row] for row in printed if is_total(row)]
        for printed in (one, both)
    )
    # Each table has one total: that of each state is behind the overview. The net is
    # what is asked for, less the plans that end.
    assert totals_of_one == [
        ["Total, at least", "1,200", "108", "\u22121,092", ""],
        [OF_ALL, "Not added", "108", "108", "\u22121,092"],
    ]
    assert totals_of_both == [
        ["Total, at least", "3,600", "192", "\u22123,408", ""],
        [OF_ALL, "Not added", "192", "192", "\u22123,408"],
    ]


def test_sums_by_kind_of_money_have_one_in_all_in_the_order_of_the_decisions() -> None:
    planned = decided("stop", money(100, 9), "planned")
    running, new = decided("stop", money(200, 7)), decided("rebuild", money(None, 40))
    pack = pack_of([Drawn("retrieve", "prompt", "40", True, "live")])
    found = totals([planned, running, new], date(2026, 12, 24))
    context = {"pack": replace(pack, totals=found), "total": found}

    sums, plans = (
        cells(html_in(render_to_string(f"reports/packs/{name}.html", context)))
        for name in ("sums", "plans")
    )

    first = [" ".join([*row[0], *row[1]]) for row in sums[1:]]
    assert [x for x in first if x.startswith(("Planned", "Running", "New"))] == [
        "Planned End: plans that are given up",
        "Running End: plans that run",
        "New Spend: what has no current plan",
    ]
    in_all = [[cell[0] if cell else "" for cell in row] for row in sums[-3:]]
    left = [line.shown_from_day for line in found.in_all]
    # 108 + 84 + 480, and 1,200 + 2,400.
    assert in_all == [
        ["In all", "Asked for", "672", "", left[0]],
        ["", "Plans that end", "3,600", "", left[1]],
        ["", "Net", "\u22122,928", "", left[2]],
    ]
    # What is in all is in one table alone; the other ends with the last net.
    assert "In all" not in " ".join(cell[0] for row in plans for cell in row if cell)
    assert plans[-1][0] == ["Net"]
    # Each month costs the same, so 12 months from the vote are the sum asked for.
    assert left == ["672", "3,600", "\u22122,928"]
    assert found.minuted == (
        "The minutes have the $672 asked for, for 12 months from the decision."
    )
    assert totals([planned]).minuted == ""


def is_total(row: list[list[str]]) -> bool:
    return bool(row[0]) and row[0][0].startswith("Total")


def test_pack_says_which_part_of_the_plans_goes_on() -> None:
    pack = pack_of([Drawn("retrieve", "prompt", "40", True, "live")])
    funded = decided("tune", undecided(10), "planned")
    ended = decided("stop", money(100, 9), "planned")
    found = totals([ended, funded], pack.totals.on)
    made = replace(pack, totals=found)

    told = " ".join(
        strip_tags(render_to_string("reports/packs/pack.html", {"pack": made})).split()
    )

    assert "End: plans that are given up 1 1,200" in told
    assert re.search(
        r"Planned plans: \$12,000 of “\w+” goes on only if its owner chooses so.", told
    )


def test_row_says_that_it_has_neither_price_nor_sponsor() -> None:
    pack = pack_of([Drawn("retrieve", "prompt", "40", True, "live")])
    [priced] = pack.asked
    unpriced = replace(priced, money=None)

    said = [
        "No price and no sponsor yet."
        in render_to_string(
            "reports/packs/pack.html",
            {"pack": replace(pack, asked=(replace(item, has_sponsor=has),))},
        )
        for item in (priced, unpriced)
        for has in (True, False)
    ]

    assert said == [False, False, False, True]
