"""The content of the page about a re-scored portfolio."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Page, Paginator

from audits.frameworks.loading import loader
from audits.frameworks.named import NamedVerdict
from audits.landscape.catalogue import Catalogue, catalogue
from audits.landscape.facts import Source
from audits.landscape.schema import Change
from audits.models import Audit
from audits.scoring.history.portfolio_history import ListedFlip, PortfolioHistory, Turn
from audits.scoring.proposals.counted_words import listed
from audits.services.portfolio.rescoring import AHEAD
from audits.templatetags.drawings import named_verdict
from audits.templatetags.timelines import family_counts

PAGE_SIZE = 25
MOST_AHEAD = 12
_MOST_NAMED = 2  # of the facts that changed verdicts: the heading has one line

_LEFT_OUT = {
    "no_answers": "no answers yet",
    "no_framework": "made with a framework that this release does not include",
    "nothing_fits": "no answers to the questions of this framework",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """An announced change of the market."""

    change: Change
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFlip:
    """A flip with its use case, whose name is None if it was removed.

    `arrow` is the number of its arrow in the drawing; None if it has none.
    """

    flip: ListedFlip
    arrow: int | None
    name: str | None
    before: NamedVerdict | None
    after: NamedVerdict | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """The whole content of the page."""

    title: str
    counts: str
    chart: str
    lead: str
    history: PortfolioHistory
    day: date
    today: date
    left_out: tuple[tuple[int, str], ...]
    flipped: int
    page: Page[ListedFlip]
    flips: list[NamedFlip]
    ahead: list[NamedFlip]
    flips_ahead: int
    coming: tuple[Coming, ...]
    more_coming: int

    @property
    def since(self) -> date:
        """The start of the flips: the chosen day, or all of the years for today."""
        return since_of(self.history, self.day, self.today)

    @property
    def until(self) -> date:
        """The later of both."""
        return max(self.day, self.today)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The days on which verdicts changed, until today."""
        return self.history.turns(self.today)

    @property
    def unlisted(self) -> int:
        """How many flips are counted but not listed."""
        return self.flipped - self.page.paginator.count


def build_findings(
    history: PortfolioHistory,
    names: Mapping[str, str] | None,
    day: date,
    today: date,
    page: str | None,
) -> Findings:
    """Return the page about a portfolio on a day, compared with today.

    Args:
        history: The portfolio, re-scored.
        names: Its use cases by audit; if they are not known, they are read.
        day: The chosen day.
        today: Today.
        page: Which page of the flips, as the address has it.
    """
    since, until = since_of(history, day, today), max(day, today)
    listed = history.flips(since, until)
    shown = Paginator(listed, PAGE_SIZE).get_page(page)
    ahead = history.flips(today, today + AHEAD)[:MOST_AHEAD]
    turns = enumerate(history.turns(today), 1)
    arrows = {turn.day: number for number, turn in turns}
    if names is None:
        names = _names([*shown, *ahead])
    changes = _coming(catalogue(today))
    return Findings(
        title=_title(history, today),
        counts=_counts(history, today),
        chart=chart_says(history, today),
        lead=_lead(history, day, today),
        history=history,
        day=day,
        today=today,
        left_out=tuple(
            (number, _LEFT_OUT[reason]) for reason, number in history.left_out.items()
        ),
        flipped=history.flipped(since, until),
        page=shown,
        flips=[_named(flip, names, arrows) for flip in shown],
        ahead=[_named(flip, names, arrows) for flip in ahead],
        flips_ahead=history.flipped(today, today + AHEAD),
        coming=changes[:MOST_AHEAD],
        more_coming=max(0, len(changes) - MOST_AHEAD),
    )


def since_of(history: PortfolioHistory, day: date, today: date) -> date:
    """Return the start of the flips of a day: today has those that the title counts."""
    return history.first if day == today else min(day, today)


def _title(history: PortfolioHistory, today: date) -> str:
    """Say what the market has changed since the first month."""
    changed = _of_verdicts(history, today)
    return f"The market changed {changed} since {history.first:%B %Y}."


def _counts(history: PortfolioHistory, today: date) -> str:
    """Say how many verdicts were to fine-tune in the first month, and are today."""
    then = family_counts(history, history.first)["tune"]
    now = family_counts(history, today)["tune"]
    return f"{_family()}: {then} in {history.first:%B %Y}, {now} today."


def chart_says(history: PortfolioHistory, today: date) -> str:
    """Say of which verdicts there are more now, or fewer, or what changed some.

    One more or one fewer is no finding. The title has how many changed.
    """
    then, now = family_counts(history, history.first), family_counts(history, today)
    rises = {each: now[each] - then[each] for each in now}
    for moved, sign in (("rose", 1), ("fell", -1)):
        steps = {each: sign * rise for each, rise in rises.items()}
        most = max(steps, key=lambda family: steps[family])
        if steps[most] > 1 and [*steps.values()].count(steps[most]) == 1:
            name = loader.current().families[most].name
            counts = f"from {then[most]:,} to {now[most]:,} verdicts"
            return f"“{name}” {moved} most: {counts}"
    return _changed_by(history, today)


def _changed_by(history: PortfolioHistory, today: date) -> str:
    """Say which facts of the market changed verdicts, the most frequent first."""
    flips = history.flips(history.first, today)
    if not flips:
        return f"No verdict changed since {history.first:%B %Y}"
    facts = Counter(cause.name for flip in flips for cause in flip.causes)
    named = [name[:1].lower() + name[1:] for name, _ in facts.most_common(_MOST_NAMED)]
    if rest := len(facts) - len(named):
        named.append(f"{rest} more")
    return f"What changed verdicts: {listed(named)}"


def _lead(history: PortfolioHistory, day: date, today: date) -> str:
    """Say the finding of the chosen day; empty for today, which the title has."""
    if day == today:
        return ""
    then, total = family_counts(history, day)["tune"], history.total
    cases = f"{then} of {total:,} use case{'' if total == 1 else 's'}"
    get = f"{cases} {'gets' if then == 1 else 'get'} “{_family()}”"
    on = f"{day.day} {day:%B %Y}"
    if day > today:
        return f"With the changes announced so far, {get} on {on}."
    return f"The same answers, assessed as of {on}: {get}."


def _family() -> str:
    return loader.current().families["tune"].name


def message_of(history: PortfolioHistory, today: date) -> str:
    """Say how many verdicts the market has changed since the first month."""
    since = f"Since {history.first:%B %Y}"
    return f"{since} the market has changed {_of_verdicts(history, today)}"


def _of_verdicts(history: PortfolioHistory, today: date) -> str:
    changed, total = history.changed(today), history.total
    number = f"{changed:,}" if changed else "none"
    return f"{number} of {total:,} verdict{'' if total == 1 else 's'}"


def _names(flips: list[ListedFlip]) -> Mapping[str, str]:
    """Return the names of the use cases of flips, by audit, in one query."""
    asked = {flip.audit for flip in flips}
    found = Audit.objects.filter(pk__in=asked).values_list("pk", "use_case__name")
    return {str(audit): name for audit, name in found}


def _named(
    flip: ListedFlip, names: Mapping[str, str], arrows: Mapping[date, int]
) -> NamedFlip:
    framework = loader.current()
    return NamedFlip(
        flip=flip,
        arrow=arrows.get(flip.day),
        name=names.get(flip.audit),
        before=named_verdict(framework, flip.before),
        after=named_verdict(framework, flip.after),
    )


def _coming(market: Catalogue) -> tuple[Coming, ...]:
    tomorrow = market.on + timedelta(days=1)
    return tuple(
        Coming(change=change, sources=market.sources(change))
        for change in market.changes_within(AHEAD.days)
        if change.day >= tomorrow
    )
