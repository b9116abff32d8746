"""Page 1 in few lines: what is decided, recommended and paid, and what was found.

What it leaves out is elsewhere on the page or in the appendix, in full.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

LINE = 72  # characters of the box, which has no room for more on a line
_SENTENCES = re.compile(r"(?<=[.”])\s+(?=[A-Z“\d])")
_PARTS = re.compile(r"(?<=\w)(?=\.\s|: |, (?:not|but|using|since|once|and name) )|; ")
_RANGE = re.compile(r" \(\$[\d,]+ to \$[\d,]+(?:, assumed)?\)")
_NOTHING: tuple[tuple[str, str], ...] = (
    (r"^That is the advice: (“[^”]+”) (.+?) and costs", r"As advised, \1 \2:"),
    (r" only until .+?(?:, then .+?)?: (?=\$)", ": "),
    (r", \$[\d,]+ (?:more|less) than .*", "."),
    (r"; .*", "."),
    (
        r" goes (?:on|ahead) until its model retires on ([^,:]+)(?:, then .+?)?: ",
        r" runs until \1: ",
    ),
    (r" runs until ", " runs to "),
    (r" (?:until|runs to) .+?(?:, then .+?)?: (?=\$)", ": "),
)
_AMOUNT: tuple[tuple[str, str], ...] = (
    (r"^This asks for (?:an )?(\w?)", r"\1"),
    (r", tests included", ""),
    (r" of planned spending", " planned"),
    (r" for “[^”]+”", ""),
    (r" on [^,]+(?=, instead)", ""),
)
_NOTE_LINES = 170
_NOTE: tuple[tuple[str, str], ...] = (
    (
        r" if the (\$[\d,]+) for training is not paid yet(?:, as on [^,]+)?, "
        r"or (\$[\d,]+ (?:less|more)) if it has been paid.*?, which is not known",
        r", or \2 if the \1 for training is paid already",
    ),
)


class Asked(NamedTuple):
    """A decision: its first sentence, the one of its amount, and what goes with it."""

    lead: str
    amount: str
    terms: str


def asked_in_box(said: str) -> Asked:
    """Return a computed decision in its parts; the amount and the terms may be empty.

    Args:
        said: The decision with its amounts.

    >>> asked_in_box("Agree to use it. This asks for $9 (a month). It frees nothing.")
    Asked(lead='Agree to use it.', amount='This asks for $9 (a month).', terms='It frees nothing.')
    """  # noqa: E501 - one value
    lead, *rest = _SENTENCES.split(said)
    paid = next((each for each in rest if "$" in each), "")
    terms = " ".join(each for each in rest if each is not paid)
    return Asked(lead, _beside(lead, paid), terms)


def _beside(lead: str, paid: str) -> str:
    """Return the sentence of the amount on one line if the decision has two."""
    if len(lead) <= LINE or len(paid) <= LINE:
        return paid
    paid = _RANGE.sub("", paid)
    return paid if len(paid) <= LINE else _upper(_shorter(paid, _AMOUNT))


def recommended_in_box(name: str, said: str) -> str:
    """Return as many whole parts after the name of a verdict as a line has room for.

    Args:
        name: The name of the verdict.
        said: What follows it, beginning with what goes between them.

    >>> recommended_in_box("Distil", f" in a month: train a small one {'slowly ' * 9}")
    ' in a month.'
    """
    room, ends = LINE - len(name) - 3, [each.start() for each in _PARTS.finditer(said)]
    if len(said) <= room:
        return said
    fits = [end for end in ends if 0 < end <= room]
    return f"{said[: fits[-1]]}." if fits else "."


def nothing_in_box(said: str) -> str:
    """Return what happens if nobody acts in one line, with its amount.

    Args:
        said: The same in full.

    >>> nothing_in_box(
    ...     "“Prompt” goes ahead and costs $5 over 12 months. One measured need stays."
    ... )
    '“Prompt” goes ahead and costs $5 over 12 months.'
    >>> nothing_in_box(
    ...     "“Tuned hosted model” goes ahead until its model retires on 14 January "
    ...     "2027, then retrieval takes over: $94,650 over 12 months."
    ... )
    '“Tuned hosted model” runs until 14 January 2027: $94,650 over 12 months.'
    """
    first = _SENTENCES.split(said)[0]
    return said if len(said) <= LINE else _shorter(first, _NOTHING)


def note_in_brief(note: str) -> str:
    """Return what is said below the amounts: the net, or what two lines have room for.

    Args:
        note: The same in full.

    >>> note_in_brief("The advice costs $9 less than the current plan. More is known.")
    'The advice costs $9 less than the current plan.'
    """
    first = _SENTENCES.split(note)[0]
    if not note.startswith("The advice costs "):
        parts = first.split("; ")
        return note if len(note) <= _NOTE_LINES else f"{parts[0].removesuffix('.')}."
    for long, short in _NOTE:
        first = re.sub(long, short, first)
    return first


def _shorter(said: str, ways: Sequence[tuple[str, str]]) -> str:
    for long, short in ways:
        if len(said) <= LINE:
            break
        said = re.sub(long, short, said)
    return said


def _upper(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}"
