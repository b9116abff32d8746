"""How the verdict was reached, in rows short enough for a page and a bit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audits.frameworks.schema import Framework
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.grades.standings import FORBIDS, IN_SHORT, MATCHED
from audits.scoring.explaining.trace_shapes import (
    NOT_ASKED,
    Reading,
    ReasonStep,
    Step,
    Trace,
)
from audits.scoring.summary.why import proofs

_OUTCOMES: dict[str, str] = {
    "fired": MATCHED,
    "not_fired": "Does not hold",
    "unknown": IN_SHORT["unknown"],
    "not_asked": NOT_ASKED,
    "not_reached": "Not reached",
}
# What is told apart from what does not hold: no answer, and no question for one.
_APART = {x: _OUTCOMES[x] for x in ("unknown", "not_asked")}
_VERDICT = "Verdict"
_AGAIN = "Same as the row above"
_ABOVE = "Answers that rows above name"
# With more steps than these, those that did not match are told in few words: what each
# read is among the answers, and in the attached assessment.
_MOST_IN_FULL = 40
# Of these, what does not hold is counted: the attached assessment names each.
_COUNTED = ("Context", _VERDICT)


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceRow:
    """One reason, blocker or rule: what it read, its result and its source.

    The verdict rule that matched `decides`. `id` is that of a rule, reason or blocker,
    and `rule` its name alone. A row `is_shared` by all that say the same, and names
    each of them.
    """

    name: str
    read: str
    result: str
    has_fired: bool
    source: str
    decides: bool = False
    is_shared: bool = False
    id: str = ""
    rule: str = ""


def proved_rows(framework: Framework, assessment: Assessment) -> tuple[TraceRow, ...]:
    """Return the rows of an assessment; what decided says how well it is proved."""
    proved = proofs(framework, assessment)
    return tuple(
        replace(row, result=f"{row.result}; {proved[row.id]}")
        if row.id in proved
        else row
        for row in trace_rows(framework, assessment.trace)
    )


def trace_rows(framework: Framework, trace: Trace) -> tuple[TraceRow, ...]:
    """Return every reason, blocker and rule, in the order they are tried.

    A row does not repeat what the row above it read, and the unreached rules of a table
    are only counted: the attached assessment names them. A long trace has a row for
    what applies, and one for all else of its kind; no row repeats what any row above it
    read, and what is not known is told among the answers.
    """
    table = _short_table if _is_short(trace) else _table
    return tuple(
        row for kind, steps in _tables(trace) for row in table(framework, kind, steps)
    )


def _short_table(
    framework: Framework, kind: str, steps: Sequence[ReasonStep | Step]
) -> Iterator[TraceRow]:
    """Yield a row for each step that applies or may, and one for all others."""
    told: set[str] = set()
    for step in steps:
        if step.outcome == "fired":
            yield _short_row(framework, kind, step, told)
            told |= {reading.id for reading in step.read}
    others = [step for step in steps if step.outcome != "fired"]
    for each in _alike(others):
        of = "" if len(others) < len(steps) else f" of {len(steps)}"
        yield _others(kind, each, of)


def _alike(
    others: Sequence[ReasonStep | Step],
) -> Iterator[Sequence[ReasonStep | Step]]:
    """Yield what does not hold; what is not known apart, as pages count."""
    for result in ("", *_APART.values()):
        if found := [x for x in others if _apart(x) == result]:
            yield found


def _apart(step: ReasonStep | Step) -> str:
    """Say what a step is that is not known; empty where it does not hold."""
    shown = step.shown if isinstance(step, ReasonStep) else step.outcome
    return _APART.get(shown, "")


def _others(kind: str, others: Sequence[ReasonStep | Step], of: str) -> TraceRow:
    """Return one row for what does not hold: names of a few, or only numbers.

    Args:
        kind: What they are.
        others: All of them, or those that are known or not known.
        of: Of how many these are; empty if rows before name some.
    """
    number, apart = len(others), _apart(others[0])
    counted = f"{number}{of or ' more'}"
    said, result = "; ".join(step.name for step in others), _OUTCOMES["not_fired"]
    if kind in _COUNTED:
        said = _counted(others)
    elif apart:
        said, result = f"{apart}: {said}", apart
    else:
        said = f"Do{'es' * (number == 1)} not hold: {said}"
    return TraceRow(
        name=f"{kind}: {f'all {number}' if of == f' of {number}' else counted}",
        read=said,
        result=result,
        has_fired=False,
        source="",
        is_shared=True,
    )


def _counted(others: Sequence[ReasonStep | Step]) -> str:
    late = sum(step.outcome == "not_reached" for step in others)
    parts = []
    if out := len(others) - late:
        parts.append(f"{out} tried and {'does' if out == 1 else 'do'} not hold")
    if late:
        parts.append(f"{late} not tried, because a rule before decided")
    return "; ".join(parts)


def _short_row(
    framework: Framework, kind: str, step: ReasonStep | Step, told: set[str]
) -> TraceRow:
    """Return a row that leaves out what is not known, or told by a row above."""
    known = step.known
    new = tuple(r for r in known if r.id not in told)
    row = _row(framework, kind, replace(step, read=new))
    if len(new) == len(known):
        return row
    return replace(row, read=f"{row.read}; the rest as above" if new else _ABOVE)


def _table(
    framework: Framework, kind: str, steps: Sequence[ReasonStep | Step]
) -> Iterator[TraceRow]:
    above = ""
    for step in steps:
        if step.outcome != "not_reached":
            row = _row(framework, kind, step)
            yield replace(row, read=_AGAIN) if row.read == above else row
            above = row.read
    if late := sum(step.outcome == "not_reached" for step in steps):
        yield _not_reached(kind, late)


def _not_reached(kind: str, number: int) -> TraceRow:
    return TraceRow(
        name=f"{kind}: {number} more",
        read="Not tried, because a row above decided",
        result=_OUTCOMES["not_reached"],
        has_fired=False,
        source="",
    )


def long_readings(framework: Framework, trace: Trace) -> tuple[str, ...]:
    """Return what the rows only name: each market fact and computed answer."""
    found = {
        reading.id: f"{reading.label}: {_of_market(framework, reading)}{reading.answer}"
        for step in _told_in_full(trace)
        for reading in step.read
        if _is_long(framework, reading.id) and reading.is_known
    }
    return tuple(found.values())


def _of_market(framework: Framework, reading: Reading) -> str:
    """Say of a market fact that it is of no model of this use case."""
    return "best on the market, " if reading.id in framework.market_by_id else ""


def _told_in_full(trace: Trace) -> Iterator[ReasonStep | Step]:
    """Yield the steps whose row says what they read."""
    is_short = _is_short(trace)
    for _, steps in _tables(trace):
        for step in steps:
            if step.outcome == "fired" or not (
                is_short or step.outcome == "not_reached"
            ):
                yield step


def _is_short(trace: Trace) -> bool:
    return sum(len(steps) for _, steps in _tables(trace)) > _MOST_IN_FULL


def _tables(trace: Trace) -> Iterator[tuple[str, Sequence[ReasonStep | Step]]]:
    yield "Reason", trace.reasons
    yield "Blocker", trace.blockers
    yield "Context", trace.context_rules
    yield _VERDICT, trace.verdict_rules


def _row(framework: Framework, kind: str, step: ReasonStep | Step) -> TraceRow:
    said = [_read(framework, reading) for reading in step.known]
    if still_open := step.unanswered:
        said.append(f"{'not' if said else 'Not'} known: {', '.join(still_open)}")
    if step.not_asked:
        # It may have been asked and answered before other answers made it useless.
        not_needed = ", ".join(step.not_asked)
        said.append(f"{'not' if said else 'Not'} needed: {not_needed}")
    result = _result(kind, step)
    return TraceRow(
        name=f"{kind}: {step.name}",
        read="; ".join(said) or "Nothing: it applies if no earlier row does",
        result=result,
        has_fired=step.outcome == "fired" and result != IN_SHORT["claimed"],
        source=step.sources[0].title if step.sources else "",
        decides=kind == _VERDICT and step.outcome == "fired",
        id=step.id,
        rule=step.name,
    )


def _read(framework: Framework, reading: Reading) -> str:
    """Say what a row read: an answer, the result of another row, or a long one."""
    if _is_long(framework, reading.id):
        return f"{reading.label}*"
    is_reason = reading.id in {reason.id for reason in framework.reasons}
    lead = "Reason: " if is_reason else ""
    return f"{lead}{reading.label}: {reading.answer}"


def _result(kind: str, step: ReasonStep | Step) -> str:
    if isinstance(step, ReasonStep):
        return IN_SHORT[step.shown]
    forbids = kind == "Blocker" and step.outcome == "fired"
    return FORBIDS if forbids else _OUTCOMES[step.outcome]


def _is_long(framework: Framework, reading_id: str) -> bool:
    computed = {value.id for value in framework.computed}
    return reading_id in framework.market_by_id or reading_id in computed
