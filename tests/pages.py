"""A page as a browser takes it, however its template is laid out in lines."""

import re
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

from audits.templatetags.dates import JOINER, NO_BREAK

_BLOCKS = (
    "article|aside|body|button|caption|dd|details|div|dl|dt|fieldset|figure|form|"
    "h[1-6]|head|header|html|label|legend|li|main|meta|nav|noscript|ol|option|p|progress|"
    "section|select|style|summary|svg|table|tbody|td|th|thead|title|tr|ul"
)
_KEPT = re.compile(r"(<textarea.*?</textarea>)", re.S)
_TAG = re.compile(r"""(<(?:"[^"]*"|'[^']*'|[^<>"'])*>)""")
_SPACE = " \t\r\n\f"
_VALUE_OR_SPACE = re.compile(rf"""("[^"]*"|'[^']*')|[{_SPACE}]+""")
_SPACES = re.compile(f"[{_SPACE}]+")
_SPACE_BEFORE_END = re.compile(r" (/?>)$")
_BLOCK = re.compile(rf"</?(?:{_BLOCKS})\b")


def html_of(response: Any) -> str:
    """Return the page of an answer, without white space that nobody sees.

    What is no page is returned as it is.
    """
    text: str = response.content.decode()
    return html_in(text) if response["Content-Type"].startswith("text/html") else text


def html_in(page: str) -> str:
    """Return a page with one space for each that is seen, whether it breaks or not."""
    return "".join(
        _tag_of_textarea(part) if part.startswith("<textarea") else _visible(part)
        for part in _KEPT.split(page)
    )


def _tag_of_textarea(textarea: str) -> str:
    tag, text = _TAG.split(textarea, maxsplit=1)[1:]
    return _tag(tag) + text


def _visible(part: str) -> str:
    pieces = _TAG.split(part)  # words and tags in turn
    pieces[::2] = map(_words, pieces[::2])
    for place in range(1, len(pieces), 2):
        pieces[place], trims_before, trims_after = _tag_and_trims(pieces[place])
        if trims_before:
            pieces[place - 1] = pieces[place - 1].rstrip(_SPACE)
        if trims_after:
            pieces[place + 1] = pieces[place + 1].lstrip(_SPACE)
    return "".join(pieces)


@lru_cache(maxsize=8000)
def _words(piece: str) -> str:
    """Return what is between two tags with one space where it may break."""
    kept = piece.replace(JOINER, "").replace("&nbsp;", NO_BREAK)
    return _SPACES.sub(" ", kept.replace(NO_BREAK, " "))


# Pages say the same tags again and again.
@lru_cache(maxsize=4000)
def _tag_and_trims(piece: str) -> tuple[str, bool, bool]:
    """Return a tag as it is seen, and whether space before and after it is not."""
    tag = _tag(piece)
    is_block = bool(_BLOCK.match(tag))
    return tag, is_block or tag == "</a>", is_block or tag.startswith("<a ")


def _tag(tag: str) -> str:
    """Return a tag with one space between its parts; values stay as they are."""
    spaced = _VALUE_OR_SPACE.sub(lambda found: found[1] or " ", tag)
    return _SPACE_BEFORE_END.sub(r"\1", spaced)


def elements_of(html: str) -> list[Any]:
    """Return the elements and words, without the order of attributes."""
    found: list[Any] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.append((tag, sorted(attrs)))  # type: ignore[method-assign]
    parser.handle_data = lambda data: found.extend(data.split())  # type: ignore[method-assign]
    parser.feed(html)
    return found
