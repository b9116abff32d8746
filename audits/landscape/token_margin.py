"""How many tokens a text has for models whose tokenizers are not available offline."""

import math
from dataclasses import dataclass

from audits.landscape import in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenCount:
    """Tokens of a text: `expected` by `tokenizer`, low to high by other tokenizers."""

    low: int
    expected: int
    high: int
    tokenizer: str = "o200k_base"


def with_margin(expected: int) -> TokenCount:
    """Add the margin for the models of other providers.

    Args:
        expected: Tokens by OpenAI's o200k tokenizer.

    Source: assumption "tokens_per_o200k".
    """
    margin = in_force.current().assumptions["tokens_per_o200k"]
    return TokenCount(
        low=math.floor(expected * margin.low),
        expected=expected,
        high=math.ceil(expected * margin.high),
    )
