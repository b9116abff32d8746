"""Remedies as steps that rise to the right, with a mark for what is known of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from audits.charts.coordinates import coordinate

WIDTH, HEIGHT = 410, 96
_TOP, _BASE = 22, 76  # the highest step, and what all of them begin at
_NUMBERS = 16  # what numbers below the steps take
_LOWEST = 18  # how high the first step is, so that its mark fits
_GAP = 3  # between two steps
_LETTER = 6.6  # about how wide a letter of a label is drawn
_KEY_LETTER = 6.6  # and one of the key
_KEY_MARK, _KEY_GAP = 16, 12  # from a mark to its words, and from those to the next
STATES = {  # of a step, as the key names them
    "passed": "passed",
    "missed": "failed",
    "tested": "tested",
    "out": "ruled out",
    "untested": "not tested",
    "in_use": "in use",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A remedy: its state, what names it if it is next, and whether it is in use.

    With a `number` it is below the step, for a list that names it.
    """

    state: str
    next: str = ""
    is_in_use: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDrawn:
    """A step as drawn: its box, and the middle of its mark."""

    step: Step
    x: str
    y: str
    width: str
    height: str
    mark_x: str
    mark_y: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words, from where, and which end is there; in the key, beside a state's mark."""

    words: str
    x: str
    anchor: str = "start"
    state: str = ""
    mark_x: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsChart:
    """Steps in a view box of `WIDTH` and a height; `next` names one, if any is next."""

    title: str
    steps: tuple[StepDrawn, ...]
    next: Label | None
    key: tuple[Label, ...]
    height: int

    @property
    def key_y(self) -> int:
        """The middle of the marks of the key."""
        return self.height - 8


def steps_chart(steps: Sequence[Step], said: str) -> StepsChart:
    """Draw steps from the lowest, on the left.

    Args:
        steps: The steps, the lowest first.
        said: What is known of each, in words, for screen readers.

    >>> chart = steps_chart([Step("missed"), Step("untested", "Next: prompt")], "")
    >>> chart.next.words, chart.next.x, [each.words for each in chart.key]
    ('Next: prompt', '307.5', ['failed', 'not tested'])
    """
    wide = WIDTH / max(len(steps), 1)
    rise = (_BASE - _TOP - _LOWEST) / max(len(steps) - 1, 1)
    named = ((step.next, at + 0.5) for at, step in enumerate(steps) if step.next)
    states = {step.state for step in steps}
    states |= {"in_use" for step in steps if step.is_in_use}
    return StepsChart(
        title=said,
        steps=tuple(_drawn(step, at, wide, rise) for at, step in enumerate(steps)),
        next=next((_label(words, at * wide) for words, at in named), None),
        key=_key([state for state in STATES if state in states]),
        height=HEIGHT + _NUMBERS * any(step.number for step in steps),
    )


def _drawn(step: Step, at: int, wide: float, rise: float) -> StepDrawn:
    high = _LOWEST + at * rise
    return StepDrawn(
        step=step,
        x=coordinate(at * wide + _GAP / 2),
        y=coordinate(_BASE - high),
        width=coordinate(wide - _GAP),
        height=coordinate(high),
        mark_x=coordinate((at + 0.5) * wide),
        mark_y=coordinate(_BASE - high + _LOWEST / 2),
    )


def _label(words: str, middle: float) -> Label:
    """Place words around the middle of a step, within the picture."""
    half = len(words) * _LETTER / 2
    if middle < half:
        return Label(words=words, x="0")
    if middle > WIDTH - half:
        return Label(words=words, x=coordinate(WIDTH), anchor="end")
    return Label(words=words, x=coordinate(middle), anchor="middle")


def _key(states: Sequence[str]) -> tuple[Label, ...]:
    letters = sum(len(STATES[state]) for state in states)
    left = WIDTH - len(states) * _KEY_MARK - letters * _KEY_LETTER
    gap = min(_KEY_GAP, left / max(len(states), 1))
    key, start = [], 0.0
    for state in states:
        words, mark = STATES[state], coordinate(start + 6)
        at = coordinate(start + _KEY_MARK)
        key.append(Label(words=words, x=at, state=state, mark_x=mark))
        start += _KEY_MARK + gap + len(words) * _KEY_LETTER
    return tuple(key)
