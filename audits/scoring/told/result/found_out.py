"""What the steps of a result find out that would change its verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audits.scoring.summary.first_steps import FirstStep
from audits.scoring.told.result.asked_sum import named_steps


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundOut:
    """What steps find out that would change the verdict.

    `numbers` are those of the listed steps with a row for each result, and `others` the
    steps that have none. `unknown` names what no step finds out and could change it.
    """

    numbers: tuple[int, ...]
    others: tuple[FirstStep, ...]
    unknown: str = ""

    @property
    def says(self) -> str:
        """Which of the listed steps can change it; empty if none can."""
        if not self.numbers:
            return ""
        steps = named_steps(self.numbers)
        return f"{steps[:1].upper()}{steps[1:]} can change it: see each result."


def found_out(
    changing: Sequence[FirstStep],
    listed: Sequence[FirstStep],
    unknown: Iterable[str] = (),
) -> FoundOut:
    """Return what steps find out that would change the verdict.

    Args:
        changing: The steps of which a result changes it.
        listed: The steps that the page lists.
        unknown: The labels of other questions whose answers could change it.
    """
    told = {step.card.id: n for n, step in enumerate(listed, 1) if step.rows}
    return FoundOut(
        numbers=tuple(sorted(told[x.card.id] for x in changing if x.card.id in told)),
        others=tuple(step for step in changing if step.card.id not in told),
        unknown=", ".join(f"“{label}”" for label in unknown),
    )
