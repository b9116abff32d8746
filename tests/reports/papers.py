"""Papers as tests look at them: each printed once, or its words alone.

What only words are asked of is not printed: a paper takes a second of the processor.
Which page something is on, whether it fits, and its form are seen in print alone.
"""

import atexit
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from xml.etree.ElementTree import Element

import tinyhtml5  # type: ignore[import-untyped]

from audits.reports import pdf_client
from audits.reports.context import Paper
from audits.reports.pdf_client import Print, manuscript_of
from audits.reports.typesetting.giving_way import give_way
from audits.reports.typesetting.pdf import Manuscript, Typesetter
from audits.reports.typesetting.pdf_worker import written_manuscript

_WORD_JOINER = "\u2060"  # keeps a line from ending after a hyphen
_UNSEEN = {"style", "title", "desc", "script"}
_INSIDE_A_WORD = {"a", "abbr", "b", "bdi", "em", "i", "span", "strong", "sub", "sup"}
_SUMMARY = "page-1"
_APPENDIX = '<section class="part" id="appendix">'
_HEADING = re.compile("<h2.*?</h2>", re.DOTALL)
_PARTS = (["app"], ["one"])
_stood_in_for: dict[bytes, Manuscript] = {}


def pdf_of(paper: Paper) -> bytes:
    """Return the paper in print; equal ones are printed once in a process.

    That they have equal bytes is tested in test_pdf_form.py.
    """
    return print_of(paper).pdf


def print_of(paper: Paper) -> Print:
    """Return the same with the notice for its author."""
    return _printed(manuscript_of(paper))


def front_of(paper: Paper) -> Print:
    """Return page 1 in print, with only the headings of the appendix behind it.

    The appendix has no say in the size of page 1, and takes two thirds of the time.
    """
    return _printed(shortened(manuscript_of(paper)))


def shortened(made: Manuscript) -> Manuscript:
    """Return a paper with only the headings of its appendix."""
    front, begins, rest = made.html.partition(_APPENDIX)
    appendix, ends, after = rest.rpartition("</section>")
    assert begins
    assert ends
    headings = "".join(_HEADING.findall(appendix))
    return replace(made, html=f"{front}{begins}{headings}{ends}{after}")


@cache
def _printed(manuscript: Manuscript) -> Print:
    return pdf_client._press.printed(manuscript)


@cache
def typesetter() -> Typesetter:
    """Return one that this process keeps, which has read the fonts and the styles."""
    return Typesetter()


# Its fonts are let go while the library that draws them is still there.
atexit.register(typesetter.cache_clear)


def words_of_parts(manuscript: Manuscript) -> list[str]:
    """Return the words of each part of a pack or an annex, without running heads.

    Those of a pack are its overview, each decision, and what is behind the overview.
    """
    root = tinyhtml5.parse(manuscript.html, namespace_html_elements=False)
    body = next(root.iter("body"))
    parts = [part for part in body if part.get("class", "").split()[:1] in _PARTS]
    sheets = {part.get("id", ""): 0 for part in parts if part.get("class") == "one"}
    give_way(root, sheets, _SUMMARY)
    return [_said(part) for part in parts]


def words_of(paper: Paper, given: int = 0) -> tuple[str, str]:
    """Return the words of page 1, if all but so many have room, and of the appendix."""
    root = tinyhtml5.parse(manuscript_of(paper).html, namespace_html_elements=False)
    give_way(root, {_SUMMARY: given}, _SUMMARY)
    body = next(root.iter("body"))
    [first] = [part for part in body if part.get("id") == _SUMMARY]
    [rest] = [part for part in body if part.get("class") == "app"]
    return _said(first), _said(rest)


def _said(element: Element) -> str:
    joined = "".join(_parts(element)).replace(_WORD_JOINER, "")
    return " ".join(joined.split())


def _parts(element: Element) -> Iterator[str]:
    name = str(element.tag).rpartition("}")[2]
    apart = "" if name in _INSIDE_A_WORD else " "
    if name not in _UNSEEN:
        yield apart + (element.text or "")
        for child in element:
            yield from _parts(child)
            yield child.tail or ""
        yield apart


def stand_in(manuscript: Manuscript) -> Print:
    """Return a file with other bytes for each manuscript, where nobody reads it."""
    told = sha256(written_manuscript(manuscript)).hexdigest()
    file = f"%PDF-1.7\n% {told}\n".encode()
    _stood_in_for[file] = manuscript
    return Print(file, "")


def words_behind(file: bytes) -> list[str]:
    """Return the words of each part of what a file stands in for."""
    return words_of_parts(_stood_in_for[file])
