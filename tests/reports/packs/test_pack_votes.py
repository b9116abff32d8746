"""What a pack says of votes: what one can save, what waits for one, what needs none."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from audits.frameworks.loading.loader import current
from audits.reports.packs.compared.pack_counts import Count
from audits.reports.packs.pack_money import totals
from audits.reports.packs.pack_risks import avoidable, risk_of
from audits.reports.packs.pack_since import packed_since
from audits.scoring.tracking.since_papers import UseCaseMonths, since_papers
from tests.portfolio.drawn_portfolios import Drawn
from tests.portfolio.printed_packs import pack_of
from tests.reports.packs.decided_plans import decided, money
from tests.scoring.tracking.test_outcomes import month

HELD = date(2027, 1, 24)  # two months after the day of the verdicts
PLAN = Drawn("retrieve", "prompt", "40", True, "live")


def test_vote_saves_what_is_left_of_a_plan_that_runs_less_what_replaces_it() -> None:
    found = totals([decided("stop", money(1000, 100))], HELD)
    [plan] = found.released
    assert plan.ends.left is not None
    assert plan.instead.left is not None
    left, instead = plan.ends.left.expected, plan.instead.left.expected
    runs = risk_of([("Mail", Decimal(12_000))])

    assert avoidable(runs, found.released, HELD) == (
        f"${left:,.0f} of that is still to be paid on 24 January 2027, and what "
        f"replaces it costs ${instead:,.0f} from then on: a vote saves "
        f"${left - instead:,.0f}."
    )
    # Not where more runs than a vote ends, where nothing is saved, or without a day.
    more = risk_of([("Mail", Decimal(12_000)), ("Letters", Decimal(1))])
    dearer = totals([decided("stop", money(1000, 2000))], HELD)
    assert avoidable(more, found.released, HELD) == ""
    assert avoidable(runs, dearer.released, HELD) == ""
    assert avoidable(runs, found.released, None) == ""
    assert avoidable(None, (), HELD) == ""


def test_training_to_approve_now_is_counted_apart_from_verdicts_that_name_it() -> None:
    pack, numbers = pack_of([PLAN] * 2), {"distil": 3, "tune": 1, "stop": 4}
    counts = tuple(
        Count(kind=kind, family=family, now=numbers[kind], before=None)
        for kind, family in current().families.items()
        if kind in numbers
    )
    one, other = pack.asked
    trains = replace(one, family="distil", signed="Signed off")

    def said(*asked: object) -> str:
        return replace(pack, counts=counts, asked=asked).message  # type: ignore[arg-type]

    names = "4 of 8 verdicts name training; the board can approve"
    assert said(one, other) == f"{names} none of it now"
    assert said(trains, other) == f"{names} 1 of them now"
    # Nobody can vote on what nobody signed, and other verdicts train nothing.
    assert said(replace(trains, signed=""), other) == f"{names} none of it now"
    assert said(replace(trains, family="stop"), other) == f"{names} none of it now"
    assert replace(pack, counts=counts[:1]).message == "No verdict names training"


def test_usage_far_above_the_paper_of_a_use_case_without_a_decision_is_named() -> None:
    def use_case(name: str, now: int) -> UseCaseMonths:
        return UseCaseMonths(
            name=name,
            months=(month("inside", "0"),),
            files={"a": "usage.csv"},
            now=Decimal(now),
        )

    paid = since_papers([use_case("One", 1)])[0].total.cost
    assert paid is not None
    far, near, above = (int(paid) // 3, int(paid), int(paid) * 3)
    found = packed_since(
        since_papers(
            [use_case("Policy", far), use_case("Mail", near), use_case("Notes", above)]
        )
    )

    line = (
        f"Policy: usage cost ${paid:,.0f} a month, and today’s paper counts ${far:,}."
    )
    assert found.far_off(("Policy", "Mail", "Notes")) == line
    assert found.far_off(("Mail", "Notes")) == ""
    pack = replace(pack_of([PLAN]), since=found)
    assert (pack.far_off, replace(pack, others=("Policy",)).far_off) == ("", line)
