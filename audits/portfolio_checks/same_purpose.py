"""Use cases of two teams that may have one purpose: they share rare words."""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

_WORD = re.compile(r"[^\W\d_]{4,}")
# Words that say nothing of a purpose.
_EVERYWHERE_TEXT = """
about after agent also answer answers assistant before case chatbot customer
customers data does each every from have help helps into language large like model
models more only other people system team teams than that their them then there
these they this those tool user users uses using what when where which while with
work would your
"""
_EVERYWHERE = frozenset(_EVERYWHERE_TEXT.split())
_FEWEST_SHARED = 3
_SHARE = 0.4  # of the words of the shorter description
_MOST_OF_A_WORD = 20  # use cases; a more common word tells nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Described[Key: Hashable]:
    """A use case: its key, its team, and its name and summary."""

    key: Key
    team: Hashable
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike[Key: Hashable]:
    """The use case of another team that shares the most, and the shared words."""

    other: Key
    words: tuple[str, ...]


def alike[Key: Hashable](
    described: Iterable[Described[Key]],
) -> Mapping[Key, Alike[Key]]:
    """Return the use cases that may have the purpose of one of another team.

    Both share three words at least, and two fifths of the words of the shorter one.
    Words that many use cases have do not count. Of several, the one that shares the
    most is told, or the first.

    >>> found = alike([
    ...     Described(key=1, team="A", text="Sort claims by urgency and damage"),
    ...     Described(key=2, team="B", text="Urgency of damage claims: sort them"),
    ...     Described(key=3, team="B", text="Draft letters"),
    ... ])
    >>> found[1].other, found[1].words, 3 in found
    (2, ('claims', 'damage', 'sort', 'urgency'), False)
    """
    of = {each.key: each for each in described}
    words = {key: _words(each.text) for key, each in of.items()}
    by_word: dict[str, list[Key]] = defaultdict(list)
    for key, own in words.items():
        for word in own:
            by_word[word].append(key)
    shared: Counter[tuple[Key, Key]] = Counter()
    for keys in by_word.values():
        if len(keys) <= _MOST_OF_A_WORD:
            shared.update(
                (a, b) for a, b in combinations(keys, 2) if of[a].team != of[b].team
            )
    found: dict[Key, Alike[Key]] = {}
    for (a, b), _ in shared.most_common():
        both = words[a] & words[b]
        rare = {word for word in both if len(by_word[word]) <= _MOST_OF_A_WORD}
        fewest = min(len(words[a]), len(words[b]))
        if len(rare) < max(_FEWEST_SHARED, _SHARE * fewest):
            continue
        told = tuple(sorted(rare))
        found.setdefault(a, Alike(other=b, words=told))
        found.setdefault(b, Alike(other=a, words=told))
    return found


def _words(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.lower()) if word not in _EVERYWHERE}
