"""What a pack says of the months after earlier papers, in a line."""

from collections.abc import Collection, Iterator

from audits.scoring.costs.rounding import as_printed, written
from audits.scoring.tracking.far_off import is_far
from audits.scoring.tracking.since_papers import SincePapers


def far_off(since: SincePapers, names: Collection[str]) -> Iterator[str]:
    """Yield where real usage costs far more a month than a paper of today counts.

    Args:
        since: The months, by use case.
        names: The use cases of which it is said.
    """
    if since.is_synthetic:
        return
    for each in since.largest:
        if each.name not in names or each.cost is None or not each.now:
            continue
        paid = as_printed(each.cost / each.months)
        if paid > each.now and is_far(paid, each.now):
            yield (
                f"{each.name}: usage comes to ${written(paid)} a month, "
                f"and today’s paper counts ${written(each.now)}"
            )
