"""What a pack says of the months after earlier papers, in words and in rows."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from audits.models import BoardPack
from audits.reports.packs.said.months_words import far_off
from audits.reports.packs.said.total_words import listed
from audits.scoring.costs.rounding import as_printed, written
from audits.scoring.days import in_words
from audits.scoring.tracking.calibration import conclusion
from audits.scoring.tracking.far_off import is_far
from audits.scoring.tracking.outcome_words import (
    cause_of,
    listed_sentence,
    span_of,
)
from audits.scoring.tracking.outcomes import months_of
from audits.scoring.tracking.since_papers import (
    MonthsSum,
    SincePapers,
    UseCaseMonths,
    since_papers,
)
from audits.scoring.tracking.words import SYNTHETIC, list_prices

_NAMED = 2  # usage files of a row


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceRow:
    """A row of the table: the months of one use case, or of several together.

    A total is the sum of the rows above it.
    """

    name: str
    sum: MonthsSum
    is_total: bool = False

    @property
    def details(self) -> str:
        """The period, the papers, the largest cause if any, and the usage files."""
        if self.is_total:
            return ""
        said = [span_of(self.sum.first, self.sum.last), *self._papers]
        if cause := cause_of(self.sum.held):
            said.append(f"Furthest from its paper: {cause}")
        return f"{'. '.join(said)}. Source: {self._source}."

    @property
    def _papers(self) -> Iterator[str]:
        """When the papers were signed, and what a month is counted with by now."""
        if self.sum.signed:
            papers = "Paper" if len(self.sum.signed) == 1 else "Papers"
            yield f"{papers} signed on {listed([*map(in_words, self.sum.signed)])}"
        if self.sum.now is not None:
            yield from self._beside_today(self.sum.now)

    def _beside_today(self, now: Decimal) -> Iterator[str]:
        """Say what a month was said to cost, cost, and is counted with by now."""
        said, cost = self.sum.said, self.sum.cost
        if said is None or cost is None:
            yield f"Counted today with ${written(now)} a month"
            return
        then, paid = (as_printed(x / self.sum.months) for x in (said, cost))
        on = f", and ran on {self.sum.ran_on}" if self.sum.ran_on else ""
        check = (
            f", far from today’s{on}: check its numbers" if is_far(now, paid) else ""
        )
        yield (
            f"A month: ${written(then)} said, ${written(now)} in today’s paper, "
            f"${written(paid)} cost{check}"
        )

    @property
    def _source(self) -> str:
        """The names of one use case's usage files, else how many there are."""
        files = self.sum.files
        if self.sum.use_cases > 1:
            return _count(len(files), "usage file")
        more = len(files) - _NAMED
        return listed([*files[:_NAMED], *([f"{more} more"] if more > 0 else [])])


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceBlock:
    """What happened by real usage, or by synthetic usage."""

    since: SincePapers

    @property
    def is_synthetic(self) -> bool:
        """Whether nobody paid any of it."""
        return self.since.is_synthetic

    @property
    def lead(self) -> str:
        """How many use cases and months there are, where these are, and the sum."""
        return " ".join(_lead(self.since))

    @property
    def rows(self) -> tuple[SinceRow, ...]:
        """The largest differences, all others together, and the sum of all."""
        return tuple(_rows(self.since))

    @property
    def notes(self) -> str:
        """Which months are in no count or no sum, and what so many can show."""
        return " ".join(_notes(self.since))


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSince:
    """What a pack says of earlier papers: `line` on page 1, `blocks` on the next.

    The line names no page.
    """

    line: str
    blocks: tuple[SinceBlock, ...]

    def far_off(self, names: Collection[str]) -> str:
        """Say where a month costs far more than a paper of today counts; may be empty.

        Args:
            names: The use cases of which it is said: those that need no decision.
        """
        said = [x for block in self.blocks for x in far_off(block.since, names)]
        return f"{'; '.join(said)}." if said else ""

    @property
    def synthetic_says(self) -> str:
        """What synthetic usage is."""
        return SYNTHETIC

    @property
    def is_synthetic(self) -> bool:
        """Whether there is no month of real usage."""
        return all(block.is_synthetic for block in self.blocks)


def since_of(pack: BoardPack) -> PackSince | None:
    """Return what happened after earlier papers, as frozen; None without a month."""
    found = since_papers(
        [
            UseCaseMonths(
                name=each["name"],
                months=months_of(each["months"]),
                files=each["files"],
                signed=tuple(map(date.fromisoformat, each.get("signed", ()))),
                now=Decimal(now) if (now := each.get("now")) else None,
            )
            for each in pack.outcomes.values()
        ]
    )
    return packed_since(found) if found else None


def packed_since(found: tuple[SincePapers, ...]) -> PackSince:
    """Return the words for what happened: of real usage first, if there is any."""
    first = found[0]
    usage = "synthetic usage" if first.is_synthetic else "usage"
    apart = ["without synthetic usage"] if len(found) > 1 else []
    told = [_months(first.total, usage), *_sum(first.total), *apart]
    return PackSince(
        line=f"Since earlier papers: {', '.join(told)}",
        blocks=tuple(SinceBlock(since=each) for each in found),
    )


def _months(found: MonthsSum, usage: str) -> str:
    """Count the months, and the use cases where there are several."""
    months = _count(found.months, "month")
    of = f" in {found.use_cases:,} use cases" if found.use_cases > 1 else ""
    return f"{months} of {usage}{of}"


def _sum(found: MonthsSum) -> Iterator[str]:
    if found.difference is not None:
        yield f"in all {_more(found.difference)} than the papers said"


def _lead(since: SincePapers) -> Iterator[str]:
    total, held = since.total, since.total.held
    have, their = ("has", "its") if total.use_cases == 1 else ("have", "their")
    usage = "synthetic usage" if since.is_synthetic else "usage"
    months, when = _count(total.months, "month"), span_of(total.first, total.last)
    yield (
        f"{_count(total.use_cases, 'use case')} {have} {usage} after {their} signed "
        f"paper: {months} in all, {when}."
    )
    if held.judged:
        was = "was" if held.inside == 1 else "were"
        whose = "its" if held.judged == 1 else "their"
        yield (
            f"{held.inside} of {_count(held.judged, 'month')} {was} inside the range "
            f"of {whose} paper, {held.above} above and {held.below} below."
        )
    if held.weak:
        yield (
            f"{_count(held.weak, 'month')} {'is a' if held.weak == 1 else 'are'} "
            f"{'weak test' if held.weak == 1 else 'weak tests'} of the range: people "
            "and other costs that no usage file shows are more than half of the paper."
        )
    if total.difference is not None:
        cost = "synthetic cost" if since.is_synthetic else "cost"
        yield f"The {cost} is {_more(total.difference)} than was said."


def _rows(since: SincePapers) -> Iterator[SinceRow]:
    for each in since.largest:
        yield SinceRow(name=each.name, sum=each)
    if since.others:
        count = since.others.use_cases
        yield SinceRow(name=_count(count, "other use case"), sum=since.others)
    if since.total.use_cases > 1:
        name = f"All {since.total.use_cases:,} use cases"
        yield SinceRow(name=name, sum=since.total, is_total=True)


def _notes(since: SincePapers) -> Iterator[str]:
    held = since.total.held
    if held.no_range:
        yield f"For {_count(held.no_range, 'month')}, the paper gave no range."
    if held.unknown:
        yield (
            f"What {_count(held.unknown, 'month')} cost is not known, so no sum has it."
        )
    if held.at_list_prices and since.is_synthetic:  # nobody billed any of it
        yield (
            f"For {_count(held.at_list_prices, 'month')} of these, the cost is "
            f"computed from tokens at {list_prices(held.prices_checked)}."
        )
    elif held.at_list_prices:
        yield listed_sentence(held)
    if held.judged and not since.is_synthetic:
        yield conclusion(held)


def _more(difference: Decimal) -> str:
    if not difference:
        return "no more and no less"
    return f"${written(abs(difference))} {'more' if difference > 0 else 'less'}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
