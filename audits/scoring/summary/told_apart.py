"""What is said of results, apart from corrected entries that change nothing.

What would change the verdict comes first. A result that lacks cases of an earlier one
is never folded, whatever it would give, nor is one that counts more than once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from audits.scoring.summary.other_results import NO_EFFECT
from audits.scoring.summary.replaced_results import SUPPOSED

_OTHER_VERDICT = "the verdict would be “"
_LACKS = ("fewer case", " missing")
_SAME = tuple(f"{of_change}, {NO_EFFECT}." for of_change in SUPPOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldApart:
    """What is `said` openly, and what is the `same` without the change, for a fold."""

    said: tuple[str, ...]
    same: tuple[str, ...]

    @property
    def count(self) -> str:
        """How much is folded, in a line."""
        if len(self.same) == 1:
            return "1 change of a result changes no answer and no verdict"
        return f"{len(self.same)} changes of results change no answer and no verdict"


def told_apart(sentences: Sequence[str]) -> ToldApart | None:
    """Return what is said of results in its order; None if nothing is.

    >>> same = f"A. If it counted as before, {NO_EFFECT}."
    >>> other = "B. With the earlier result, the verdict would be “Use retrieval”."
    >>> told = told_apart([same, "C.", other, f"D: {NO_EFFECT}."])
    >>> [each[:1] for each in told.said], told.count
    (['B', 'C', 'D'], '1 change of a result changes no answer and no verdict')
    """
    same = tuple(sentence for sentence in sentences if _changes_nothing(sentence))
    said = [sentence for sentence in sentences if sentence not in same]
    said.sort(key=lambda sentence: _OTHER_VERDICT not in sentence)
    return ToldApart(said=tuple(said), same=same) if sentences else None


def _changes_nothing(sentence: str) -> bool:
    return sentence.endswith(_SAME) and not any(word in sentence for word in _LACKS)
