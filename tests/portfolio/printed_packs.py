"""The overview of a pack of a drawn portfolio, as it is printed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from django.template.loader import render_to_string

from audits.frameworks.loading.loader import current
from audits.reports.packs.compared.pack_counts import Count
from audits.reports.packs.pack_asked import Asked
from audits.reports.packs.pack_money import totals
from audits.reports.packs.pack_paper import PackPaper
from audits.reports.packs.pack_risks import risk
from audits.reports.typesetting.branding import Branding
from audits.scoring.cards.checks import cost_before_part
from audits.scoring.money.measuring import measuring_cost
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import plan_state
from audits.scoring.sums.decision_rows import DecisionRow
from tests.pages import html_in
from tests.portfolio.drawn_portfolios import Drawn, cells, number

HELD = date(2027, 1, 15)
AMOUNTS = "What each decision changes"
NOT_COUNTED = re.compile(r"Not in the sum asked for: (.*?)\.\s+One-off", re.S)
DOLLARS = r"(\$[\d,]+(?:\.\d\d)?)"
WAITS = re.compile(rf"(\w+) plans: {DOLLARS} waits")
LOST = re.compile(r"at risk, as the advice is to train: (\S+) up front")
GOES_ON = re.compile(
    rf"(\w+) plans: {DOLLARS}(?: of “[^”]+”)? goes on (?:as it is|only if)"
)
COLUMNS = 6
IN_ALL = '<tbody class="in-all">'

type Row = list[Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What a pack prints.

    `decisions` are names with what is asked for, the current plan and what is
    recommended as printed, and `rows` the same as they were reckoned; `total` is asked
    for, `plans` the totals of current plans by state with the part of each that
    `goes_on`, where it is not all, `own_nets` the net in each row of a decision, `nets`
    that in the row of the total by the state of its plans, with that if training is
    paid, `meeting` the one of all, `recommended` that of what is recommended; `held` is
    what waits by state, and `not_counted` says what the sums leave out, if what is
    asked for `is_part`; `in_all` are the sums of the two tables behind the overview, by
    name; `lines` the sums by money and kind, with 12 months from a day,
    `rests` each net that rests on something, with what it is without that; `released`
    the plans by state and name, each as the rows of what ends, of what replaces it, and
    of the net, and `sums` their totals by state; `lost` the sum that may be lost.
    """

    title: str
    decisions: Sequence[tuple[str, str, list[str], list[str]]]
    rows: Sequence[DecisionRow]
    total: str
    plans: Mapping[str, Decimal]
    goes_on: Mapping[str, Decimal]
    own_nets: Sequence[Row]
    nets: Mapping[str, Row]
    meeting: Row
    recommended: Decimal
    held: Mapping[str, Decimal]
    in_all: Sequence[Mapping[str, Row]]
    not_counted: str
    is_part: bool
    lines: Mapping[str, Mapping[str, Row]]
    rests: Sequence[tuple[str, Row]]
    released: Mapping[str, Mapping[str, tuple[Row, Row, Row]]]
    sums: Mapping[str, tuple[Row, Row, Row]]
    lost: Decimal


def asked(place: int, drawn: Drawn) -> Asked:
    found, state = drawn.assessment, plan_state(drawn.stage)
    return Asked(
        number=place,
        reference=f"UC-{place:04}",
        name=f"Drawn {place}",
        asked="Agree.",
        verdict=found.named,
        family=None if found.prerequisite else found.family,
        money=money_of(found, state),
        state=state,
        measuring=measuring_cost(found),
        work=cost_before_part(current(), found),
        assumed=0,
        checked=None,
        due="",
        by=None,
        is_late=False,
        is_before=False,
    )


def pack_of(portfolio: Sequence[Drawn]) -> PackPaper:
    items = tuple(asked(place, drawn) for place, drawn in enumerate(portfolio))
    named = [(x.name, x.money) for x in items if x.state != "stopped"]
    return PackPaper(
        organization="Northgate",
        language="en",
        branding=Branding(),
        meeting="",
        held=HELD,
        filters="",
        identifier="",
        as_at=datetime(2026, 11, 27, tzinfo=UTC),
        use_cases=len(items),
        teams=1,
        asked=items,
        totals=totals([item.decided for item in items], HELD),
        goes_on=risk(named, "we_go_on"),
        may_fail=risk(named, "its_test_fails"),
        counts=(
            Count(kind="stop", family=current().families["stop"], now=0, before=None),
        ),
        changes=None,
        papers=(),
    )


def printed_pack(portfolio: Sequence[Drawn]) -> Printed:
    """Print the overview of a pack, and read its amounts."""
    pack = pack_of(portfolio)
    said = html_in(
        render_to_string("reports/packs/pack.html", {"pack": pack, "step": ""})
    )
    parts = {part.partition("</h2>")[0].strip(): part for part in said.split("<h2>")}
    come_to = parts.get("What the amounts come to, and how far they may be off", "")
    of_kinds, _, of_nets = come_to.partition('<table class="rests">')
    of_kinds, _, in_all = of_kinds.partition(IN_ALL)
    money = cells(of_kinds)[1:]
    needed = parts[AMOUNTS]
    ends = parts.get("What ends, and what replaces it", "").partition(IN_ALL)
    plans = cells(ends[0])[1:]
    lost = LOST.search(said)
    # What is asked has a row of one cell below that of its amounts.
    table = [row for row in cells(needed)[1:] if len(row) > 1]
    rows = [row for row in table if len(row) == COLUMNS]
    totals_of = [row for row in table if row[0][0].startswith("Total")]
    total = totals_of[-1] if totals_of else [[]] * (COLUMNS - 1)
    plans_of: dict[str, Decimal] = {}
    if total[1] not in ([], ["Not added"]):
        [state] = {row[0][-1] for row in rows if row[2]}
        plans_of[state] = number(total[1][0])
    goes_on = {
        state.lower(): number(amount) for state, amount in GOES_ON.findall(come_to)
    }
    named = NOT_COUNTED.search(come_to)
    return Printed(
        title=pack.title,
        decisions=[
            (row[0][0], amount_of(row[4]), row[2] + row[0][1:] * len(row[2]), row[3])
            for row in rows
        ],
        rows=pack.totals.rows,
        total=" ".join(total[3]),
        plans=plans_of,
        own_nets=[[number(x) for x in row[5]] for row in rows],
        nets=_nets(table, next(iter(plans_of), "")),
        meeting=[number(x) for x in total[4]],
        goes_on=goes_on,
        recommended=number(" ".join(total[2])),
        held={state.lower(): number(held) for state, held in WAITS.findall(come_to)},
        in_all=[_in_all(cells(in_all)), _in_all(cells(ends[2]))],
        not_counted=named[1] if named else "",
        is_part=bool(named),
        lines=_lines(money),
        rests=[
            (row[0][0], [number(" ".join(cell)) for cell in row[1:]])
            for row in cells(of_nets)[1:]
        ],
        released=_released([x for x in _triples(plans) if not _is_sum(x[1])]),
        sums={
            named[1].capitalize(): _amounts(x)
            for named, x in _triples(plans)
            if _is_sum(x)
        },
        lost=number(lost[1]) if lost else Decimal(0),
    )


def _nets(table: Sequence[list[list[str]]], only: str) -> Mapping[str, Row]:
    """Return the net of the total, and what it is if its training is paid.

    Args:
        table: The rows of the decisions and of their total.
        only: The state of the plans if all are alike; else, no net is of one state.
    """
    found: dict[str, Row] = {}
    for row in table if only else ():
        if row[0][0].startswith("Total") and row[4]:
            found[only] = [number(row[4][0])]
        elif row[0][0].startswith("If the "):
            found[only].append(number(row[1][0]))
    return found


IF_PAID = "Net if training is paid"
type Triple = tuple[list[list[str]], list[list[str]], list[list[str]]]


def _triples(rows: Sequence[list[list[str]]]) -> list[tuple[list[str], Triple]]:
    """Return the three rows of each plan, after the words of the row that names it."""
    plans = [row for row in rows if row[0] != [IF_PAID]]
    found: list[tuple[list[str], Triple]] = []
    while plans:
        named = plans.pop(0)[0] if len(plans[0]) == 1 else []
        ends, instead, net, *plans = plans
        found.append((named or ends[0], (ends, instead, net)))
    return found


def _is_sum(plan: Triple) -> bool:
    return plan[1][0][0] == "What replaces them"


def _in_all(rows: Sequence[list[list[str]]]) -> Mapping[str, Row]:
    """Return each sum of all kinds of money, from the verdicts and from a day on."""
    found: dict[str, Row] = {}
    for row in rows:
        names = [" ".join(cell) for cell in row if cell]
        [name] = [x for x in names if x[0].isalpha() and x != "In all"]
        amounts = [number(cell[0]) for cell in row if cell and not cell[0][0].isalpha()]
        found[name.removeprefix("In all: ").capitalize()] = [amounts[-1], amounts[0]]
    return found


def _lines(rows: Sequence[list[list[str]]]) -> Mapping[str, Mapping[str, Row]]:
    found: dict[str, dict[str, Row]] = {}
    head = ""
    for row in rows:
        head = " ".join(row[0]) or head
        kind = " ".join(row[1]).partition(":")[0]
        found.setdefault(head, {})[kind] = [
            number(" ".join(row[place][:1])) for place in (5, 3)
        ]
    return found


def _released(
    plans: Sequence[tuple[list[str], Triple]],
) -> Mapping[str, Mapping[str, tuple[Row, Row, Row]]]:
    found: dict[str, dict[str, tuple[Row, Row, Row]]] = {}
    for (name, state, *_), plan in plans:
        found.setdefault(state.capitalize(), {})[name] = _amounts(plan)
    return found


def _amounts(plan: Triple) -> tuple[Row, Row, Row]:
    ends, instead, net = ([number(" ".join(x)) for x in row[1:]] for row in plan)
    return ends, instead, net[-2:]


def amount_of(cell: Sequence[str]) -> str:
    """Return the amount of a cell, without the “at least” before it."""
    first = next(iter(cell), "").removeprefix("at least")
    return first.strip() or " ".join(cell[1:2])
