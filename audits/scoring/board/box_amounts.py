"""The decision with its one amount, and beside it the range, what ends and the net."""

import re
from typing import NamedTuple

_SUM = r"\$[\d,]+(?:\.\d\d)?"
# All that is asked for in one sentence; what else it may say is no such amount.
_ASKS = re.compile(
    rf"^This asks for (?:an expected )?(?:about )?(?P<sum>{_SUM})"
    r"(?: \((?P<range>\$[^)]+)\))?(?P<term> over 12 months)?"
    r"(?: for “[^”]+”(?: on (?P<model>[^,]+?))?)?(?:, (?:its test|tests) included)?"
    r"(?:,? (?P<to>to [^,]+))?"
    rf"(?:, instead of (?P<ends>{_SUM})(?P<kind> [^,]*)?)?\.$"
)
# What a sum waits for once a reviewer has signed with conditions.
_HELD = re.compile(
    r"^Once (?P<what>the (?:\d+ )?conditions? of the sign-off (?:is|are) met): this "
)
_SAID = ("to show them", "to measure")  # what the decision itself is for
# How a decision goes on after its amount, by how it began.
_GOES_ON: tuple[tuple[str, str], ...] = (
    (
        r"^Agree to spend nothing more on training, and to (.+)\.$",
        r" to \1, and spend nothing more on training.",
    ),
    (r"^Agree to (\d.+)$", r" for \1"),
    (
        r"^Agree to (.+?), and to spend nothing on (.+)$",
        r" to \1, and spend nothing on \2",
    ),
    (r"^Agree (to .+)$", r" \1"),
    (r"^Approve (.+)$", r" for \1"),
    (r"^Fund (.+)$", r" to fund \1"),
)
# What an amount sets up besides what the decision names.
_SETS_UP = re.compile(r"^to measure and to set up “.+” meanwhile$")
_MEASURES = " of measurements"
# What a month costs of what the amount only sets up.
_THEN = re.compile(
    rf"The {_SUM} is one-off: [^.;]+\. "
    rf"With ({_SUM} a month), the 12 months cost ({_SUM})"
)
ASKED_LATER = "are asked for once the measurements are done"
_NET = re.compile(
    r"^(?:The advice|Resuming) costs "
    rf"(?:{_SUM} more than today, and )?(?P<net>{_SUM} (?:less|more)) "
    r"than the [a-z]+ plan"
)
_PAID = re.compile(
    rf" if the (?P<sum>{_SUM}) for training is not paid yet, "
    rf"or (?P<other>{_SUM} (?:less|more)|nothing less) if it has been paid, "
    r"which is not known"
)


class WithAmount(NamedTuple):
    """A decision with what it asks for, the rest of its amount, and if it has the net.

    Both are empty where the amount does not go into the decision.
    """

    lead: str = ""
    amount: str = ""
    has_net: bool = False


def with_amount(
    lead: str,
    paid: str,
    note: str,
    *,
    test: str = "",
    term: str = "",
    has_table: bool = False,
) -> WithAmount:
    """Return a decision with the one amount that it asks for, as the most to be spent.

    A board resolves a sum, so the decision has no “about”: the range says how sure it is.

    Args:
        lead: Its first sentence.
        paid: The sentence of its amount.
        note: What is said below the amounts, which begins with the net, if that is known.
        test: What of it pays for the test that comes first; empty if nothing does.
        term: From which day its 12 months are, if that is known and in no table.
        has_table: Whether a table beside it has the range.

    >>> asks = "This asks for $9 ($5 to $30) over 12 months, instead of $12 of planned spending."
    >>> with_amount("Agree to use it.", asks, "The advice costs $3 less than the current plan.")[:2]
    ('Approve up to $9 over 12 months to use it.', 'This is the expected cost (range $5 to $30): $3 less than the $12 planned.')
    >>> with_amount("Agree to use it.", "Once the condition of the sign-off is met: this asks for $9.", "").lead
    'Approve up to $9, once the condition of the sign-off is met, to use it.'
    >>> with_amount("Agree to use it.", "This asks for nothing now.", "")
    WithAmount(lead='', amount='', has_net=False)
    """  # noqa: E501 - one value
    held = _HELD.match(paid)
    found = _ASKS.match(f"This {paid[held.end() :]}" if held else paid)
    ways = ((re.sub(old, new, lead), old) for old, new in _GOES_ON)
    follows = next((said for said, old in ways if re.match(old, lead)), "")
    if not (found and follows):
        return WithAmount()
    (net, if_paid), to = _net(note), found["to"] or ""
    if _SETS_UP.match(to) and _MEASURES in follows:
        what = to.removeprefix("to measure")
        follows = follows.replace(_MEASURES, f"{_MEASURES}{what}")
        to = ""
    once = f", once {held['what']}," if held else ""
    first = f"{once or ','} {test} of it first for a test," if test else once
    is_told = has_table and bool(found["term"])
    over = found["term"] or ""
    if over and term:
        over = term
    beside = _beside_plan(found, net, if_paid)
    amount = _in_table(found, beside) if is_told else _with_range(found, to, beside)
    if run := _THEN.match(note):
        later = f"The 12 months, {run[2]} in all with {run[1]}, {ASKED_LATER}"
        paid_once = amount.removesuffix(".") or "This is the cost"
        amount = f"{paid_once}, paid once. {later}."
    return WithAmount(
        lead=f"Approve up to {found['sum']}{over}{first}{follows}",
        amount=amount,
        has_net=bool(found["ends"] and net),
    )


def _with_range(found: re.Match[str], to: str, beside: str) -> str:
    """Return the amount with its range, and what the plan costs that ends."""
    said = [
        f"(range {found['range']})" if found["range"] else "",
        f"with {found['model']}" if found["model"] else "",
        "" if to in _SAID else to,
    ]
    told = " ".join(filter(None, said))
    if not (told or beside):
        return ""
    what = "This is the expected cost" if found["range"] else "This is the cost"
    return f"{what}{f' {told}' if told else ''}{beside}."


def _in_table(found: re.Match[str], beside: str) -> str:
    """Return what a table beside it has not: the model, and the plan that ends."""
    on = f"on {found['model']}" if found["model"] else ""
    beside = beside.lstrip(":, ")
    if on and beside:
        return f"{on[:1].upper()}{on[1:]}, this is {beside}."
    return f"This is {on or beside}." if on or beside else ""


def _beside_plan(found: re.Match[str], net: str, if_paid: str) -> str:
    """Return what the plan costs that ends, and the net if it is known."""
    if not found["ends"]:
        return ""
    kind = (found["kind"] or "").replace(" of ", " ").replace(" spending", "")
    ends = f"{found['ends']}{kind}"
    return f": {net} than the {ends}{if_paid}" if net else f", instead of {ends}"


def _net(note: str) -> tuple[str, str]:
    """Return the net, and what it is if the training is paid; empty if more is said."""
    first = re.split(r"[.;](?: |$)", note)[0]
    if (found := _NET.match(first)) is None:
        return "", ""
    rest = first[found.end() :]
    if not rest:
        return found["net"], ""
    paid = _PAID.fullmatch(rest)
    if paid is None:
        return "", ""
    other = f", or {paid['other']} if the {paid['sum']} for training is paid"
    return found["net"], other
