"""The figures at a glance: each is a link, with its change since last month."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from audits.models import (
    Audit,
    Organization,
    PortfolioRow,
    PortfolioRowQuerySet,
    Snapshot,
    Stage,
    Team,
)
from audits.models.fields.left_of import left_of
from audits.portfolio.sums.total import Total
from audits.scoring.costs.rounding import written
from audits.scoring.sums.currency_sums import in_organizations, states_line

_NAMED = 4  # use cases with training at risk
_A_YEAR = timedelta(days=360)  # after which a month also needs its year


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A count, its name, its change, and the filter that lists it, if one does.

    `than` says since when it changed, and `among` which other counts have it, too.
    """

    count: int
    name: str
    change: str
    than: str
    query: str
    among: str


def figures_of(
    total: Total, history: Sequence[Snapshot], link: Callable[..., str]
) -> list[Figure]:
    """Return the figures: those of the state add up to all, and those of two stages.

    Args:
        total: The counts now.
        history: The months before this one, the newest last; none for a selection.
        link: Returns the query that lists one of them.
    """
    last = history[-1] if history else None
    states, stages = (last.states, last.stages) if last else ({}, {})
    drafts = "draft" if total.draft == 1 else "drafts"
    rows = (
        (total.draft, drafts, states, Audit.State.DRAFT, "state"),
        (total.in_review, "in review", states, Audit.State.IN_REVIEW, "state"),
        (total.signed, "signed off", states, Audit.State.SIGNED_OFF, "state"),
        (total.are_live, "live", stages, Stage.LIVE, "stage"),
        (total.are_stopped, "stopped", stages, Stage.STOPPED, "stage"),
    )
    return [
        Figure(
            count=count,
            name=name,
            **_change(count - before.get(value, 0), last),
            query=link(**{field: value.value}),
            among=_included(total, value),
        )
        for count, name, before, value, field in rows
    ]


def _included(total: Total, value: str) -> str:
    """Say what others have of a count: the states of a stage, and lists of a state."""
    if value == Audit.State.IN_REVIEW and total.not_ready:
        need = "needs" if total.not_ready == 1 else "need"
        return f"{total.not_ready:,} {need} answers"
    if value == Audit.State.SIGNED_OFF and total.signed_not_done:
        return f"{total.signed_not_done:,} to carry out"
    is_stage = value in Stage.values and total.use_cases > 1
    return f"of the {total.use_cases:,}" if is_stage else ""


def in_training(
    of: Team | None, total: Total, *, among: PortfolioRowQuerySet | None = None
) -> tuple[str, ...]:
    """Name the use cases whose training a verdict is against, each with its money.

    Args:
        of: The team whose they are; without one, any.
        total: The counts, which say whether there are any.
        among: The rows that a filter leaves; without them, any.
    """
    if not total.training:
        return ()
    rows = PortfolioRow.objects.all().of_team(of) if among is None else among
    left = left_of("training_once", "training_off")
    found = rows.training_at_risk().annotate(left=left).order_by("-left", "name")
    first = found.values_list("name", "left")[: _NAMED + 1]
    said = [f"{name}, ${written(paid)}" for name, paid in first if paid]
    if (more := total.of_training - _NAMED) > 1:
        return (*said[:_NAMED], f"{more} more")
    return tuple(said)


def in_currency(organization: Organization, total: Total) -> str:
    """Return the sums in an organization's currency; empty for US dollars."""
    entered = in_organizations(organization.currency, timezone.localdate())
    sums = [(each.state, each.month, each.year) for each in total.states]
    return states_line(entered, sums)


def _change(more: int, last: Snapshot | None) -> dict[str, str]:
    if last is None:
        return {"change": "", "than": ""}
    is_recent = timezone.localdate() - last.month < _A_YEAR
    month = f"{last.month:%B}" if is_recent else f"{last.month:%B %Y}"
    if not more:
        return {"change": "as", "than": f"in {month}"}
    change = f"{abs(more)} {'more' if more > 0 else 'fewer'}"
    return {"change": change, "than": f"than in {month}"}
