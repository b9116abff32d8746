"""Page 1 in few lines: what is decided, recommended and paid, and what was found.

What it leaves out is elsewhere on the page or in the appendix, in full.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from audits.scoring.board.box_amounts import with_amount
from audits.scoring.sentences.on_own_servers import with_unknown_cost

LINE = 72  # characters of the box, which has no room for more on a line
_SENTENCES = re.compile(r"(?<=[.”])\s+(?=[A-Z“\d])")
_PARTS = re.compile(
    r"(?<=[\w”])(?=\.\s|: |, (?:not|but|using|since|once|and name) )|; "
)
_RANGE = re.compile(r" \(\$[\d,]+ to \$[\d,]+(?:, assumed)?\)")
_NOTHING: tuple[tuple[str, str], ...] = (
    (r"^That is the advice: (“[^”]+”) (.+?) and costs", r"\1 \2, as advised:"),
    (r" only until .+?(?:, then .+?)?: (?=\$)", ": "),
    (r", \$[\d,]+ (?:more|less) than .*", "."),
    (r"; .*", "."),
    (
        r" goes (?:on|ahead) until its model retires on ([^,:]+): ",
        r" ends on \1: ",
    ),
    (r" (would run.*?) until its model retires on ([^,:]+)", r" \1 to \2"),
    (
        r" goes (?:on|ahead) until its model retires on ([^,:]+), "
        r"then (“[^”]+”|an? \w+|\w+).*? takes over: ",
        r" runs to \1, then \2: ",
    ),
    (r", then (“[^”]+”|an? \w+|\w+)[^:]*? takes over: ", r", then \1: "),
    (r" over 12 months", ""),
    (r" (?:runs to|ends on) .+?(?:, then .+?)?: (?=\$)", " costs "),
)
_MOVES = re.compile(
    r"^The tuned model stops when .+? retires on ([^.]+)\. Then (“[^”]+”|an? \w+).*? "
    r"takes over\. It is (not shown to do as well)(?:, and costs (\$[\d,]+) once)?.*"
    r"The 12 months cost (\$[\d,]+)\.$"
)
_AMOUNT: tuple[tuple[str, str], ...] = (
    (r"^This asks for (?:an )?(\w?)", r"\1"),
    (r", tests included", ""),
    (r" of planned spending", " planned"),
    (r" for “[^”]+”", ""),
    (r" on [^,]+(?=, instead)", ""),
)
# What only the sentence before it makes clear, which is in the box.
_TERMS: tuple[tuple[str, str], ...] = (
    (r"^The use case’s owner leads\.$", "The use case’s owner leads the move."),
)
_AGREED = "Agreed to "
_COMMAND = re.compile(r"(?:Agree|Approve|Choose|Decide|Fund|Give|Stop|Move|Keep|Use) ")
_NOTE_LINES = 170
_BOTH_LESS = (
    "with its test in a results file, plan and advice each cost",
    "with its test in a results file, both plans cost",
)
# The decision has the day from which its 12 months are, and so do those beside it.
_SINCE = re.compile(r"12 months from \d{1,2} \w+ \d{4}")
_IS_NET, _EARNS = ("The advice costs ", "Resuming costs "), " or save"
_NOTE: tuple[tuple[str, str], ...] = (
    (
        r" if the (\$[\d,]+) for training is not paid yet(?:, as on [^,]+)?, "
        r"or (\$[\d,]+ (?:less|more)) if it has been paid.*?, which is not known",
        r", or \2 if the \1 for training is paid already",
    ),
)


# The sum that a term of a decision has, and what the box says beside the net.
_TESTS_FIRST = "First test it, for "
_PAYS_A_TEST = re.compile(rf"{_TESTS_FIRST}(\$[\d,]+) of the sum:")
_LATER = re.compile(r"After the 12 months, |From [^,]+, doing nothing costs ")
_SECOND = re.compile(r"After a second approval, training ")
_CAN_COST_MORE = re.compile(r"The advice can cost more than the plan: [^.]+\.")
_WITH_RUNNING = re.compile(r"With \$[\d,]+ a month, the 12 months cost [^.;]+")


def by_whom(decision: str, *, is_decided: bool) -> str:
    """Return a decision that was taken with who did: the board, or who signed it off.

    >>> by_whom("Agreed to use it.", is_decided=True)
    'The board agreed to use it.'
    >>> by_whom("Agree to use it.", is_decided=True)
    'Agree to use it.'
    """
    if not decision.startswith(_AGREED):
        return decision
    who = "The board" if is_decided else "The reviewer"
    return f"{who} {decision[:1].lower()}{decision[1:]}"


class Asked(NamedTuple):
    """A decision: its first sentence, the one of its amount, and what goes with it.

    It `has_net` where the amount says what it costs beside the current plan. `made_up`
    is what that net is made up of, for the note below the amounts.
    """

    lead: str
    amount: str
    terms: str
    has_net: bool = False
    made_up: str = ""


def asked_in_box(
    said: str,
    note: str = "",
    *,
    term: str = "",
    made_up: str = "",
    has_table: bool = False,
) -> Asked:
    """Return a computed decision in its parts; the amount and the terms may be empty.

    Args:
        said: The decision with its amounts.
        note: What is said below the amounts, which begins with the net if it is known.
        term: From which day to which 12 months are, if that is known.
        made_up: What the net is made up of, in a sentence; it may be empty.
        has_table: Whether a table beside it has its days and its range.

    >>> asked_in_box("Agree to use it. This asks for $9 ($5 to $30). It goes on.")[:3]
    ('Approve up to $9 to use it.', 'This is the expected cost (range $5 to $30).', 'It goes on.')
    """  # noqa: E501 - one value
    lead, *rest = _SENTENCES.split(said)
    sums = (x for x in rest if "$" in x and not x.startswith(_TESTS_FIRST))
    paid = next(sums, "")
    terms = " ".join(_plainer(each) for each in rest if each is not paid)
    tested = _PAYS_A_TEST.search(terms)
    test = tested[1] if tested else ""
    table = has_table
    found = with_amount(lead, paid, note, test=test, term=term, has_table=table)
    if found.lead:
        terms = _PAYS_A_TEST.sub("First test it:", terms)
        later = [x for x in sentences(note) if found.has_net and _LATER.match(x)]
        made = " ".join(filter(None, (made_up, *later))) if found.has_net else ""
        return Asked(found.lead, found.amount, terms, found.has_net, made)
    return Asked(lead, _beside(lead, paid), terms)


def once_ready(lead: str) -> str:
    """Return a decision as what a paper asks for once the board can vote on it.

    Args:
        lead: Its first sentence, as a command.

    >>> once_ready("Approve up to $9 over 12 months to use it.")
    'It asks for up to $9 over 12 months to use it.'
    >>> once_ready("Agree to use it.")
    'It asks the board to agree to use it.'
    >>> once_ready("Give training a price, then decide on it.")
    'It asks the board to give training a price, then decide on it.'
    """
    said, number = re.subn(r"^Approve (?=up to \$)", "It asks for ", lead)
    if number or not _COMMAND.match(lead):
        return said
    return f"It asks the board to {lead[:1].lower()}{lead[1:]}"


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
    '“Tuned hosted model” runs to 14 January 2027, then retrieval: $94,650.'
    """
    said = _SINCE.sub("12 months", said)
    if len(said) <= LINE:
        return said
    if unknown := with_unknown_cost(said):
        return unknown
    if moved := _MOVES.match(said):
        day, what, how, once, year = moved.groups()
        set_up = f", {once} of it to set that up" if once else ""
        return f"From {day} {what} runs, {how}: {year}{set_up}."
    first = _SENTENCES.split(said)[0]
    # What a training is paid for is the consequence, and never gives way.
    return first if first.startswith("$") else _shorter(first, _NOTHING)


def note_in_brief(note: str, *, has_net: bool = False) -> str:
    """Return what is said below the amounts: the net, or what two lines have room for.

    What the calls earn stays, where they earn too little, and what warns of a cost.

    Args:
        note: The same in full.
        has_net: Whether the net is said elsewhere.

    >>> note_in_brief("The advice costs $9 less than the current plan. More is known.")
    'The advice costs $9 less than the current plan.'
    >>> note_in_brief("The advice costs $9 less than the plan. More.", has_net=True)
    'More.'
    >>> long = f"First {170 * '.'}. Second. The calls earn or save $9 a year."
    >>> note_in_brief(long).replace("..", "")
    'First . The calls earn or save $9 a year.'
    >>> caveat = "The advice can cost more than the plan: up to $9, against $8."
    >>> note_in_brief(f"The advice costs $2 less than the plan. Second. {caveat}")
    'The advice costs $2 less than the plan. The advice can cost more than the plan: \
up to $9, against $8.'
    """
    first, *others = sentences(note) or [""]
    if has_net:
        rest = first.partition("; ")[2]
        others = [each for each in others if not _LATER.match(each)]
        return note_in_brief(" ".join(filter(None, (_upper(rest), *others))))
    if not note.startswith(_IS_NET):
        if len(note) <= _NOTE_LINES:
            return note.replace(*_BOTH_LESS)
        first = f"{first.split('; ')[0].removesuffix('.')}."
    else:
        for long, short in _NOTE:
            first = re.sub(long, short, first)
    others = [f"{x[0]}." if (x := _WITH_RUNNING.match(y)) else y for y in others]
    told = _LATER, _WITH_RUNNING, _SECOND, _CAN_COST_MORE
    kept = (x for x in others if _EARNS in x or any(y.match(x) for y in told))
    return " ".join((first, *kept))


def apart_from_caveat(note: str) -> tuple[str, str]:
    """Return a note without what it warns of, and that, which is the last to give way.

    >>> apart_from_caveat("It is less. The advice can cost more than the plan: to $9.")
    ('It is less.', 'The advice can cost more than the plan: to $9.')
    """
    found = _CAN_COST_MORE.search(note)
    caveat = found[0] if found else ""
    return " ".join(note.replace(caveat, "").split()) if caveat else note, caveat


def without_running(note: str) -> str:
    """Return a note without what the 12 months of a set-up cost, said elsewhere.

    >>> without_running("It sets up “Prompt”. With $5 a month, the 12 months cost $9.")
    'It sets up “Prompt”.'
    """
    return re.sub(rf" ?{_WITH_RUNNING.pattern}\.", "", note)


def rest_of_note(note: str, *, has_net: bool = False) -> str:
    """Return what is said of the amounts, and not in brief; all if only a part is.

    Args:
        note: All of it.
        has_net: Whether the net is said elsewhere.
    """
    brief = note_in_brief(note, has_net=has_net)
    if brief == note:
        return ""
    if has_net:
        first, *others = sentences(note)
        rest = (_upper(first.partition("; ")[2]), *others)
        is_all = all(each in brief or _LATER.match(each) for each in rest)
        return "" if is_all else note
    if not note.startswith(_IS_NET):
        return note
    return " ".join(each for each in sentences(note)[1:] if each not in brief)


def sentences(said: str) -> list[str]:
    """Return the sentences of a text."""
    return _SENTENCES.split(said) if said else []


def _plainer(term: str) -> str:
    for long, plain in _TERMS:
        term = re.sub(long, plain, term)
    return term


def _shorter(said: str, ways: Sequence[tuple[str, str]]) -> str:
    for long, short in ways:
        if len(said) <= LINE:
            break
        said = re.sub(long, short, said)
    return said


def _upper(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}"
