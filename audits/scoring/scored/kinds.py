"""What each kind of candidate is called, and which results are of the same one.

Two results of one kind and one model are of one candidate, however the model is spelt.
Two models of one kind are two candidates: nothing is wrong with that.
"""

from collections.abc import Iterable, Mapping
from unicodedata import normalize

from audits.scoring.deciding.candidates import TICKS
from audits.scoring.scored.candidates import ScoredCandidate, ScoredKind

KIND_NAMES: Mapping[ScoredKind, str] = {
    "prompt": "Written prompt",
    "examples": "Prompt with examples",
    "documents": "Prompt with documents",
    "updated": "Prompt with updated documents",
    "retrieval": "With retrieval",
    "stronger": "Stronger model",
    "smaller": "Smaller hosted model",
    "tuned": "Tuned or distilled model",
    "live": "Tuned model that is live",
    "rules": "Rules without a model",
    "hybrid": "Keyword and vector search",
    "optimised": "Prompt rewritten by an optimiser",
    "split": "Task split into smaller calls",
    "tools": "With tools",
    "specialist": "Ready-made or classical model",
}
# What a kind was called, in files and results that are there.
_FORMERLY: Mapping[ScoredKind, str] = {"prompt": "Current prompt"}
NAMES_OF_KINDS: tuple[tuple[str, ScoredKind], ...] = (
    *((name, kind) for kind, name in KIND_NAMES.items()),
    *((name, kind) for kind, name in _FORMERLY.items()),
)
# As somebody chooses one: a verdict reads the stronger model as the strongest, and the
# prompt, where one runs, as what runs.
CHOICE_NAMES: Mapping[ScoredKind, str] = {
    **KIND_NAMES,
    "prompt": "Written prompt, as it is now",
    "stronger": "The strongest model you may use",
}
# Nobody builds anything to try these: a person can send the prompt by hand.
_PROMPTS: frozenset[ScoredKind] = frozenset(
    ("prompt", "examples", "documents", "stronger", "smaller", "optimised")
)
_QUOTES = dict.fromkeys(map(ord, "“”„‟«»"))


def is_built(rows: Iterable[ScoredCandidate]) -> bool:
    """Return whether results are there of what somebody has to build first.

    >>> prompt = ScoredCandidate(id="c1", kind="prompt", cases=40)
    >>> search = ScoredCandidate(id="c2", kind="retrieval", cases=40)
    >>> is_built([prompt]), is_built([prompt, search])
    (False, True)
    """
    return any(row.kind not in _PROMPTS and not row.is_removed for row in rows)


def same_candidate(row: ScoredCandidate) -> tuple[ScoredKind, str]:
    """Return what the results of one candidate have in common.

    >>> one = ScoredCandidate(id="c1", kind="prompt", cases=40, model="GPT-5 mini")
    >>> two = ScoredCandidate(id="c2", kind="prompt", cases=40, model=" gpt_5-Mini")
    >>> same_candidate(one) == same_candidate(two)
    True
    >>> named = ScoredCandidate(id="c3", kind="tools", cases=40, model="with tools")
    >>> same_candidate(named)
    ('tools', '')
    """
    model = _letters(row.model)
    names = [_letters(name) for name in _names_of(row.kind)]
    return row.kind, "" if model in names else model


def has_own_name(row: ScoredCandidate) -> bool:
    """Whether its team gave it a name that is not that of its kind.

    >>> has_own_name(ScoredCandidate(id="c1", kind="prompt", cases=40, model="GPT-5"))
    True
    >>> old = ScoredCandidate(id="c2", kind="prompt", cases=40, model="Current prompt")
    >>> has_own_name(old)
    False
    >>> chosen = CHOICE_NAMES["prompt"]
    >>> has_own_name(ScoredCandidate(id="c3", kind="prompt", cases=40, model=chosen))
    False
    """
    named = (name.casefold() for name in _names_of(row.kind))
    return row.model.casefold() not in ("", *named)


def _names_of(kind: ScoredKind) -> tuple[str, ...]:
    """Return what a kind is called and was called, and as what somebody chooses it."""
    named = (name for name, each in NAMES_OF_KINDS if each == kind)
    return *named, CHOICE_NAMES[kind]


def only_teaches(row: ScoredCandidate) -> bool:
    """Whether it counts only as a model to learn from: it may not run itself."""
    return row.kind in TICKS and not row.is_allowed


def several_results(
    rows: Iterable[ScoredCandidate],
) -> tuple[tuple[ScoredCandidate, ...], ...]:
    """Return the candidates of which there are several results, with all of these."""
    found: dict[tuple[ScoredKind, str], list[ScoredCandidate]] = {}
    for row in rows:
        found.setdefault(same_candidate(row), []).append(row)
    return tuple(tuple(group) for group in found.values() if len(group) > 1)


def unquoted(name: str) -> str:
    """Return a name that ends no quotation in which a sentence has it.

    >>> unquoted("gpt-5” (verified by an auditor), “")
    'gpt-5 (verified by an auditor), '
    """
    return name.translate(_QUOTES)


def _letters(name: str) -> str:
    """Return the letters and digits of a name; of one without any, the name."""
    folded = normalize("NFKC", name).casefold().strip()
    return "".join(filter(str.isalnum, folded)) or folded
