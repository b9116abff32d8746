"""What a run probably is, by the name that its file gives it."""

from collections.abc import Collection, Sequence

from audits.scoring.scored.candidates import ScoredKind
from audits.scoring.scored.kinds import KIND_NAMES

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


def guessed_kinds(
    names: Sequence[str | None], taken: Collection[ScoredKind | None] = ()
) -> list[ScoredKind | None]:
    """Return what the runs of a file probably are; each kind is guessed for one.

    Of several that may be the same, it is that with our own name for it, else the
    first. What the others are, only a person can say.

    Args:
        names: The names of the runs; None for one that is not guessed.
        taken: The kinds that other runs of the file have.

    >>> guessed_kinds(["Prompt with long instructions", "Current prompt", "baseline"])
    [None, 'prompt', None]
    """
    found = [guessed_kind(name) for name in names]
    places: dict[ScoredKind | None, int] = {}
    for is_certain in (True, False):
        for place, (kind, name) in enumerate(zip(found, names, strict=True)):
            if kind not in taken and _is_own(name) is is_certain:
                places.setdefault(kind, place)
    return [kind if places.get(kind) == n else None for n, kind in enumerate(found)]


def _is_own(name: str | None) -> bool:
    """Return whether a name is our own for a kind."""
    return (name or "").strip().casefold() in _OWN_NAMES


def guessed_kind(name: str | None) -> ScoredKind | None:
    """Return what a run probably is; None where its name says nothing.

    It is certain where the name is our own for a kind.

    >>> guessed_kind("gpt-5-mini"), guessed_kind("few-shot prompt"), guessed_kind("A")
    ('smaller', 'examples', None)
    """
    folded = (name or "").strip().casefold()
    signed = (kind for kind, signs in _SIGNS if any(sign in folded for sign in signs))
    return _OWN_NAMES.get(folded) or next(signed, None)
