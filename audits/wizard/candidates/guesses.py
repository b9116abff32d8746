"""What a run surely is, by the name that its file gives it.

Only whole words count, and only what is certain: a wrong guess decides a verdict, and
nobody looks at it again. A model's name alone is no kind, nor is “baseline”: what the
others are compared with may be anything.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from audits.scoring.scored.candidates import ScoredKind
from audits.scoring.scored.kinds import NAMES_OF_KINDS

# What the steps and their files call each kind.
_OWN_NAMES = {name.casefold(): kind for name, kind in NAMES_OF_KINDS}
# What a prompt can have in it; of documents alone a run may only be about.
_IN_IT = ("document", "documents", "docs", "handbook", "handbooks", "manual", "manuals")
_IN_IT_IS_SAID = ("with {}", "with the {}", "{} in prompt", "{} in the prompt")
# Whole words; those of several are written with a space.
_SIGNS: Mapping[ScoredKind, Sequence[str]] = {
    "tuned": (
        *("fine tuned", "finetuned", "fine tune", "finetune", "fine tuning"),
        *("lora", "qlora", "distilled"),
    ),
    "hybrid": ("hybrid search", "hybrid retrieval"),
    "documents": (
        *("handbook", "long context"),
        *(said.format(what) for said in _IN_IT_IS_SAID for what in _IN_IT),
    ),
    "updated": tuple(f"updated {what}" for what in _IN_IT),
    "retrieval": ("retrieval", "rag"),
    "examples": ("few shot", "fewshot", "examples"),
    "tools": ("tools",),
    "rules": ("rules", "regex"),
    "smaller": ("smaller",),
    "stronger": ("stronger", "strongest"),
    "prompt": ("prompt", "zero shot", "zeroshot"),
}
# What a prompt can have: a name with both is of the kind that is added.
_ADDED: tuple[ScoredKind, ...] = (
    *("examples", "documents", "updated"),
    *("retrieval", "hybrid", "tools"),
)
# A search says what it is of, or what it is a part of, as updated documents do.
_WITHIN: tuple[tuple[ScoredKind, ScoredKind], ...] = (
    ("hybrid", "retrieval"),
    *(("hybrid", "documents"), ("hybrid", "updated")),
    *(("retrieval", "documents"), ("retrieval", "updated")),
    ("updated", "documents"),
)
# With such a word a name says what a run is not, or of whom only a person knows it.
_UNSURE = {"no", "not", "non", "without", "minus", "vs", "versus", "optimized"}
_UNSURE |= {"optimised", "optimizer", "optimiser", "rewritten", "live", "production"}
_WORD = re.compile(r"[^\W_]+")
_TUNED_MODEL = "ft:"  # how OpenAI names a model that was tuned


def guessed_kinds(
    names: Sequence[str | None], taken: Collection[ScoredKind | None] = ()
) -> list[ScoredKind | None]:
    """Return what the runs of a file surely are; each kind is guessed for one.

    Of several that may be the same, it is that with our own name for it, else the
    first. What the others are, only a person can say.

    Args:
        names: The names of the runs; None for one that is not guessed.
        taken: The kinds that other runs of the file have.

    >>> guessed_kinds(["Prompt with long instructions", "Written prompt", "baseline"])
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
    """Return what a run surely is; None where its name leaves that open.

    >>> guessed_kind("current-prompt-v3"), guessed_kind("few-shot prompt")
    ('prompt', 'examples')
    >>> guessed_kind("gpt-5-mini"), guessed_kind("production"), guessed_kind("A")
    (None, None, None)
    """
    folded = (name or "").strip().casefold()
    words = _WORD.findall(folded)
    if folded in _OWN_NAMES or _UNSURE.intersection(words):
        return _OWN_NAMES.get(folded)
    if folded.startswith(_TUNED_MODEL):
        return "tuned"
    said = f" {' '.join(words)} "
    if " long prompt " in said:  # with documents, or with long instructions
        return None
    found = [k for k, signs in _SIGNS.items() if any(f" {x} " in said for x in signs)]
    if "prompt" in found and any(kind in found for kind in _ADDED):
        found.remove("prompt")
    for whole, within in _WITHIN:
        if whole in found and within in found:
            found.remove(within)
    return found[0] if len(found) == 1 else None
