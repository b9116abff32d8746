"""The net of a meeting: all that is asked for, less the plans that end."""

from dataclasses import replace
from decimal import Decimal

from audits.reports.packs.pack_money import totals
from audits.reports.packs.sums.meeting_net import meeting_net
from audits.reports.packs.sums.worst_case import worst_case
from tests.reports.packs.bands import band
from tests.reports.packs.decided_plans import decided, money, undecided


def test_net_of_a_meeting_is_what_is_asked_for_less_all_plans_that_end() -> None:
    running = decided("stop", money(1000, 100))
    planned = decided("stop", money(100, 250), "planned")
    new = decided("rebuild", money(None, 40))

    found = totals([running, planned, new])
    net = found.meeting

    assert net is not None
    assert net.ends == 12 * (1000 + 100)
    assert net.change == 12 * (100 + 250 + 40) - net.ends
    assert net.change == sum(row.change or Decimal(0) for row in found.rows)
    assert found.of_all.change == net.change
    asked, ends, in_all = (line.shown for line in found.in_all)
    assert (asked, ends, in_all) == ("4,680", "13,200", "−8,520")
    assert (
        net.ranged
        == "$8,520 less than the plans that end, from $8,520 less to $8,520 less"
    )
    assert net.if_paid == ""
    assert " ask for $4,680 over" in " ".join(found.title.split())


def test_worst_case_is_what_a_vote_releases_and_then_what_later_votes_add() -> None:
    running, new = decided("stop", money(1000, 100)), money(None, 40)
    wide = replace(new, rows=(replace(new.rows[0], year=band(400, 480, 900)),))
    found = totals([running, decided("rebuild", wide)])

    assert found.meeting is not None
    assert found.meeting.high == 1200 + 900 - 12000
    assert found.worst_case == (
        "At worst, if the board later agrees to every high end, the net is $9,900 less."
    )
    # It is the end of the range that the page behind the overview has.
    assert found.in_all[-1].amount is not None
    assert found.in_all[-1].amount.low == 9900
    rebuilt = totals([decided("rebuild", wide)])
    assert rebuilt.worst_case == (
        "At worst, if the board later agrees to its high end, the cost is $900."
    )
    # Training that is only prepared for takes the place of the plan that goes on.
    row, *_ = rebuilt.rows
    prepares = replace(
        row, name="Fields", in_all=band(0, 0, 3000), goes_on=band(90, 100, 110)
    )
    assert worst_case([prepares], rebuilt.asked).endswith(
        "its high end, the cost is $900; with training for “Fields”, $2,910 ($2,100 "
        "for it, less $90 at least for the plan that it replaces)."
    )
    alone = replace(prepares, goes_on=None)
    assert worst_case([alone], rebuilt.asked).endswith("$3,000 ($2,100 for it).")
    # A cost that the worst case has not is named on its own, and no other.
    left = {"left_out": ("training",), "later": Decimal(50)}
    less = replace(prepares, in_all=band(0, 0, 90), **left)  # type: ignore[arg-type]
    for row, said in ((prepares, ""), (replace(less, later=None), "")):
        assert replace(rebuilt, rows=(row,)).lacking == said
    more = "“Fields” may cost $50 more after a second approval."
    assert more.partition(" ")[2] in replace(rebuilt, rows=(less,)).lacking
    assert "Fields" not in worst_case([less], rebuilt.asked)
    # No net is 0 more or 0 less.
    even = replace(rebuilt.asked, released={"running": band(480, 480, 480)})
    assert worst_case([], even).endswith("the net is $420 more.")
    # Without ranges there is none.
    assert totals([running]).worst_case == ""


def test_meeting_that_ends_nothing_or_asks_for_nothing_has_no_such_sentence() -> None:
    alone = totals([decided("rebuild", money(None, 40))]).meeting

    assert alone is not None
    assert (alone.ends, alone.change) == (Decimal(0), Decimal(480))
    assert (alone.with_range, alone.if_paid) == ("", "")
    assert meeting_net(totals([decided("tune", undecided(10))]).asked) is None
