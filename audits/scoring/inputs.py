"""What a use case says of itself, whichever day it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from audits.frameworks.evaluation import Code
from audits.scoring.circumstances import EvidenceLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What a team gave: answers and their evidence levels by question, and numbers.

    Numbers are as `costs.numbers.check` lets them through.
    """

    codes: Mapping[str, Code]
    levels: Mapping[str, EvidenceLevel] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
