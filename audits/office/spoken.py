"""Reads what a paper says from the text that its PDF is set from.

So slides and documents say each sentence as the PDF does. Where page 1 is short of
room, the PDF leaves some words out; here there is room for all.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from audits.office.nodes import Node, tree_of
from audits.office.told import (
    Cell,
    Item,
    Listed,
    Part,
    Picture,
    Row,
    Run,
    Sheet,
    Style,
    Table,
    Told,
    Words,
    plain,
)

_SPACES = re.compile(r"[ \t\n\r\f]+")
_HEADINGS = {"h1", "h2", "h3", "h4"}
# What has no words, or not here; a page of paper is none of these slides.
_UNSEEN = {"svg", "colgroup", "img"}
_NOT_SAID = frozenset({"pic", "on-paper"})
_STYLES: tuple[tuple[str, Style], ...] = (("muted", "muted"), ("v", "bold"))
_BOLD = {"b", "strong", "th"}
_BREAK = "\v"  # while spaces and ends of lines are one


def told_of(
    html: str,
    *,
    accent: str = "",
    is_letter: bool = False,
    pictures: Sequence[Picture | None] = (),
) -> Told:
    """Return what a paper or a pack says.

    Args:
        html: The text that its PDF is set from.
        accent: The organization's colour as #rrggbb; empty for Attune's.
        is_letter: Whether it is printed on Letter, not on A4.
        pictures: The pictures of the money of its pages of decisions, in order.
    """
    root = tree_of(html)
    [document], [body] = root.all("html"), root.all("body")
    drawn = iter(pictures)
    sheets = [
        _sheet(each, next(drawn, None) if "one" in each.kinds else None)
        for each in body.nodes
        if each.tag == "article"
    ]
    heads = {kind: _said(node) for node in body.nodes for kind in node.kinds}
    return Told(
        organization=heads["head-left"],
        head=heads["head-right"],
        foot=heads["foot-left"],
        title=_said(next(root.all("title"))),
        language=document.attributes.get("lang", "en"),
        accent=accent,
        is_letter=is_letter,
        sheets=tuple(sheets),
    )


def _said(node: Node) -> str:
    return plain(_words(node))


def _sheet(article: Node, picture: Picture | None) -> Sheet:
    kicker, title, parts, is_asked = "", "", list[Part](), True
    for node in _seen(article):
        if "kicker" in node.kinds:
            kicker, is_asked = _said(node), "early" not in node.kinds
        elif "title" in node.kinds:
            title = _said(node)
        else:
            parts += _parts(node)
    place, is_one = article.attributes.get("id", ""), "one" in article.kinds
    return Sheet(place, kicker, title, tuple(parts), picture, is_one, is_asked)


def _parts(node: Node) -> Iterator[Part]:
    inner = [each for each in node.nodes if "row" in each.kinds]
    if inner:
        for each in inner:
            yield from _parts(each)
        return
    label, items = "", list[Item]()
    for each in _flat(node):
        if each.tag in _HEADINGS and not label and not items:
            label = _said(each)
        else:
            items += _items(each)
    if label or items:
        yield Part(node.kinds, label, tuple(items), node.attributes.get("id", ""))


def _flat(node: Node) -> Iterator[Node]:
    """Yield headings, paragraphs and tables, in whatever they are wrapped."""
    if node.tag in _HEADINGS or node.tag in ("p", "table", "ul"):
        yield node
        return
    for each in _seen(node):
        yield from _flat(each)


def _separate(names: Node) -> None:
    """Put between names the marks that only the style of a page draws."""
    groups = [*_seen(names)]
    for group in groups:
        listed = [*_seen(group)]
        for name in listed[:-1]:
            name.inside.append(";")
        if listed and group is not groups[-1]:
            listed[-1].inside.append(".")


def _items(node: Node) -> Iterator[Item]:
    if "also" in node.kinds:
        _separate(node)
    if node.tag == "table":
        yield _table(node)
        return
    if node.tag == "ul":
        yield Listed(tuple(map(_words, _seen(node))))
        return
    apart = [x for x in _seen(node) if x.tag == "span" and not x.kinds]
    first = [x for x in node.inside if x not in apart]
    items = [_words(Node("p", {}, first)), *map(_words, apart)]
    if apart and items[0] and not items[0][-1].style:
        yield Listed(tuple(filter(None, items)))
    elif words := _words(node):
        yield words if node.tag == "p" else tuple(Run(x.text, "bold") for x in words)


def _table(node: Node) -> Table:
    groups, *lines = node.all("tr")
    if "groups" not in groups.kinds:
        groups, lines = Node("tr"), [groups, *lines]
    rows: list[Row] = []
    for each in lines:
        row = Row(tuple(map(_cell, _seen(each))), "pick" in each.kinds)
        rows.append(_joined(rows.pop(), row) if "goes-on" in each.kinds else row)
    captions = [_words(each) for each in node.all("caption")]
    head = _below_groups(rows[0], groups)
    return Table(head, tuple(rows[1:]), captions[0] if captions else ())


def _joined(row: Row, more: Row) -> Row:
    """Return a row whose last cell is empty, as its words are below it, with them."""
    return replace(row, cells=(*row.cells[:-1], replace(more.cells[0], span=1)))


def _cell(node: Node) -> Cell:
    return Cell(_words(node), _span(node), "n" in node.kinds)


def _below_groups(head: Row, groups: Node) -> Row:
    """Return the heads, the first below each group with its name above it."""
    above: dict[int, str] = {}
    place = 0
    for group in _seen(groups):
        above[place] = _said(group)
        place += _span(group)
    return replace(
        head,
        cells=tuple(
            replace(cell, above=above.get(at, "")) for at, cell in enumerate(head.cells)
        ),
    )


def _span(node: Node) -> int:
    return int(node.attributes.get("colspan", "1"))


def _seen(node: Node) -> Iterator[Node]:
    return (each for each in node.nodes if _is_seen(each))


def _is_seen(node: Node) -> bool:
    is_hidden = "hidden" in node.attributes or node.kinds & _NOT_SAID
    return not is_hidden and node.tag not in _UNSEEN


def _words(node: Node) -> Words:
    """Return the words in an element, with one space between two."""
    found: list[Run] = []
    for run in _runs(node, ""):
        text = _SPACES.sub(" ", run.text)
        last = found[-1] if found else None
        if not last or (not last.place and last.text[-1:] in (" ", _BREAK)):
            text = text.lstrip(" ")
        if text == _BREAK and last:
            last = found[-1] = replace(last, text=last.text.rstrip(" "))
        if not text and not run.place:
            continue
        if last and last.style == run.style and not last.place:
            found[-1] = replace(last, text=last.text + text, place=run.place)
        else:
            found.append(replace(run, text=text))
    while found and not found[-1].text.rstrip() and not found[-1].place:
        found.pop()
    if found and not found[-1].place:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(f" {_BREAK}"))
    return tuple(replace(x, text=x.text.replace(_BREAK, "\n")) for x in found)


def _runs(node: Node, style: Style) -> Iterator[Run]:
    # The head of a row that has a name in bold is more than that name.
    if node.tag in _BOLD and (node.tag != "th" or not any(node.all("b"))):
        style = "bold"
    style = next((own for kind, own in _STYLES if kind in node.kinds), style)
    for each in node.inside:
        if isinstance(each, str):
            yield Run(each, style)
        elif each.tag == "br":
            yield Run(_BREAK, style)
        elif "ref" in each.kinds:
            yield Run("", style, each.attributes.get("href", "").removeprefix("#"))
        elif _is_seen(each):
            yield from _runs(each, style)
