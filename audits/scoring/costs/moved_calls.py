"""Whether the calls move to a smaller hosted model that passed: one rule for all."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from audits.frameworks.questions import Technique
from audits.scoring.costs.cost_numbers import FEW_SHOT, PricedTechnique
from audits.scoring.costs.techniques import WAYS
from audits.strict_yaml.shipped import read_file

_FILE = Path(__file__).with_name("moved_calls.yaml")
_SMALLER: PricedTechnique = "prompt_smaller"
_MODELS: tuple[Technique, ...] = ("distil", "fine_tune")


@dataclass(frozen=True, slots=True, kw_only=True)
class MovingFacts:
    """How the calls move to another model once `step` is advised, and its hours.

    `why` is said where no number tells what it saves.
    """

    step: str
    name: str
    asks: str
    how: str
    done: str
    why: str
    hours: int


@cache
def moving() -> MovingFacts:
    """Return what ships with this release.

    Raises:
        RefusedFileError: The file is refused; lists every problem with its line.
    """
    return read_file(_FILE, MovingFacts)


def on_smaller(
    step: str, today: str | None, technique: Technique | None
) -> frozenset[PricedTechnique]:
    """Return the ways whose calls go to the smaller model once a step is taken.

    They are new: what is paid today keeps the price of its own model.

    Args:
        step: What is advised.
        today: What runs or is planned; None if nobody says it.
        technique: What serves then; None for what has no list price.
    """
    if step != moving().step:
        return frozenset()
    ways = WAYS[technique] if technique in ("few_shot", "rag") else ()
    return frozenset() if today in ways else frozenset(ways)


def way_of_move(
    step: str, today: str | None, technique: Technique | None
) -> tuple[PricedTechnique, ...]:
    """Return how a technique is paid for once its calls moved; empty if they do not.

    What is new has the price of the smaller model itself, while what is paid today
    keeps that of its own. Retrieval that is new is built before anything moves.

    Args:
        step: What is advised.
        today: What runs or is planned; None if nobody says it.
        technique: What the verdict leads to, or what serves until it does; None for
            what has no list price.
    """
    if step != moving().step or today == _SMALLER:
        return ()  # or it runs there
    if technique == "few_shot" and today and today not in FEW_SHOT:
        return ("few_shot",)
    is_built = technique != "rag" or today == "rag"
    return (_SMALLER,) if is_built and technique not in _MODELS else ()
