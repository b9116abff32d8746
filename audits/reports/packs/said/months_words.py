"""What a pack says of the months after earlier papers, in figures and in a line."""

from collections.abc import Collection, Iterator

from audits.scoring.costs.rounding import as_printed, written
from audits.scoring.tracking.far_off import is_far
from audits.scoring.tracking.since_papers import MonthsSum, SincePapers
from audits.templatetags.figures import rise_in_column


def figures(found: MonthsSum) -> Iterator[tuple[str, str]]:
    """Yield how many months compare how with their paper, and the difference."""
    held = found.held
    counts = (
        ("In the range of the paper", held.inside, held.judged),
        ("Above or below it", held.above + held.below, held.judged),
        ("Mostly costs that no usage file shows", held.weak, held.weak),
        ("Without a range", held.no_range, held.no_range),
        ("Without a known cost", held.unknown, held.unknown),
    )
    for name, number, is_said in counts:
        if is_said:
            yield name, f"{number:,}"
    yield "All months", f"{found.months:,}"
    if found.difference is not None:
        yield "US$ beside what was said", rise_in_column(found.difference)


def far_off(since: SincePapers, names: Collection[str]) -> Iterator[str]:
    """Yield where usage costs far more a month than a paper of today counts.

    Args:
        since: The months, by use case.
        names: The use cases of which it is said.
    """
    usage = "usage invented for practice" if since.is_synthetic else "usage"
    for each in since.largest:
        if each.name not in names or each.cost is None or not each.now:
            continue
        paid = as_printed(each.cost / each.months)
        if paid > each.now and is_far(paid, each.now):
            yield (
                f"{each.name}: {usage} comes to ${written(paid)} a month, "
                f"and today’s paper counts ${written(each.now)}"
            )
