"""What a run probably is, by the name that its file gives it."""

from collections.abc import Sequence

from audits.scoring.scored.candidates import ScoredKind
from audits.scoring.scored.words import KIND_NAMES

# What the steps and their files call each kind.
_OWN_NAMES = {name.casefold(): kind for kind, name in KIND_NAMES.items()}
# The first that is in the name; longer words first where one has another in it.
_SIGNS: tuple[tuple[ScoredKind, Sequence[str]], ...] = (
    ("live", ("live", "production")),
    ("tuned", ("fine-tun", "finetun", "tuned", "lora", "distil", "ft:")),
    ("hybrid", ("hybrid",)),
    ("retrieval", ("retriev", "rag", "search")),
    ("examples", ("few-shot", "few_shot", "fewshot", "example")),
    ("tools", ("tool", "agent")),
    ("rules", ("rule", "regex")),
    ("smaller", ("mini", "nano", "haiku", "flash", "small", "lite")),
    ("stronger", ("opus", "-pro", "large")),
    ("prompt", ("prompt", "zero-shot", "zero_shot", "baseline")),
)


def guessed_kind(name: str | None) -> ScoredKind | None:
    """Return what a run probably is; None where its name says nothing.

    It is certain where the name is our own for a kind.

    >>> guessed_kind("gpt-5-mini"), guessed_kind("few-shot prompt"), guessed_kind("A")
    ('smaller', 'examples', None)
    """
    folded = (name or "").strip().casefold()
    signed = (kind for kind, signs in _SIGNS if any(sign in folded for sign in signs))
    return _OWN_NAMES.get(folded) or next(signed, None)
