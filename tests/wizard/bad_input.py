"""What nobody means to type, and what becomes of it wherever words come in."""

import html
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from audits.models import Audit
from tests.casting import Cast
from tests.pages import html_in

# Said of a text that neither database, nor the paper, could take whole.
UNSTORABLE = "Some characters cannot be stored. Remove them, then save again."


@dataclass(frozen=True)
class Words:
    """A text, and how it is kept if it is short enough; None if it never is."""

    name: str
    typed: str
    kept: str | None

    def __str__(self) -> str:
        return self.name


def _same(name: str, text: str) -> Words:
    return Words(name, text, text)


BOMB = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}]\n"
    for old, new in zip("abcdefghij", "bcdefghijk", strict=True)
)
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
WORDS = (
    Words("NUL", "left\x00right", None),
    Words("C0 controls", "le\x01ft\x1b[31m\tri\x7fght\x85", "left[31m\tright"),
    Words("lines of a browser", "one\r\ntwo\rthree", "one\ntwo\nthree"),
    _same("noncharacters", "left\ufffe\uffff\U0010ffff right"),
    Words(
        "bidi override",
        "invoice \u202efdp.exe\u202c \u2066isolated\u2069\u200f",
        "invoice fdp.exe isolated",
    ),
    Words("joiners", "x" + "\u200d" * 5_000 + "y", "xy"),
    Words(
        "what shows nothing",
        "\ufeff5\u200b,0\u2060\u00ad00 U\U000e0055\U000e0053\u180eSD \u200b",
        "5,000 USD",
    ),
    _same("joined letters", "می\u200cروم क्\u200dष \u0600\u0661\u0662"),
    Words("combining marks", "e" + "\u0301" * 5_000, "\u00e9" + "\u0301" * 4_999),
    Words("two forms", "Pru\u0308fung \u212b", "Pr\u00fcfung \u00c5"),
    _same("zalgo", "".join(letter + "\u0335\u0321\u034f" * 20 for letter in "zalgo")),
    _same(
        "emoji families",
        f"{FAMILY} \U0001f3f4\U000e0067\U000e007f \U0001f1e9\U0001f1ea",
    ),
    _same("Arabic and Hebrew", "قرار المجلس (12%) החלטת הדירקטוריון"),
    _same("CJK", "董事會的決定 理事会の決定 이사회의 결정 \U00020bb7"),
    _same("markup", "<script>alert(1)</script>{{ 7 }}{% now %}&lt;<b data-hx-get=/x>"),
    _same("formula and query", "=1+1'); DROP TABLE audits_audit;--"),
    _same("YAML with aliases", BOMB.strip()),
    _same("deep nesting", "[" * 1_000),
    _same("one character more than a note has", "x" * 10_001),
    _same("one word", "x" * 100_000),
)

# No option, no level and no number, whichever field they are sent in.
VALUES = (
    *("NaN", "-nan", "Infinity", "1e309", "1e-309", "-0", "+0", "-5", "−5"),
    *("0x10", "1_000", "1,5", "1.234.567,89", "0,85", "4,00,000", "٤٠", "½", "²", "Ⅷ"),
    *("9223372036854775808", "-9223372036854775809", "9" * 400, "1" * 100_000),
    *("31 Feb 2026", "2026-02-31", "0000-01-01", "99999-12-31", "12:30"),
    *("no", "null", "[]", "{}", '["met"]', "\ufffe", "\u202e5", "5\u200d", "5\x005"),
    *("\x00", "' OR 1=1", "<b>5</b>", "recorded:", "recorded:met", "unknown,met"),
)


def audit(cast: Cast) -> Audit:
    return Audit.objects.get(pk=cast.ours.draft.pk)


def text_of(response: Any) -> str:
    content: bytes = response.content
    return html.unescape(html_in(content.decode()))


def page_of(cast: Cast, name: str, *arguments: str) -> str:
    return reverse(name, args=[cast.ours.draft.pk, *arguments])
