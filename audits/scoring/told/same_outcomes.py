"""That several results are one test under several names, as every reader is told."""

from collections.abc import Callable, Iterator

from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.candidates import SameOutcomes, ScoredCandidate
from audits.scoring.scored.words import name_of


def same_outcomes(
    assessment: Assessment, name: Callable[[ScoredCandidate], str] = name_of
) -> Iterator[str]:
    """Yield the results that have the outcomes of another one, in a sentence each.

    Those that have all of them are one test; those with nearly all are said, too.

    Args:
        assessment: What was decided.
        name: What a result is called.
    """
    found = assessment.candidates
    rows = {row.id: row for row in found.rows} if found else {}
    groups: dict[tuple[str, int], list[ScoredCandidate]] = {}
    for row in rows.values():
        if row.why_not or row.same is None or row.same.of not in rows:
            continue
        if row.same.differ:
            both = name(rows[row.same.of]), name(row)
            yield _nearly(both, row.same)
        else:
            groups.setdefault((row.same.of, row.same.cases), []).append(row)
    for (first, cases), others in groups.items():
        *names, last = (f"“{name(x)}”" for x in (rows[first], *others))
        yield (
            f"{', '.join(names)} and {last} passed and failed the same {cases:,} "
            "cases, so they count as one test."
        )


def _nearly(both: tuple[str, str], same: SameOutcomes) -> str:
    one, other = both
    alike = same.cases - same.differ
    return (
        f"“{one}” and “{other}” passed and failed the same {alike:,} of "
        f"{same.cases:,} cases, more than chance gives."
    )
