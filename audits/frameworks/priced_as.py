"""Which techniques with a price the words of an advice mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedAs:
    """The techniques with a price that words mean, by the id of their row.

    A step speaks before the row of `context_rules`, which counts where its `text` is
    said. The rows of `servings` say where a trained model may run.
    """

    steps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    context_rules: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    servings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
