"""Leaves Attune's own words out of a page 1 that would run on to a second page.

A template numbers what gives way, in the order in which it does: the kind, a point, and
the place in it. What replaces it is hidden until then: a line on the page, and
the same words in the appendix. An author's words never give way.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_GIVES = "data-gives"
# The number of what gave way, or of its kind, or any of it; one of several numbers.
_INSTEAD, _ANY = "data-instead", "any"
_HIDDEN = "hidden"


def steps_of(root: "Element", most: int | None = None) -> int:
    """Return how many steps there are, which are those of the fullest page.

    Args:
        root: The document, or one page of it.
        most: The highest kind of what gives way; None for all.
    """
    return max((len(_numbers(x, most)) for x in root.iter("article")), default=0)


def give_way(root: "Element", sheets: Mapping[str, int], first: str) -> None:
    """Take out what gives way at each sheet's step, and show what replaces it.

    Args:
        root: The document, which is changed.
        sheets: The step of each sheet, by its id; at 0, nothing gives way.
        first: The sheet whose left out words the rest of the document has.
    """
    gone: dict[str, frozenset[str]] = {}
    for part in list(root.iter()):
        if (name := part.get("id") or "") in sheets:
            gone[name] = _gone(part, sheets[name])
            _settle(part, gone[name])
    _settle(root, gone.get(first, frozenset()), rest=True)


def _numbers(sheet: "Element", most: int | None = None) -> list[str]:
    """Return the numbers of a page in order, up to a kind; it may lack some of them."""
    found = {number for part in sheet.iter() if (number := part.get(_GIVES))}
    places = {number: [int(n) for n in number.split(".")] for number in found}
    kept = (n for n in found if most is None or places[n][0] <= most)
    return sorted(kept, key=places.__getitem__)


def _gone(sheet: "Element", step: int) -> frozenset[str]:
    """Return the numbers of what gives way at a step, and of their kinds."""
    numbers = _numbers(sheet)[:step]
    return frozenset((*numbers, *(number.partition(".")[0] for number in numbers)))


def _settle(part: "Element", gone: frozenset[str], *, rest: bool = False) -> None:
    for child in list(part):
        instead = child.get(_INSTEAD)
        is_left_out = not rest and child.get(_GIVES) in gone
        is_idle = instead is not None and not _replaces(instead, gone)
        if is_left_out or is_idle:
            _remove(part, child)
            continue
        if instead is not None:
            child.attrib.pop(_HIDDEN, None)
            child.attrib.pop(_INSTEAD)
        _settle(child, gone, rest=rest)


def _replaces(instead: str, gone: frozenset[str]) -> bool:
    return bool(gone) if instead == _ANY else not gone.isdisjoint(instead.split())


def _remove(parent: "Element", child: "Element") -> None:
    """Remove an element, and not the words after it."""
    place = list(parent).index(child)
    if child.tail and place:
        before = parent[place - 1]
        before.tail = (before.tail or "") + child.tail
    elif child.tail:
        parent.text = (parent.text or "") + child.tail
    parent.remove(child)
