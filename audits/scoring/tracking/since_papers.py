"""What happened since the signed papers of several use cases, and what that sums to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from audits.landscape import in_force
from audits.scoring.tracking.calibration import Held, held
from audits.scoring.tracking.outcomes import ComparedMonth

_NAMED, _MODELS = 3, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCaseMonths:
    """The compared months of a use case, those of its oldest paper first.

    `files` has the names of its usage files, by id. `signed` are the days on which its
    papers were signed, and `now` is what it is counted with a month today; None if that
    is not known.
    """

    name: str
    months: tuple[ComparedMonth, ...]
    files: Mapping[str, str]
    signed: tuple[date, ...] = ()
    now: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthsSum:
    """What months of one or several use cases come to, in US dollars as printed.

    `name` is that of a single use case; empty for several. `months` counts all, and
    `first` and `last` are the first days of the earliest and of the latest. `said` and
    `cost` are sums over those whose cost is known; None if none is.
    `files` has the name of each usage file; files of two use cases may share one.
    `signed` and `now` are those of a single use case, and `models` what the files name;
    empty where that is not known of a month.
    """

    name: str
    use_cases: int
    months: int
    first: date
    last: date
    held: Held
    said: Decimal | None
    cost: Decimal | None
    files: tuple[str, ...]
    signed: tuple[date, ...] = ()
    now: Decimal | None = None
    models: frozenset[str] = frozenset()

    @property
    def ran_on(self) -> str:
        """The names of the models of all months, if these are two at most; or empty."""
        known = in_force.current().models
        names = sorted(known[x].name if x in known else x for x in self.models)
        return " and ".join(names) if len(names) <= _MODELS else ""

    @property
    def difference(self) -> Decimal | None:
        """How much more the months cost than was said; None if no cost is known."""
        return self.held.difference if self.held.compared else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SincePapers:
    """What happened since the papers: all of it real, or all of it synthetic.

    `largest` are the use cases with the largest differences, and `others` the rest
    together; these add up to `total`.
    """

    is_synthetic: bool
    total: MonthsSum
    largest: tuple[MonthsSum, ...]
    others: MonthsSum | None


def since_papers(use_cases: Sequence[UseCaseMonths]) -> tuple[SincePapers, ...]:
    """Return what happened since the papers of use cases: real, then synthetic.

    A month of a use case counts once: as real if it is, and compared with the newest
    paper. Real and synthetic months are never added up. Neither is there without a
    month.

    Args:
        use_cases: The use cases, each with its months.
    """
    once = [(each, _once(each.months)) for each in use_cases]
    found = []
    for is_synthetic in (False, True):
        kept = [
            (each, [month for month in months if month.is_synthetic == is_synthetic])
            for each, months in once
        ]
        if with_months := [pair for pair in kept if pair[1]]:
            found.append(_since(with_months, is_synthetic=is_synthetic))
    return tuple(found)


type _Months = Sequence[tuple[UseCaseMonths, Sequence[ComparedMonth]]]


def _since(kept: _Months, *, is_synthetic: bool) -> SincePapers:
    by_size = sorted(kept, key=lambda pair: (-_size(pair[1]), pair[0].name))
    rest = by_size[_NAMED:]
    return SincePapers(
        is_synthetic=is_synthetic,
        total=_sum(by_size),
        largest=tuple(_sum([pair], pair[0].name) for pair in by_size[:_NAMED]),
        others=_sum(rest) if rest else None,
    )


def _once(months: Sequence[ComparedMonth]) -> list[ComparedMonth]:
    """Return each month once; of several, a real one, and that of the newest paper."""
    by_rank = sorted(months, key=lambda month: not month.is_synthetic)
    return [*{month.first: month for month in by_rank}.values()]


def _size(months: Sequence[ComparedMonth]) -> Decimal:
    return abs(held(months).difference)


def _sum(kept: _Months, name: str = "") -> MonthsSum:
    months = [month for _, own in kept for month in own]
    known = [month for month in months if month.seen is not None]
    alone = kept[0][0] if len(kept) == 1 else None
    return MonthsSum(
        name=name,
        use_cases=len(kept),
        months=len(months),
        first=min(month.first for month in months),
        last=max(month.first for month in months),
        held=held(months),
        said=sum((month.said for month in known), Decimal(0)) if known else None,
        cost=sum((x.seen or Decimal(0) for x in known), Decimal(0)) if known else None,
        files=tuple(_files(kept)),
        signed=alone.signed if alone else (),
        now=alone.now if alone else None,
        models=_models(months),
    )


def _models(months: Sequence[ComparedMonth]) -> frozenset[str]:
    """Return the models of all months; none where those of a month are not known."""
    used = [month.used.models if month.used else () for month in months]
    return frozenset(model for each in used for model in each if all(used))


def _files(kept: _Months) -> Iterator[str]:
    for each, months in kept:
        for file in dict.fromkeys(month.file for month in months):
            yield each.files[file]
