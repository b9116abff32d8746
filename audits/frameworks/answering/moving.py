"""Answers to one version of the method, as a newer one reads them.

Answers move, verdicts do not. Source: docs/method.md, “From version 1 to version 2”.
"""

from collections.abc import Mapping

from audits.frameworks.answering.answers import fitting
from audits.frameworks.evaluation import Code
from audits.frameworks.questions import UNKNOWN
from audits.frameworks.schema import Framework

_TICKS: Mapping[str, tuple[str, ...]] = {
    "nothing": ("nothing",),
    "informal": ("demo",),
    "prompt_measured": ("instructions",),
    "fewshot_measured": ("instructions", "examples"),
    "rag_measured": ("instructions", "documents"),
}
_SCORED = frozenset(("instructions", "examples", "documents", "stronger_model"))


def moved(
    before: Framework | None, after: Framework, answers: Mapping[str, Code]
) -> dict[str, Code]:
    """Return answers to one version as another can read them.

    Args:
        before: The version that was answered; None if this release does not ship it.
        after: The version to read them.
        answers: Question to an option, ticks, options or `"unknown"`. What the other
            version does not ask, or not with these options, is left out.
    """
    if before and not before.component_question and after.component_question:
        answers = moved_to_version_2(answers)
    return fitting(after, answers)


def moved_to_version_2(answers: Mapping[str, Code]) -> dict[str, Code]:
    """Return answers to `fine_tuning` 1 as answers to `fine_tuning` 2.

    Args:
        answers: Question to an option, ticks, options or `"unknown"`. What version 2
            asks in the same way is kept as it is; what only version 2 asks is left out.
    """
    moved = dict(answers)
    moved.setdefault("component", "generator")  # version 1 knew no other
    _move_ticks(moved)
    _move_gap(moved)
    if moved.get("unit_economics") == "too_high":
        # Version 1 asked after caching and a smaller model.
        moved.setdefault("smaller_model", "fails")
    return moved


def _move_ticks(moved: dict[str, Code]) -> None:
    tried = moved.get("tried")
    if isinstance(tried, str) and tried != UNKNOWN:
        moved["tried"] = _TICKS[tried]
    elif tried == ():
        moved["tried"] = _TICKS["nothing"]
    if isinstance(ticks := moved.get("eval"), tuple):
        moved["eval"] = _test_set(frozenset(ticks))


def _move_gap(moved: dict[str, Code]) -> None:
    """Move the gap, which version 1 measured on the strongest model one could afford.

    Where only own servers were allowed, that model may not have been allowed there.
    """
    gap, tried = moved.get("quality_gap", UNKNOWN), moved.get("tried", UNKNOWN)
    if gap == UNKNOWN:
        return
    if tried != UNKNOWN and not _SCORED.isdisjoint(tried):
        moved["tried"] = tuple(dict.fromkeys((*tried, "stronger_model")))
    if moved.get("hosting") == "self_host" and gap in ("met", "small"):
        moved["teacher"] = "passes" if gap == "met" else "not_scored"
        del moved["quality_gap"]


def _test_set(ticks: frozenset[str]) -> str:
    if {"two_hundred", "rerun", "live"} <= ticks:
        return "production"
    if {"two_hundred", "rerun"} <= ticks:
        return "solid_set"
    if ticks & {"thirty", "two_hundred"}:
        return "small_set"
    return "anecdotal" if ticks else "none"
