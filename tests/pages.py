"""A page as a browser takes it, however its template is laid out in lines."""

import re
from html.parser import HTMLParser
from typing import Any

_BLOCKS = (
    "article|aside|body|button|caption|dd|details|div|dl|dt|fieldset|figure|form|"
    "h[1-6]|head|header|html|label|legend|li|main|meta|nav|noscript|ol|option|p|progress|"
    "section|select|style|summary|svg|table|tbody|td|th|thead|title|tr|ul"
)
_KEPT = re.compile(r"(<textarea.*?</textarea>)", re.S)
_TAG = re.compile(r"""(<(?:"[^"]*"|'[^']*'|[^<>"'])*>)""")
_SPACE = " \t\r\n\f"  # not that which keeps words together
_VALUE_OR_SPACE = re.compile(rf"""("[^"]*"|'[^']*')|[{_SPACE}]+""")
_BLOCK = re.compile(rf"</?(?:{_BLOCKS})\b")


def html_of(response: Any) -> str:
    """Return the page of an answer, without white space that nobody sees.

    What is no page is returned as it is.
    """
    text: str = response.content.decode()
    return html_in(text) if response["Content-Type"].startswith("text/html") else text


def html_in(page: str) -> str:
    """Return a page without white space that nobody sees."""
    return "".join(
        _tag_of_textarea(part) if part.startswith("<textarea") else _visible(part)
        for part in _KEPT.split(page)
    )


def _tag_of_textarea(textarea: str) -> str:
    tag, text = _TAG.split(textarea, maxsplit=1)[1:]
    return _tag(tag) + text


def _visible(part: str) -> str:
    pieces = [
        _tag(piece) if piece.startswith("<") else re.sub(f"[{_SPACE}]+", " ", piece)
        for piece in _TAG.split(part)
    ]
    for place, piece in enumerate(pieces):
        is_block = _BLOCK.match(piece)
        if is_block or piece == "</a>":
            pieces[place - 1] = pieces[place - 1].rstrip(_SPACE)
        if is_block or piece.startswith("<a "):
            pieces[place + 1] = pieces[place + 1].lstrip(_SPACE)
    return "".join(pieces)


def _tag(tag: str) -> str:
    """Return a tag with one space between its parts; values stay as they are."""
    spaced = _VALUE_OR_SPACE.sub(lambda found: found[1] or " ", tag)
    return re.sub(r" (/?>)$", r"\1", spaced)


def elements_of(html: str) -> list[Any]:
    """Return the elements and words, without the order of attributes."""
    found: list[Any] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.append((tag, sorted(attrs)))  # type: ignore[method-assign]
    parser.handle_data = lambda data: found.extend(data.split())  # type: ignore[method-assign]
    parser.feed(html)
    return found
