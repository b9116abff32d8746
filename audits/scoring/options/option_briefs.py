"""Why or why not, in the few words that a row of page 1 has room for.

The appendix has each reason in full. A shorter one is a whole part of it, never cut.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from audits.scoring.options.option_reasons import RULED_OUT

_IN_A4 = " (A4)"
ROOM = 34  # characters on one line of the table of options
# What says the same in fewer words, where a part of the sentence would not.
# What the box asks for is only the first of both.
_WITH = r"Recommended + a year of \1"
_SHORTER: tuple[tuple[str, str], ...] = (
    (r"May serve until the trained model is ready, though ", "May serve meanwhile; "),
    (r"Untested; the move adds .*: \$([\d,]+)", r"The move adds \1"),
    (
        r"Not counting the move, costs (no less|less) than .*\(\$([\d,]+)\)",
        r"\1 than \2, without move",
    ),
    (
        r"Not counting the move, costs about the same as .*\(\$([\d,]+)\)",
        r"About \1, without move",
    ),
    (
        r"Recommended; only for what it takes to run it; (“.+?”) goes on.*",
        _WITH,
    ),
    (r"Recommended; to measure, with 12 months of (“.+?”)", _WITH),
    (
        r"Recommended; only for what it takes to run it",
        "Recommended; only to get ready",
    ),
    (r"Recommended; only to show what (“.+?”) rests on", r"Recommended before \1"),
    (r"The documents do not fit in the prompt", "Documents do not fit in the prompt"),
    (
        r".*[Ww]as tested and is not shown to do as well.*",
        "Not shown to do as well, no move",
    ),
    (r".*not the model that the team chose.*", "Not the model that the team chose"),
    (
        r".*\bten or more reviewed examples in the prompt can teach.*",
        "Leaves out the reviewed examples",
    ),
    (r"Replaces the plan’s model when that ends", "Takes over when the model ends"),
    (r".*\b[Tt]he rule (“.+?” advises “.+?”).*", r"The rule \1"),
    (r".*\b[Tt]he rule (“.+?”) decides.*", r"\1 decides"),
    (
        r".*\b[Ee]ven the quickest model was too slow.*",
        "Even the quickest was too slow",
    ),
    (r".*\bits model retires on ", "Its model ends on "),
    (r"No untuned model that was tested is shown .*", "No tested model can teach it"),
    (r"No model that could teach it meets the target", "No model can teach it yet"),
    (r"Fewer than ten examples cannot teach a model", "Too few examples to train"),
    (r".*\bfacts are not what is wrong.*", "Facts are not what is wrong"),
    (
        r"Costs less without the [\d,]+ tokens of documents",
        "Costs less without documents",
    ),
    (r"(Costs less without documents), but .*\bmeets? the target\b.*", r"\1"),
    (
        r"Costs less, but .*\bmeets? the target\b.*, so use (it|them)\b.*",
        "Costs less; another met the target",
    ),
    (
        r"Costs less, but use .*: it meets the target.*",
        "Costs less; another met the target",
    ),
)
# An offer: how much more it costs, and the first of its prices in its own currency.
_OFFER = re.compile(
    r"(?P<net>(?:[Aa]t least )?\$[\d,]+ (?:more|less)) than [^;]+"
    r"(?:.*?; (?P<own>[^\w\s$][\d,]+)(?= over| once| a month))?"
)
# One that is no cheaper, of a move beside what is proposed without it.
_NO_LESS = re.compile(
    r"(?:Feasible, but )?(?P<needs>Needs 10 examples; )?"
    r"(?:[Nn]ot counting the move, )?costs no less"
    r"(?: than “[^”]+” \(\$(?P<alone>[\d,]+)\))?$"
)
_AS_RENTED = "own servers priced as rented"  # said however long it is
_PARTS = re.compile(r"; |\. |: ")
# What follows them says why not; what comes before may only say that it is cheaper.
_CONTRASTS = re.compile(r", but |, though |, and ")
_CLAUSES = re.compile(r", (?:but|though|and|so|not|which|even) | until ")
# What comes before one of these is taken back by what comes after it.
_TAKEN_BACK = re.compile(r".*?, (?:but|though|not|even) ")
_LESS, _NOT_ADVISED = "Costs less", "Costs less, but is not advised"


def brief(why: str) -> str:
    """Return the first part of a reason that has room, or else its shortest one.

    Args:
        why: The reason in full.

    >>> brief("Ruled out: the documents do not fit in the prompt")
    'Documents do not fit in the prompt'
    >>> brief("The plan goes ahead until its model retires on 14 January 2027")
    'Its model ends on 14 January 2027'
    >>> brief("Recommended; training stops; the team chose GPT-6.1 Terra")
    'Recommended; training stops'
    """
    if why.endswith(_IN_A4) and (offer := _OFFER.search(why)):
        said_of_it = _upper("; ".join(filter(None, offer.groups())))
        return said_of_it if offer["own"] else said_of_it + _IN_A4
    said = _upper(why.removeprefix(RULED_OUT))
    for long, short in _SHORTER:
        said = _upper(re.sub(rf"^{long}", short, said))
    found = [*_candidates(said.removesuffix("."))]
    fits = (each for each in found if len(each) <= ROOM or _is_rented(each))
    shown = _upper(next(fits, min(found, key=len)))
    # Alone, it would say the contrary of the sentence that it begins.
    return _NOT_ADVISED if shown == _LESS != said else shown


def costs_more(why: str, amount: str, advised: str, than: str = "") -> str:
    """Say how much more an option costs, where that is why not; empty if it is not.

    Args:
        why: The reason in full.
        amount: What the option costs, as the table has it.
        advised: What the one beside it costs; empty if that is not known.
        than: The name of that one where it is not the recommended one.

    >>> costs_more("Feasible, but costs no less", "27,238", "11,124")
    'Costs 16,114 more'
    >>> costs_more("Needs 10 examples; costs no less", "15,102", "15,002")
    'Needs 10 examples; 100 more'
    >>> costs_more("Feasible, but costs no less", "14,950", "14,404", than="Prompt")
    'Costs 546 more than “Prompt”'
    >>> costs_more("It missed the target", "27,238", "11,124")
    ''
    """
    found = _NO_LESS.match(why)
    if found is None or not (alone := found["alone"] or advised):
        return ""
    digits = [each.replace(",", "") for each in (amount, alone)]
    if not all(each.isdecimal() for each in digits):
        return ""
    more = int(digits[0]) - int(digits[1])
    needs = found["needs"] or ""
    without = ", without the move" if found["alone"] else ""
    costs = f"{more:,} more" if more > 0 else "costs as much"
    is_bare = more > 0 and not (needs or without)
    beside = f" {'than' if more > 0 else 'as'} “{than}”" if than and not without else ""
    said = f"{needs}{'costs ' if is_bare else ''}{costs}{beside}{without}"
    return "" if beside and len(said) > ROOM else _upper(said)


def is_longer(why: str) -> bool:
    """Return whether a reason says more than its row of page 1 does.

    >>> is_longer("Ruled out: it missed the target"), is_longer("Costs less, but no.")
    (False, False)
    """
    return _upper(why.removeprefix(RULED_OUT)).removesuffix(".") != brief(why)


def _is_rented(said: str) -> bool:
    return said.startswith("Recommended; ") and said.endswith(_AS_RENTED)


def _candidates(said: str) -> Iterator[str]:
    """Yield what may be said for a reason, the best first."""
    yield said
    parts = _PARTS.split(said)
    pairs = (f"{one}; {other}" for one, other in pairwise(parts))
    yield from (pair for pair in pairs if "Recommended" in pair)
    for part in parts:
        if part != _LESS or len(parts) == 1:
            yield part
        yield from _against(part)
    for part in parts:
        yield _CLAUSES.split(part)[0]


def _against(part: str) -> Iterator[str]:
    """Yield what follows the first contrast of a part, or a whole clause of that."""
    for rest in _CONTRASTS.split(part, maxsplit=1)[1:]:
        yield rest
        if not _TAKEN_BACK.match(rest):
            yield _CLAUSES.split(rest)[0]


def _upper(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}"
