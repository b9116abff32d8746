"""What happened after a paper: each month once, of all files, to JSON and back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from audits.scoring.causes.split import Part
from audits.scoring.days import in_words
from audits.scoring.tracking.bills import odd_bills_of
from audits.scoring.tracking.months import (
    Followed,
    InForce,
    MonthSeen,
    Place,
    Standing,
    Used,
    followed,
    standing_of,
    whole_months,
)
from audits.scoring.tracking.said import Said
from audits.scoring.tracking.uncounted import in_month, uncounted_sentence
from audits.scoring.tracking.words import (
    broken_sentences,
    left_out_sentences,
    listed,
    rest_of,
    why_unknown,
)
from audits.usage.rows import UsageFile


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedFile:
    """A usage file with the models that count for a use case, and no other.

    `read_on` is the day on which it was read: a month that ends later is not over.
    `others` is what of the file does not count; None if that is not known.
    """

    id: str
    name: str
    read_on: date
    usage: UsageFile
    is_synthetic: bool
    others: UsageFile | None = None

    @property
    def left_out(self) -> tuple[str, ...]:
        """Sentences about what in it counts for no month."""
        told = uncounted_sentence(self.others) if self.others else ""
        return (*self.usage.left_out, *([told] if told else []))


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedMonth:
    """A month beside what the paper said; amounts are US dollars as printed.

    `low` and `high` are equal where the paper gave no range. `seen` is None where the
    file does not say what the month cost, and `why_unknown` says why. `rest` is the
    part of it that no usage file says. `file` is the id of the file that it is from.
    `quiet` counts its days without use. `used` is None for a month that was stored
    without it, and so is `prices_checked`, the day on which the list prices of a month
    without a bill were checked. `uncounted` says what the file has of the month that
    does not count, and `odd_bill` that the bill is far from list prices; else empty.
    """

    first: date
    place: Place
    said: Decimal
    low: Decimal
    high: Decimal
    seen: Decimal | None
    parts: tuple[Part, ...]
    rest: Decimal
    is_at_list_prices: bool
    why_unknown: str
    file: str
    is_synthetic: bool
    quiet: int = 0
    used: Used | None = None
    prices_checked: date | None = None
    uncounted: str = ""
    odd_bill: str = ""

    @property
    def difference(self) -> Decimal | None:
        """How much more it cost than the paper said; the parts add up to it."""
        return None if self.seen is None else self.seen - self.said

    @property
    def usage_said(self) -> Decimal:
        """The part of what the paper said that a usage file can show."""
        return self.said - self.rest

    @property
    def usage(self) -> Decimal | None:
        """The same part of what the month cost; all that differs is in it."""
        return None if self.seen is None else self.seen - self.rest

    @property
    def standing(self) -> Standing:
        """What it says about the range, by one word in tables, counts and sentences."""
        return standing_of(self.place, self.said, self.usage_said)

    @property
    def is_weak(self) -> bool:
        """Whether being inside the range shows little, as most of it is copied."""
        return self.standing == "weak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The months after a paper, the newest first; and by file what does not count.

    `own` are those of its sentences that are about months of this paper, `of_files`
    those about no month.
    """

    months: tuple[ComparedMonth, ...] = ()
    left_out: Mapping[str, tuple[str, ...]]
    own: Mapping[str, tuple[str, ...]]
    of_files: Mapping[str, tuple[str, ...]]


_ALWAYS = InForce()


def outcome_of(
    said: Said, files: Sequence[CountedFile], in_force: InForce = _ALWAYS
) -> Outcome:
    """Return what happened after a paper, by all usage files of its use case.

    A month counts once: that of the newest file that has all of it. Synthetic usage
    counts only where no other file has the month, so that a rehearsal hides nothing.

    Args:
        said: What the paper said of a month.
        files: The files in the order in which they came.
        in_force: When the paper was in force. Other months belong to other papers.
    """
    found = [(file, followed(said, file.usage, file.read_on)) for file in files]
    by_rank = sorted(found, key=lambda each: not each[0].is_synthetic)
    winners: dict[date, tuple[CountedFile, MonthSeen]] = {}
    for file, each in by_rank:
        own = each.during(in_force)
        winners |= {month.first: (file, month) for month in own.months}
    won = {
        first: _Won(file=file, bill_of=_bill_of(file, month, by_rank))
        for first, (file, month) in winners.items()
    }
    return Outcome(
        months=tuple(
            _compared(said, *winners[first]) for first in sorted(winners, reverse=True)
        ),
        left_out={
            file.id: tuple(_left_out(file, each, won, in_force)) for file, each in found
        },
        own={
            file.id: tuple(_own(file, each.during(in_force), won))
            for file, each in found
        },
        of_files={file.id: file.left_out for file, _ in found},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Won:
    """The file that a month is from, and another one whose bill it displaces."""

    file: CountedFile
    bill_of: CountedFile | None


def _bill_of(
    winner: CountedFile,
    won: MonthSeen,
    by_rank: Sequence[tuple[CountedFile, Followed]],
) -> CountedFile | None:
    """Return the newest file with a bill of a month that is from one without."""
    billed = [
        file
        for file, each in by_rank
        if file.is_synthetic == winner.is_synthetic
        for month in each.months
        if month.first == won.first and not month.split.is_at_list_prices
    ]
    return billed[-1] if won.split.is_at_list_prices and billed else None


def not_compared(
    name: str, why: str, files: Sequence[CountedFile], in_force: InForce
) -> Outcome:
    """Return that no month of files is compared with a paper, and why.

    Args:
        name: What the paper is called.
        why: Why, in a sentence.
        files: The files; one without a whole month of this paper says nothing.
        in_force: When the paper was in force.
    """
    own = {}
    for file in files:
        whole = whole_months(file.usage, file.read_on)
        if names := [f"{first:%B %Y}" for first in whole if in_force.has(first)]:
            own[file.id] = (
                f"{listed(names)} began while the {name} was in force, with which "
                f"nothing can be compared: {why[0].lower()}{why[1:]}",
            )
    of_files = {file.id: file.left_out for file in files}
    return Outcome(left_out={}, own=own, of_files=of_files)


def _compared(said: Said, file: CountedFile, month: MonthSeen) -> ComparedMonth:
    printed, band = month.split.as_printed, said.month.as_printed
    return ComparedMonth(
        first=month.first,
        place=month.place,
        said=printed.said,
        low=band.low,
        high=band.high,
        seen=printed.seen,
        parts=printed.parts,
        rest=rest_of(month.split),
        is_at_list_prices=month.split.is_at_list_prices,
        why_unknown=why_unknown(month) if printed.seen is None else "",
        file=file.id,
        is_synthetic=file.is_synthetic,
        quiet=month.quiet,
        used=month.used,
        prices_checked=month.prices_checked,
        uncounted=uncounted_sentence(in_month(file.others, month.first), "this month")
        if file.others
        else "",
        odd_bill=" ".join(odd_bills_of(file.usage, month.first)),
    )


def _left_out(
    file: CountedFile,
    found: Followed,
    won: Mapping[date, _Won],
    in_force: InForce,
) -> Iterator[str]:
    """Yield which months of a file do not count for a paper, and why."""
    yield from _others(found, in_force)
    yield from _own(file, found.during(in_force), won)
    if not (found.whole or [*broken_sentences(found)]):
        yield "The file has no month after the paper."
    yield from file.left_out


def _others(found: Followed, in_force: InForce) -> Iterator[str]:
    """Yield how many months of a file began while another paper was in force."""
    since, until = in_force.since, in_force.until
    if since and (count := sum(x < since for x in found.whole)):
        months, they = _counted(count)
        yield (
            f"{months} began before {in_words(since)}, the day on which this paper was "
            f"signed, so {they} to the paper before it."
        )
    if until and (count := sum(x >= until for x in found.whole)):
        months, they = _counted(count)
        yield (
            f"{months} began on or after {in_words(until)}, the day on which a newer "
            f"paper was signed, so {they} to that paper."
        )


def _counted(months: int) -> tuple[str, str]:
    if months == 1:
        return "1 month", "it belongs"
    return f"{months} months", "they belong"


def _own(file: CountedFile, own: Followed, won: Mapping[date, _Won]) -> Iterator[str]:
    yield from left_out_sentences(own)
    yield from _stays(file, own, won)


def _stays(file: CountedFile, own: Followed, won: Mapping[date, _Won]) -> Iterator[str]:
    """Yield which months are from another file, and whose bill counts no longer."""
    for month in own.months:
        other, bill_of = won[month.first].file, won[month.first].bill_of
        if other.id == file.id and bill_of:
            yield (
                f"{month.first:%B %Y} now comes from this file, without a bill; the "
                f"bill of {bill_of.name} no longer counts."
            )
        if other.id != file.id:
            is_real = file.is_synthetic and not other.is_synthetic
            why = "not synthetic" if is_real else "newer"
            yield f"{month.first:%B %Y} stays with {other.name}, which is {why}."


def values_of(months: Sequence[ComparedMonth]) -> list[dict[str, Any]]:
    """Return months as JSON values; `months_of` reads them back."""
    return [
        {
            **asdict(month),
            "first": month.first.isoformat(),
            **{name: str(getattr(month, name)) for name in ("said", "low", "high")},
            "rest": str(month.rest),
            "seen": None if month.seen is None else str(month.seen),
            "prices_checked": _day(month.prices_checked),
            "parts": [
                [list(part.causes), None if part.amount is None else str(part.amount)]
                for part in month.parts
            ],
        }
        for month in months
    ]


def months_of(values: Sequence[Mapping[str, Any]]) -> tuple[ComparedMonth, ...]:
    """Return months from their JSON values."""
    return tuple(
        ComparedMonth(
            **{
                **each,
                "first": date.fromisoformat(each["first"]),
                **{k: Decimal(each[k]) for k in ("said", "low", "high", "rest")},
                "seen": None if each["seen"] is None else Decimal(each["seen"]),
                "parts": tuple(
                    Part(
                        causes=tuple(causes),
                        amount=None if amount is None else Decimal(amount),
                    )
                    for causes, amount in each["parts"]
                ),
                "used": _used_of(each.get("used")),
                "prices_checked": date.fromisoformat(day)
                if (day := each.get("prices_checked"))
                else None,
            }
        )
        for each in values
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _used_of(value: Mapping[str, Any] | None) -> Used | None:
    return Used(**{**value, "models": tuple(value["models"])}) if value else None
