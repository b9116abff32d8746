"""What each kind of decision says of money: one table, and the function that fills it.

Of alternatives, the first is said of which every amount is known; without one, nothing.
So no sentence names an amount that its row does not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Literal

type Kind = Literal[
    "settle",
    "stop",
    "train",
    "show",
    "choose",
    "fund",
    "part",
    "gather",
    "keep",
    "move",
    "rebuild",
]
type Sentences = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The sentences of a kind: what is asked for, and what follows the amounts.

    `now` is the part of it that is asked for at once, where something is.
    """

    asks: Sentences
    notes: Sentences
    now: Sentences = ()


_WITHOUT = "leaves out the documents that answers come from"
_SAME = (
    "This asks for {beyond} more over 12 months than the current plan: {same}.",
    "What serves has no known price{not_known}; the current plan is {same} over 12 "
    "months.",
    f"This asks for more than {{same}} over 12 months: that price {_WITHOUT}"
    "{more_than}.",
    "This asks for nothing beyond the current plan: {same} over 12 months.",
)
LEFT_OUT: Sentences = ((f"The price of {{name}} {_WITHOUT}{{left_out}}.",),)
READY: Sentences = (("{included}.",),)
VOLUME: Sentences = (("{volume}.",),)
TERM = (
    "Each of the 12 months from {starts} counts the calls of a busy month. "
    "One-off costs and their range are included{apart}.",
    "Each of the 12 months from {starts} counts the calls of a busy month. "
    "One-off costs are included.",
)
_CHANGES: Sentences = (
    *LEFT_OUT,
    TERM,
    ("From {today_changes}.",),
    ("That is {beside}.",),
    ("{training_paid}",),
    (
        "At the old price, {name} saves {saved_without} over 12 months.",
        "At the old price, {name} costs {more_without} more than the current plan "
        "over 12 months.",
    ),
    ("From {changes}.",),
    ("{assumed}",),
    *READY,
)
ONCE: Sentences = (
    (
        "{name} costs {once} once: {once_parts}.",
        "{once_work} {name}{once_to} {once_on}{once_why} costs {once} once.",
        "{name} costs {once} once, {once_on}.",
        "{name} costs {up_front} up front{unmoving}.",
        "{name} was tested, so no set-up is counted{there}; if something else is to "
        "run, it comes on top: {only_tested}.",
        "{name} was tested, so it is there and costs nothing up front{there}.",
        "{name} costs nothing up front{unmoving}.",
    ),
)
_MOVES: Sentences = (
    (
        "{base} is assumed, the cheapest that can still be tuned then; the team may "
        "name another on the numbers page.",
        "No model that can be tuned now and on that day has a known "
        "price{no_successor}.",
    ),
)
PAYBACK: Sentences = (
    (
        "The up-front cost is paid back in {payback_waiting}, including the wait for "
        "the model.",
        "The up-front cost is paid back in {payback}, at {saving} a month less.",
        "The up-front cost is paid back in {payback_changing}, announced changes "
        "included.",
        "In each of the 12 months, its expected cost so far is at or below that of the "
        "current plan{at_once}.",
        "The up-front cost is not paid back within 12 months{never}.",
    ),
)
RISK: Sentences = (
    (
        "At risk if the plan goes on: {at_risk} over 12 months.",
        "If the plan goes on, it costs {kept_up} over 12 months.",
        "At risk: {lost} once, lost if the trained model fails its test. {fails} over "
        "12 months, that loss included.",
        "At risk: {lost} once, lost if the trained model fails its test: it serves "
        "only once it passes the same cases.",
    ),
)
_SET_UP: Sentences = (
    (
        "{as_expected}{over} over 12 months, of which {up_front} at the start, to set "
        "up {name}.{new}",
        "{over} over 12 months for {name}. On top only if something other than the "
        "tested system is to run: {only_tested}.",
        "{over} over 12 months for {name}{there}; its test made what will run and the "
        "cases, so no part of the set-up is left to pay unless something still has to "
        "be built.",
    ),
)
_ENDS = (
    "This asks for {as_expected}{year} over 12 months for {name}{asked_on}, "
    "instead of {ends}{against}.",
    "This asks for {as_expected}{year} over 12 months for {name}{asked_on}.",
)
_IF_PASSES = (
    "The 12 months cost only {if_passes} a test. Once approved, test {name} and "
    "{untested} (collecting test inputs, if needed, costs extra). Spend none of the "
    "rest until one passes.",
)
_REPLACED = (*_CHANGES, *ONCE, *PAYBACK, *RISK)

WORDINGS: Mapping[Kind, Wording] = {
    "settle": Wording(asks=(), notes=RISK),
    "stop": Wording(
        asks=(_ENDS, _IF_PASSES),
        notes=_REPLACED,
        now=(*_SET_UP, _IF_PASSES),
    ),
    "train": Wording(
        asks=(
            (
                "This asks for {year} over 12 months, instead of {ends}.",
                "This asks for {year} over 12 months.",
            ),
        ),
        notes=(
            *_CHANGES,
            *PAYBACK,
            *RISK,
            ("{candidate}",),
            *VOLUME,
        ),
        now=(
            (
                "{over} over 12 months, of which {at_start}.",
                "{over} over 12 months, of which {up_front} at the start.",
            ),
        ),
    ),
    "show": Wording(
        asks=(
            ("This asks for {measured_alone} to show them.",),
            ("Training needs a second approval.",),
        ),
        notes=(*_CHANGES, *VOLUME, *RISK),
        now=(("{measured_alone} now, to show what training rests on.",),),
    ),
    "choose": Wording(
        asks=(("This asks for nothing now.",),),
        notes=(*_CHANGES, *VOLUME),
    ),
    "fund": Wording(
        asks=(
            ("This asks for about {funding} over 12 months.",),
            ("No planned spending ends{goes_on}.",),
            (
                "The 12 months buy readiness, and no better answers: the use case’s "
                "owner chooses whether {plan} serves until training is approved.",
            ),
            ("Training needs a second approval{second}.",),
        ),
        notes=(
            *_CHANGES,
            *VOLUME,
            *RISK,
        ),
        now=(("{funding} over 12 months, to get ready for a trained model.",),),
    ),
    "part": Wording(
        asks=(
            ("This asks for {measured_alone} to show them.",),
            ("{unpriced}",),
            ("Running {name} meanwhile costs {year} over 12 months.",),
        ),
        notes=(*_CHANGES, *ONCE, *RISK),
    ),
    "gather": Wording(
        asks=(
            (
                "This asks for {about}{now}, to measure and to set up {name} meanwhile"
                "{set_up}.",
                "This asks for {measured_alone} to measure.",
            ),
            ("Once approved, this holds {held}.",),
        ),
        notes=(
            *_CHANGES,
            ("Measuring and 12 months of {name} come to {with_measuring}.",),
            *RISK,
        ),
        now=(
            (
                "{now} now: {measuring} to measure, {up_front} to set up {name} "
                "meanwhile.",
                "{measured_alone} now, to measure.",
            ),
        ),
    ),
    "keep": Wording(
        asks=((*_SAME, "{name} costs {year} over 12 months."),),
        notes=(*_CHANGES, *ONCE, ("{candidate}",), *RISK),
    ),
    "move": Wording(
        asks=(
            ("{unpriced}",),
            (
                "This asks for about {year} over 12 months, tests included"
                "{both_tested}, instead of {ends}.",
                "This asks for {year} over 12 months, its test included{one_tested}, "
                "instead of {ends}.",
                "The move costs {move} once; with it, {name} costs {year} over 12 "
                "months.",
                "{name} costs {year} over 12 months; the cost of moving it is not "
                "known, as no end date is{unmoved}.",
                "This proposes {name}, if it passes the same cases: {year} over 12 "
                "months{compared_with}.",
                "This asks for {year} over 12 months, instead of {ends}{moves_away}.",
                "{name} costs {year} over 12 months.",
            ),
            (
                "Of the sum, {second_made} trains and tests {other}, for use only if "
                "{one} fails.",
            ),
        ),
        notes=(*_CHANGES, *_MOVES, *ONCE, *RISK),
        now=(
            (
                "{over} over 12 months, of which {up_front} at the start, to test "
                "{both}.{both_tested}",
                "{over} over 12 months, of which {up_front} at the start, to test "
                "{one}.{one_tested}",
                "{up_front} now, to test {both}.",
                "{up_front} now, to test {one}.",
            ),
        ),
    ),
    "rebuild": Wording(
        asks=((*_SAME, *_ENDS), _IF_PASSES),
        notes=_REPLACED,
        now=(*_SET_UP, _IF_PASSES),
    ),
}


def filled(sentences: Sentences, amounts: Mapping[str, str | None]) -> str:
    """Return the sentences whose amounts are known.

    Args:
        sentences: Alternatives, the first that fits of each.
        amounts: What each name means; None where it is not known. An empty one is
            a condition that holds, and says nothing.

    >>> filled((("Asks for {now}.", "Asks for nothing."),), {"now": "$5"})
    'Asks for $5.'
    >>> filled((("Asks for {now}.", "Asks for nothing."),), {})
    'Asks for nothing.'
    """
    found = (_first(alternatives, amounts) for alternatives in sentences)
    return " ".join(filter(None, found))


def _first(alternatives: Sequence[str], amounts: Mapping[str, str | None]) -> str:
    known = (
        sentence.format_map(amounts)
        for sentence in alternatives
        if all(amounts.get(name) is not None for name in names_in(sentence))
    )
    return next(known, "")


def names_in(sentence: str) -> frozenset[str]:
    """Return the amounts that a sentence names."""
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name)
