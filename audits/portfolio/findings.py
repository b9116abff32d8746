"""The charts of the portfolio: what each shows, and its message in one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple, cast
from uuid import UUID

from audits.charts.months import Month, MonthsChart, months_chart
from audits.charts.parts import Part, parts
from audits.frameworks.loading import loader
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import LIVE, Framework
from audits.models import Snapshot
from audits.portfolio.sums.total import Total
from audits.portfolio.totals import Kind, TeamTally, Totals, kinds
from audits.scoring.costs.rounding import written

MOST_TEAMS = 10
_PAST_NOTE = (
    "Months with * were worked out later from the submissions, the sign-offs and the"
    " record: drafts count as not scored, and use cases deleted since are left out."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """A family of verdicts: how many use cases it has, and their money.

    `bar` is what runs and, after it, what is planned.
    """

    kind: str
    name: str
    mark: str
    tally: Total
    bar: tuple[Part, ...]


class Cell(NamedTuple):
    """How many use cases have a verdict of a family."""

    kind: str
    mark: str
    name: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRow:
    """A team: how many of its use cases have a verdict of each family."""

    id: UUID
    name: str
    total: Total
    cells: tuple[Cell, ...]
    bar: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SumRow:
    """All teams together."""

    teams: int
    total: Total
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastMonth:
    """A month: its name, how many verdicts of each family it has, and all."""

    name: str
    counts: tuple[int, ...]
    all: int
    worked_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The verdicts month by month, this month so far.

    `source` says of months that were worked out later that they were, and `note` how.
    """

    message: str
    source: str
    note: str
    chart: MonthsChart
    months: tuple[PastMonth, ...]


def css(kind: Kind) -> str:
    """Return the name of a family in styles."""
    return kind or "none"


def name_of(kind: Kind) -> str:
    """Return the name of a family in charts and tables."""
    return loader.current().families[kind].name if kind else "Not scored"


def against() -> tuple[Kind, ...]:
    """Return the families whose verdicts are against training.

    A tuned model that is kept or moved was trained for a reason, and nothing is decided
    yet where evidence is gathered first.
    """
    families = loader.current().families
    return tuple(
        family
        for family, words in families.items()
        if not words.trains and family not in (*LIVE, "gather")
    )


def kind_heads() -> list[tuple[str, str]]:
    """Return each family's class and name, in order."""
    return [(css(kind), name_of(kind)) for kind in kinds()]


def money_rows(totals: Totals) -> list[KindRow]:
    """Return the money by family: what runs, and what is planned.

    The two are parts of one bar, which differ, and all bars have one scale.
    """
    found = [totals.of(kind) for kind in kinds()]
    sums = (float((x.running or 0) + (x.planned or 0)) for x in found)
    most = max([1.0, *sums])
    return [
        KindRow(
            kind=css(kind),
            name=name_of(kind),
            mark=mark_of(kind),
            tally=tally,
            bar=_bar(most, running=tally.running, planned=tally.planned),
        )
        for kind, tally in zip(kinds(), found, strict=True)
        if tally.use_cases
    ]


def _bar(most: float, **amounts: Decimal | None) -> tuple[Part, ...]:
    named = [(name, float(amount or 0)) for name, amount in amounts.items()]
    return tuple(parts(named, most))


def mark_of(kind: Kind) -> str:
    """Return the mark of a family."""
    return loader.current().families[kind].mark if kind else "none"


def money_message(total: Total) -> str:
    """Say what the chart of money by verdict shows, in one short sentence.

    What is at risk in training is in it where nothing that runs is.
    """
    if not total.has_money:
        return "No use case has numbers to estimate its spend"
    paid = _training(total) if total.training else ""
    also = f"{paid} for training is at risk" if paid else ""
    if not total.running:
        return f"No spend runs, but {also}" if also else "No spend runs"
    if also and not total.risk:
        return f"{also[0].upper()}{also[1:]}"
    how_much = _percent(total.risk / total.running * 100) if total.risk else "None"
    return f"{how_much} of the running spend is at risk"


def training_message(total: Total) -> str:
    """Say what `money_message` leaves out: the training at risk; empty if none is."""
    if not total.training:
        return ""
    if not total.running:
        return f"The training is paid once{_undecided(total)}."
    if not total.risk:
        return (
            f"The training is paid once{_undecided(total)}. "
            "None of the running spend is at risk."
        )
    return f"Also at risk, once: {_training(total)} for training{_undecided(total)}."


def _undecided(total: Total) -> str:
    """Say what of the training at risk is decided, as a board pack does."""
    if not total.training_decided:
        return ""
    decided = total.training_decided
    part = f"${written(decided)} of it" if decided != total.training else "it"
    return f"; {part} is decided and not carried out"


def _training(total: Total) -> str:
    """Say how much training is at risk: the most, if some may be paid already."""
    most = "up to " if total.of_training_open else ""
    return f"{most}${written(total.training or Decimal(0))}"


def _percent(share: Decimal) -> str:
    return "Less than 1%" if share < 1 else f"{share:,.0f}%"


def team_rows(teams: Sequence[TeamTally]) -> list[TeamRow]:
    """Return the teams with most use cases."""
    largest = sorted(teams, key=lambda team: (-team.total.use_cases, team.name))
    return rows_of(largest[:MOST_TEAMS])


def rows_of(teams: Sequence[TeamTally]) -> list[TeamRow]:
    """Return the counts of teams by family, all on one scale."""
    most = max([1, *(team.total.use_cases for team in teams)])
    return [_team_row(team, most) for team in teams]


def _team_row(team: TeamTally, most: int) -> TeamRow:
    counts = {kind: team.kinds.get(kind, Total()).use_cases for kind in kinds()}
    amounts = [(css(kind), count) for kind, count in counts.items()]
    return TeamRow(
        id=team.id,
        name=team.name,
        total=team.total,
        cells=tuple(_cell(kind, count) for kind, count in counts.items()),
        bar=tuple(parts(amounts, most)),
    )


def _cell(kind: Kind, number: int) -> Cell:
    return Cell(css(kind), mark_of(kind), name_of(kind), number)


def sum_of(totals: Totals) -> SumRow:
    """Return the counts and the money of all teams together."""
    cells = tuple(_cell(kind, totals.of(kind).use_cases) for kind in kinds())
    return SumRow(teams=len(totals.teams), total=totals.total, cells=cells)


def teams_message(totals: Totals) -> str:
    """Say how many submitted verdicts are against training, and in how many teams.

    Those of drafts are provisional, so they are left out.
    """
    families = against()
    number = totals.of(*families).submitted
    teams = [
        team
        for team in totals.teams
        if any(team.kinds[kind].submitted for kind in families if kind in team.kinds)
    ]
    scored = totals.total.submitted - totals.of(None).submitted
    if not number:
        return "No submitted verdict is against training"
    are = "is" if number == 1 else "are"
    said = f"{number:,} of {scored:,} submitted verdicts {are} against training"
    if len(totals.teams) == 1:
        return said
    return f"{said}, in {len(teams):,} of {len(totals.teams):,} teams"


def counted_message(totals: Totals) -> str:
    """Say which verdicts the title counts, and what the chart adds with the drafts."""
    found, said = totals.of(*against()), _families_said(totals)
    if not found.draft:
        return said
    drafts = f"{found.draft:,} provisional draft{'s' * (found.draft > 1)}"
    every = f"{found.use_cases:,} of {totals.total.use_cases:,}"
    return f"{said} With {drafts}, it is {every}.".lstrip()


def _families_said(totals: Totals) -> str:
    """Say how many verdicts of each family are against training; empty of one."""
    numbers = [(totals.of(kind).submitted, name_of(kind)) for kind in against()]
    named = [f"{number:,} “{name}”" for number, name in numbers if number]
    return f"They are {' and '.join(named)}." if len(named) > 1 else ""


def past_of(
    history: Sequence[Snapshot], totals: Totals, today: date, framework: Framework
) -> Past | None:
    """Return the verdicts month by month; None without an earlier month.

    Args:
        history: The months before this one, the newest last.
        totals: The counts now.
        today: The day.
        framework: The framework whose verdicts are counted.
    """
    if not history:
        return None
    then = [(shot.month, _by_kind(shot, framework)) for shot in history]
    now = {css(kind): totals.of(kind).use_cases for kind in kinds()}
    counted = [*then, (today.replace(day=1), now)]
    later = {shot.month for shot in history if shot.worked_out}
    months = [Month(name=f"{month:%b %y}", counts=counts) for month, counts in counted]
    return Past(
        message=_past_message(then[0][1], totals, history[0]),
        source=_past_source(len(later), len(history)),
        note=_PAST_NOTE if later else "",
        chart=months_chart(months, kind_heads(), "Use cases by verdict"),
        months=tuple(
            PastMonth(
                name=f"{month:%B %Y}",
                counts=tuple(counts[css(kind)] for kind in kinds()),
                all=sum(counts.values()),
                worked_out=month in later,
            )
            for month, counts in reversed(counted)
        ),
    )


def _by_kind(shot: Snapshot, framework: Framework) -> dict[str, int]:
    counts = dict.fromkeys(map(css, kinds()), 0)
    for verdict, number in shot.verdicts.items():
        words = framework.verdicts.get(cast("Verdict", verdict))
        counts[css(words.family if words else None)] += number
    return counts


def _past_message(then: dict[str, int], totals: Totals, first: Snapshot) -> str:
    """Compare the first month with now, as the drawing of the months shows it.

    The verdicts of drafts are in it since months are kept, and not in those worked out.
    """
    month, families = f"{first.month:%B %Y}", against()
    if first.worked_out:
        what = "Use cases"
        before, after = sum(then.values()), totals.total.use_cases
    else:
        what = "Verdicts against training, drafts included"
        before = sum(then[css(family)] for family in families)
        after = totals.of(*families).use_cases
    if before == after:
        return f"{what}: {after:,}, as in {month}"
    return f"{what}: {before:,} in {month}, {after:,} now"


def _past_source(later: int, months: int) -> str:
    """Say which months were worked out later; empty without any."""
    if not later:
        return ""
    if later == months:
        return "Earlier months were worked out afterwards."
    return f"{later:,} of the {months:,} earlier months were worked out later."
