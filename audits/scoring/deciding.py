"""Which answers a verdict rests on, and whether a version of one lives on in it."""

from typing import Any

from audits.scoring.assessment import Assessment

# What a rule reads of all reasons, or of all blockers.
_REASONS, _BLOCKERS = "reasons", "blockers"


def deciding_questions(assessment: Assessment) -> tuple[str, ...]:
    """Return the answered questions that a verdict rests on, in document order.

    These are what the two rules that decided have read, also by way of a reason or a
    blocker that holds, and every question to which another answer alone would give
    another verdict. Computed answers are among them.
    """
    deciding = _read(assessment) | _alone(assessment)
    return tuple(code for code in assessment.codes if code in deciding)


def open_deciding_questions(assessment: Assessment) -> frozenset[str]:
    """Return the questions without an answer that a verdict rests on.

    The rules that decided have read that there is none, or an answer to one of them
    alone would give another verdict.
    """
    deciding = _read(assessment) | _alone(assessment)
    return frozenset(deciding - assessment.codes.keys())


def _read(assessment: Assessment) -> set[str]:
    """Return all that the rules that decided have read, reasons and blockers too."""
    trace = assessment.trace
    rules = (*trace.context_rules, *trace.verdict_rules)
    read = {x.id for rule in rules if rule.outcome == "fired" for x in rule.read}
    for steps, all_of_them in ((trace.reasons, _REASONS), (trace.blockers, _BLOCKERS)):
        for step in steps:
            if step.outcome == "fired" and not read.isdisjoint({step.id, all_of_them}):
                read.update(x.id for x in step.read)
    return read


def _alone(assessment: Assessment) -> set[str]:
    """Return the questions to which one other answer would give another verdict."""
    flips = assessment.flips
    return {x.changes[0].question for x in flips if len(x.changes) == 1}


def rests_on_numbers(assessment: Assessment) -> bool:
    """Return whether an answer that decides was computed from numbers."""
    computed = assessment.costs.computed if assessment.costs else {}
    decide = deciding_questions(assessment)
    return any(assessment.codes[q] == computed.get(q) for q in decide)


def lives_on(version: Any, current: Any) -> bool:
    """Return whether what somebody once gave is, or is a part of, what counts now.

    Args:
        version: The value of a version, as JSON has it.
        current: The value that counts now; None if it was taken back.

    >>> lives_on(["style"], ["format", "style"]), lives_on("none", "planned")
    (True, False)
    """
    if current is None:
        return False
    if isinstance(version, list) and isinstance(current, list):
        return version == current or any(pick in current for pick in version)
    return bool(version == current)
