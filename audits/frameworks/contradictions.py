"""The shape of answers that cannot all be right."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Options that cannot be right beside each other, by question, and what to do.

    One option of each question is enough. With `live`, they cannot be right for a use
    case that runs. `says` follows the answers in the sentence about them.
    """

    id: str
    answers: Mapping[str, tuple[str, ...]]
    says: str
    live: bool = False
