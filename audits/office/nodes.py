"""Our own HTML as a tree: only what papers are written with."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

# Keeps a line of a PDF from ending after a hyphen; some fonts of an office draw a box.
_JOINER = "\u2060"
_EMPTY = {"br", "col", "hr", "img", "input", "link", "meta"}


@dataclass(slots=True)
class Node:
    """An element with what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list["Node | str"] = field(default_factory=list)

    @property
    def kinds(self) -> frozenset[str]:
        """Its classes."""
        return frozenset(self.attributes.get("class", "").split())

    @property
    def nodes(self) -> Iterator["Node"]:
        """The elements directly in it."""
        return (each for each in self.inside if isinstance(each, Node))

    def all(self, tag: str) -> Iterator["Node"]:
        """Yield every element of a tag below it, in order."""
        for node in self.nodes:
            if node.tag == tag:
                yield node
            yield from node.all(tag)


def tree_of(html: str) -> Node:
    """Return the tree of a whole document."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].inside.append(node)
        if tag not in _EMPTY:
            self._open.append(node)

    def handle_startendtag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        self._open[-1].inside.append(Node(tag))

    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1 and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data.replace(_JOINER, ""))
