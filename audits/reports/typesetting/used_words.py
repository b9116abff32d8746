"""Leaves out of a list of words those that the rest of a document does not use."""

import re
from html import unescape

_LIST = re.compile(r'(<ul class="gloss">)(.*?)(</ul>)', re.DOTALL)
_ITEM = re.compile(r"\s*<li>.*?</li>", re.DOTALL)
_TERM = re.compile(r"<b>(.*?)</b>", re.DOTALL)
_WITH_IT = re.compile(r"; (\w[\w ]*):")  # words that are explained in the same item
_TAG = re.compile(r"<[^>]*>")


def with_used_words(html: str) -> str:
    """Return HTML whose list of words has those alone that its other text uses.

    A word counts in all its forms, and with another word amid it.

    >>> text = "<p>Tuned hosted models are signed off.</p>"
    >>> words = ("Tuned model", "Sign off", "GPU")
    >>> items = "".join(f"<li><b>{each}</b> it is</li>" for each in words)
    >>> with_used_words(f'{text}<ul class="gloss">{items}</ul>').count("<li>")
    2
    """
    found = _LIST.search(html)
    if not found:
        return html
    text = unescape(_TAG.sub(" ", html[: found.start()] + html[found.end() :]))
    kept = (
        x for x in _ITEM.findall(found[2]) if any(_uses(text, y) for y in _words(x))
    )
    return html[: found.end(1)] + "".join(kept) + html[found.start(3) :]


def _words(item: str) -> list[str]:
    return [*map(unescape, _TERM.findall(item)), *_WITH_IT.findall(item)]


def _uses(text: str, term: str) -> bool:
    stems = (re.escape(word.removesuffix("e")) for word in term.split())
    return bool(re.search(rf"\b{r'\w*[\s-]+(?:\w+\s+)?'.join(stems)}", text, re.I))
