"""The inputs of a use case, independent of the day."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from audits.frameworks.evaluation import Code
from audits.scoring.deciding.circumstances import EvidenceLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The team's inputs: answers and evidence levels by question, and numbers.

    Numbers have passed `costs.numbers.check`.
    """

    codes: Mapping[str, Code]
    levels: Mapping[str, EvidenceLevel] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
