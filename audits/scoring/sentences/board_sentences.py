"""How the asked amount is made up, and little more, in the order it is said.

The decision names one amount with its range, and the spend that is held or ends. What
the rows of the table have is not said again. Page 1 has the net and what a price leaves
out; the appendix has the others.
"""

from collections.abc import Mapping

from audits.scoring.sentences.money_sentences import (
    LEFT_OUT,
    ONCE,
    PAYBACK,
    READY,
    RISK,
    VOLUME,
    WORDINGS,
    Kind,
    Sentences,
    filled,
)

_NET: Sentences = (("the advice costs {net}",),)
_BY_RESULTS: Sentences = (("{instead}", "{by_results}"),)
# It ends its sentence: what is spent, and what is saved, are two thoughts.
_RELEASED: Sentences = (("of the plan’s {ends_sum}, {released}.",),)
_NOT_READY = "; within the 12 months the model is not ready{not_ready}"
_UNTIL = "{waiting} until the model is ready in {wait}"

# It begins after another vote, when fewer of its months fall in these 12.
_SECOND = (
    "after a second approval, training adds {more} if it began at once{made_up}: "
    "{whole} in all."
)
# How that follows from the rows of the table.
_MADE_UP = _SECOND.replace(
    "{made_up}", ", the {over} less {people_served} for {served_months}the same people"
)
_MORE = _SECOND.replace("{made_up}", "")
_SETS_UP = (
    "the {funding_sum} is {practices} once to set up {missing}, and {people} over 12 "
    "months for the people who run the model"
)
_RUNS = "the {funding_sum} is for the people who run the model over 12 months"
_BESIDE = "with {plan} in these 12 months, that is {with_plan}. A"
_REPLACING = tuple(
    x.replace(" adds", " in place of {plan} adds") for x in (_MADE_UP, _MORE)
)
_FUNDED = (*(_BESIDE + x.removeprefix("a") for x in _REPLACING), _MADE_UP, _MORE)
# The options have the sum with the plan.
_FUNDED_ALONE = (*_REPLACING, _MADE_UP, _MORE)

# Clauses of one sentence: of alternatives, the first of which all amounts are known.
PARTS: Mapping[Kind, Sentences] = {
    "settle": (),
    "stop": (*_RELEASED, *_NET, *_BY_RESULTS),
    "train": (
        (
            "asked for: {at_start} and {waiting}{rest_of_it}" + _NOT_READY + ".",
            "asked for: {at_start}{rest_of_it}" + _NOT_READY + ".",
            f"asked for: {{at_start}}, {_UNTIL}, then {{month}} a month, and {{later}} "
            "once{rest_of_it}.",
            f"asked for: {{at_start}}, {_UNTIL}, and then {{month}} a month"
            "{rest_of_it}.",
            "asked for: {at_start}, {month} a month once the model is ready in {wait}, "
            "and {later} once{rest_of_it}{idle}.",
            "asked for: {at_start}, and {month} a month once the model is ready in "
            "{wait}{rest_of_it}{idle}.",
            "asked for: {up_front} at the start, {month} a month after that, and "
            "{later} once{rest_of_it}.",
            "asked for: {up_front} at the start and {month} a month after that"
            "{rest_of_it}.",
            "asked for: {month} a month{rest_of_it}.",
        ),
        *_NET,
        *_BY_RESULTS,
    ),
    "show": (
        (
            "the 12 months of training from now cost {over}, {up_front} of it up front",
            "the 12 months of training from now cost {over}",
        ),
    ),
    "choose": (
        (
            "as planned, its 12 months from now would cost {over}, {up_front} of it up "
            "front",
            "as planned, its 12 months from now would cost {over}",
        ),
    ),
    "fund": (
        # What the plan costs beside it ends the same sentence.
        (
            _SETS_UP + "{is_beside}",
            _SETS_UP + ".",
            _RUNS + "{is_beside}",
            _RUNS + ".",
        ),
        _FUNDED,
    ),
    "part": _BY_RESULTS,
    "gather": (
        (
            "the {now_sum} is one-off: {measuring} measures, and {up_front} sets up "
            "{name}. With {month} a month, the 12 months cost {with_measuring}",
            "meanwhile {name} serves for {month} a month",
        ),
        ("the plan’s {held_sum} includes {held_part}",),
        *_BY_RESULTS,
    ),
    "keep": _BY_RESULTS,
    "move": (
        (
            "of the {over} to approve, {up_front} is paid now, to test {both} on the "
            "same cases and run one beside the old model, and {old_model} more is for "
            "the old model until {moves_on}",
            "of the {over} to approve, {up_front} is paid now, to test {both} on the "
            "same cases and run one beside the old model",
            "of the {over} to approve, {up_front} is paid now, to test {one}",
            "of the {over} to approve, {up_front} is paid now{compared_with}",
        ),
        *_NET,
        (
            "if only {other} passes, it is {otherwise} in all, {second_sum} of it "
            "after a second approval",
            "if only {other} passes, it is {otherwise}, after a second approval",
        ),
    ),
    "rebuild": (
        ("of the {over} to approve, {up_front} is paid now{new}.",),
        *_RELEASED,
        *_NET,
        *_BY_RESULTS,
    ),
}

_PAID_BACK: Sentences = (
    (
        "Paid back in {payback_waiting}, including the wait for the model.",
        "Paid back in {payback}.",
        "Paid back in {payback_changing}.",
        "At no point of the 12 months is {name} expected to have cost more in all than "
        "the current plan{at_once}.",
        "Not paid back within 12 months{never}.",
    ),
)
_PLAIN: Sentences = (*LEFT_OUT, *READY)
_AFTER: Sentences = (
    (
        "After the 12 months, the plan costs {plan_after} a month, {name} "
        "{month_after}: {used_up}, the plan is cheaper in all.",
        "After the 12 months, both cost {month_of_both} a month: this is saved once.",
    ),
)
# What a tuned model becomes is not shown to do as well, so no saving is compared.
_FROM_ITS_END: Sentences = (
    (
        "From {end_of_plan}, doing nothing costs {plan_after} a month, and {name} "
        "{month_after}.",
    ),
)
# Page 1 says it among what is not in the sum (board/limits/until_moved.py).
_BOTH_RUN: Sentences = (
    ("A week of both models adds about {week_of_plan}: the sum counts one at a time.",),
)
_MOST: Sentences = (
    ("The advice can cost more than the plan: up to {most}, against {plan_most}.",),
)
_TRAINING: Sentences = (("{training_paid}",),)
# What is lost if a trained model fails its test is among the risks of page 1.
_GOES_ON: Sentences = (
    (
        "At risk if the plan goes on: {at_risk}.",
        "If the plan goes on, it costs {kept_up}.",
    ),
)
BRIEF: Mapping[Kind, Sentences] = dict.fromkeys(WORDINGS, _PLAIN) | {
    "settle": RISK,
    "stop": (*_AFTER, *_MOST, *_TRAINING, *_PLAIN, *_PAID_BACK, *_GOES_ON),
    "train": (*_MOST, *_PLAIN, *_PAID_BACK),
    "move": (*_FROM_ITS_END, *_BOTH_RUN, *_PLAIN),
    "rebuild": (*_AFTER, *_MOST, *_TRAINING, *_PLAIN, *_PAID_BACK, *_GOES_ON),
}

# What the appendix adds to them. A3 has the volume, A4 what is paid once.
_TOLD = (*LEFT_OUT, *READY, *VOLUME, *ONCE, *PAYBACK)
# Where page 1 says what the plan costs if it goes on, they do not say it again.
_LOST = RISK[0][2:]
_FURTHER: Mapping[Kind, Sentences] = {
    kind: tuple(
        _LOST if (x,) == RISK and _GOES_ON[0] in BRIEF[kind] else x
        for x in wording.notes
        if x not in _TOLD
    )
    for kind, wording in WORDINGS.items()
}
FURTHER: Mapping[Kind, Sentences] = {
    kind: tuple(x for x in further if x not in BRIEF[kind])
    for kind, further in _FURTHER.items()
} | {"settle": ()}
# Of the clauses and sentences above, those of page 1.
NET: Mapping[Kind, Sentences] = {
    kind: tuple(x for x in clauses if x in _NET) or clauses
    for kind, clauses in PARTS.items()
} | {"fund": (_FUNDED_ALONE,)}
_ON_PAGE_1 = (*_AFTER, *_FROM_ITS_END, *_MOST, *LEFT_OUT, *RISK)
CAVEATS: Mapping[Kind, Sentences] = {
    kind: tuple(x for x in brief if x in _ON_PAGE_1) for kind, brief in BRIEF.items()
}


def in_short(clauses: Sentences, amounts: Mapping[str, str | None]) -> str:
    """Return the clauses whose amounts are known, as one sentence; empty without any.

    What follows a clause with a full stop is another sentence.

    Args:
        clauses: Alternatives, the first that fits of each.
        amounts: What each name means; None where it is not known.

    >>> in_short((("of it, {a} is now",), ("the net is {b}",)), {"a": "$5"})
    'Of it, $5 is now.'
    >>> in_short((("it has {a}",), ("{a} is now.",), ("the net is {a}",)), {"a": "$5"})
    'It has $5; $5 is now. The net is $5.'
    """
    found = (filled((alternatives,), amounts) for alternatives in clauses)
    said = ""
    for clause in filter(None, found):
        is_new = not said or said.endswith(".")
        first = clause[:1].upper() if is_new else f"; {clause[:1].lower()}"
        said += f"{' ' * (is_new and bool(said))}{first}{clause[1:]}"
    return said if not said or said.endswith(".") else f"{said}."
