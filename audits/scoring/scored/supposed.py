"""Answers that are supposed instead of what test results say: only in a scenario."""

from collections.abc import Mapping, Set
from dataclasses import replace

from audits.frameworks.evaluation import Code
from audits.scoring.deciding.candidates import PASSED, TICKS
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.scored.answers import Answered

# Which ways failed, and which is best, follows from these as if nothing was scored.
_OF_WAYS = ("tried", "quality_gap", "passed")
_PASSED_BY = {way: PASSED[kind] for kind, way in TICKS.items()}


def supposing(
    told: Answered,
    codes: Mapping[str, Code],
    levels: Mapping[str, EvidenceLevel],
    supposed: Set[str],
) -> Answered:
    """Return the answers that count if some of those by hand replace the results'.

    Args:
        told: The answers that count, with those that candidates give.
        codes: The answers given by hand, including the supposed ones.
        levels: How they are known.
        supposed: The questions that results answer, and a scenario answers instead.
    """
    if not supposed:
        return told
    found, known, behind = {**told.codes}, {**told.levels}, {**told.behind}
    for question in supposed:
        for answers in (found, known, behind):
            answers.pop(question, None)
        if question in codes:
            found[question] = codes[question]
        if question in levels:
            known[question] = levels[question]
    if "quality_gap" in supposed and "tried" not in supposed:
        _best_passes(told, found)
    is_of_ways = not supposed.isdisjoint(_OF_WAYS)
    return replace(
        told,
        codes=found,
        levels=known,
        behind=behind,
        failed=None if is_of_ways else told.failed,
        best=None if is_of_ways else told.best,
        unshown=told.unshown if "tried" not in supposed else frozenset(),
        held=tuple(each for each in told.held if each not in supposed),
    )


def _best_passes(told: Answered, found: dict[str, Code]) -> None:
    """Name what meets the target: the gap is that of the best, so the best does."""
    if found.get("quality_gap") == "met" and told.best:
        found.setdefault("passed", _PASSED_BY[told.best])
