"""Which months of a usage file count on which page, in sentences before and after."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from audits.scoring.tracking.outcomes import ComparedMonth, Outcome
from audits.scoring.tracking.words import (
    cause_sentence,
    computed_sentence,
    cost_sentence,
    list_price_sentence,
    listed,
    quiet_days,
    rest_sentence,
    unknown_sentence,
    where_told,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperOutcome:
    """What happens after one of the signed papers of a use case.

    `name` is what pages call it, such as “paper signed on 9 May 2026”. `is_here` is
    whether it is that of the page.
    """

    name: str
    is_here: bool
    found: Outcome


def preview_sentences(file: str, papers: Sequence[PaperOutcome]) -> Iterator[str]:
    """Yield what would count of a file for which paper, and what would not.

    A month is told once: by the paper that was in force when it began.

    Args:
        file: The id of the file, which counts in the outcomes.
        papers: The papers, in the order in which they were signed.
    """
    has_month = False
    for paper in reversed(papers):
        months = [month for month in paper.found.months if month.file == file]
        has_month = has_month or bool(months)
        for month in months:
            where = "" if paper.is_here else f"{_elsewhere(month, paper)} "
            yield where + " ".join(_month_sentences(month))
        if months and months[0].rest:
            yield rest_sentence(months[0].rest, of="each month")
    if not has_month:
        yield "No month of the file would count."
    own = (sentence for paper in papers for sentence in paper.found.own.get(file, ()))
    rest = (x for paper in papers for x in paper.found.of_files.get(file, ()))
    yield from dict.fromkeys((*own, *rest))


def counted_sentences(
    name: str, file: str, papers: Sequence[PaperOutcome]
) -> Iterator[str]:
    """Yield for which months a file counts, and which stay with another one."""
    for paper in papers:
        own = [x.first for x in reversed(paper.found.months) if x.file == file]
        if own:
            page = "" if paper.is_here else f" on the page of the {paper.name}"
            yield f"{name} counts for {_named(own)}{page}."
    if not any(x.file == file for paper in papers for x in paper.found.months):
        yield f"No month of {name} counts."
    for paper in papers:
        yield from paper.found.own.get(file, ())


def removal_sentences(
    file: str,
    now: Sequence[Outcome],
    then: Sequence[Outcome],
    names: Mapping[str, str],
    *,
    is_done: bool = False,
) -> Iterator[str]:
    """Yield which months go with a file, and which file has them instead.

    Args:
        file: The id of the file that is removed.
        now: What happens after each paper with it, in the order of the papers.
        then: The same without it.
        names: The names of the other files by their ids.
        is_done: Whether it is removed already.
    """
    for before, after in zip(now, then, strict=True):
        others = {month.first: month.file for month in after.months}
        for month in reversed(before.months):
            if month.file != file:
                continue
            if other := names.get(others.get(month.first, "")):
                takes = "is now" if is_done else "will be"
                yield f"{month.first:%B %Y} {takes} from {other}."
            else:
                goes = "is no longer" if is_done else "will no longer be"
                yield (
                    f"{month.first:%B %Y} {goes} compared: no other file that counts "
                    "has all of it."
                )


def _elsewhere(month: ComparedMonth, paper: PaperOutcome) -> str:
    return f"{month.first:%B %Y} will be on the page of the {paper.name}."


def _month_sentences(month: ComparedMonth) -> Iterator[str]:
    if month.seen is None:
        yield unknown_sentence(month.first, month.why_unknown)
    else:
        where = where_told(month.place, month.said, month.usage_said)
        if month.is_at_list_prices:
            yield computed_sentence(month.first, month.seen, where)
            yield list_price_sentence(month.prices_checked)
        else:
            yield cost_sentence(month.first, month.seen, where)
    if causes := cause_sentence(month.parts):
        yield causes
    if month.quiet:
        yield f"{quiet_days(month.quiet)}."


def _named(months: Sequence[date]) -> str:
    return listed([f"{first:%B %Y}" for first in months])
