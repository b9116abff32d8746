"""What a newer results file says of a signed verdict, in rows and one sentence."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from audits.scoring.retests.evidence import (
    Condition,
    EvidenceCheck,
    Retested,
    StepTested,
    TargetLost,
    WhyUntold,
)
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.kinds import KIND_NAMES
from audits.scoring.scored.words import name_of, result


class EvidenceRow(NamedTuple):
    """What a results file says about a candidate, a condition or the verdict.

    `mark` is “step”, “measured”, “not shown”, “not used” or “no run” for candidates,
    and “differs” for one that no longer meets the target; else “holds” or “differs”.
    """

    mark: str
    about: str
    says: str


_STATES = {
    "holds": "All measured conditions that the file speaks of still hold.",
    "differs": "Something that was measured for this verdict no longer holds.",
}
_UNTOLD: dict[WhyUntold, str] = {
    "no_candidates": "No result of this paper was measured with a results file, so "
    "there is nothing to compare.",
    "not_in_file": "The file has no run of a candidate that was measured for this "
    "paper. A run must have the name of the candidate.",
    "do_not_count": "No run of a candidate of this paper counts, so nothing can be "
    "said.",
    "older": "Every run of the file is older than the signed result, so it changes "
    "nothing.",
    "same_file": "This is the file that was signed, so it proves nothing new.",
}

_LOST_MARKS: Mapping[TargetLost, str] = {
    "": "measured",
    "missed": "differs",
    "open": "not shown",
}


def evidence_lines(found: EvidenceCheck) -> Iterator[str]:
    """Yield what a results file says of the measured conditions, line by line."""
    for row in evidence_rows(found):
        mark = row.mark.upper() if row.mark == "differs" else row.mark
        yield f"{mark:<10}{row.about}: {row.says}"
    yield evidence_sentence(found)


def evidence_sentence(found: EvidenceCheck) -> str:
    """Say whether what was signed holds, how sure that is, or why it is not known."""
    steps = [*map(_step_sentence, found.counted_steps)]
    signed = replace(found, steps=())
    if found.why_untold:
        return " ".join(steps) or _UNTOLD[found.why_untold]
    return " ".join([*steps, *_other_tests(found), _state_sentence(signed)])


def _step_sentence(step: StepTested) -> str:
    """Say that a step was tested, and what follows."""
    name = step.now.verdict_name
    then = "stays" if step.stays else "would become"
    return (
        f"The paper asked to test “{KIND_NAMES[step.row.kind]}”, and "
        f"{_shortly(step.row)} passed. With that, the verdict {then} “{name}”."
    )


def contradiction_said(found: EvidenceCheck) -> str:
    """Say in a few words which new result contradicts which; empty where none does."""
    if found.state != "differs":
        return ""
    for step in found.counted_steps:
        if not step.stays:
            name = KIND_NAMES[step.row.kind]
            return f"a test of “{name}” gives “{step.now.verdict_name}”"
    changed = (each for each in found.conditions if not each.holds)
    behind = {row.id for each in changed for row in each.behind_before}
    counted = [each for each in found.retested if not each.why_not]
    about = [each for each in counted if each.before.id in behind]
    first, *others = found.fallen or about or counted
    now, then = _shortly(first.now), _shortly(first.before)
    more = f", and so do {len(others)} more" if len(others) > 1 else ""
    more = ", and so does 1 more" if len(others) == 1 else more
    return f"a newer test of {now} contradicts {then}{more}"


def _shortly(row: ScoredCandidate) -> str:
    if row.passed is None:
        return f"{row.cases:,} cases with a mean score of {float(row.mean or 0):.3g}"
    return f"{row.passed:,} of {row.cases:,}"


def _state_sentence(found: EvidenceCheck) -> str:
    if found.is_same and found.fallen:
        return _fallen_sentence(found)
    if not found.open or found.target is None:
        return _STATES[found.state]
    target = f"{_target(found)} is reached could not be told apart from chance."
    if found.state == "holds":
        return f"The answers stay the same, but whether {target}"
    return f"{_STATES[found.state]} Whether {target}"


def _fallen_sentence(found: EvidenceCheck) -> str:
    """Say which candidates no longer meet the target where the answers stay."""
    fallen, unsure = (_names(x.before for x in y) for y in (found.fallen, found.open))
    verb = "meets" if len(found.fallen) == 1 else "meet"
    each = "it" if len(found.fallen) == 1 else "they"
    told = (
        f"The answers stay the same, but {fallen} no longer {verb} {_target(found)}, "
        f"which {each} met when signed."
    )
    if not unsure:
        return told
    return f"{told} Whether {unsure} can reach it could not be told apart from chance."


def _target(found: EvidenceCheck) -> str:
    return f"the target of {float(found.target or 0) * 100:g} of 100"


def _names(rows: Iterable[ScoredCandidate]) -> str:
    return " and ".join(f"“{name_of(row)}”" for row in rows)


def _other_tests(found: EvidenceCheck) -> Iterator[str]:
    """Say of which candidates other cases were run than those of the signed run."""
    for each in found.retested:
        if each.is_another_test and not each.why_not:
            of = f" of “{name_of(each.before)}”" if len(found.retested) > 1 else ""
            yield (
                f"None of the {each.now.cases:,} cases{of} is among those of the "
                "signed run, so this is another test, not a repetition."
            )


def evidence_rows(found: EvidenceCheck) -> Iterator[EvidenceRow]:
    """Yield what a results file says of each candidate, condition and the verdict."""
    for step in found.steps:
        about = KIND_NAMES[step.row.kind]
        if step.why_not:
            yield EvidenceRow("not used", about, step.why_not)
            continue
        then = "stays" if step.stays else "would become"
        says = (
            f"“{step.row.model}” in the file, {result(step.row, found.target)}. The "
            f"verdict {then} “{step.now.verdict_name}”: {step.now.says}"
        )
        yield EvidenceRow("step" if step.stays else "differs", about, says)
    for each in found.retested:
        mark = "not used" if each.why_not else _LOST_MARKS[each.lost]
        says = each.why_not or _results(each, found)
        yield EvidenceRow(mark, name_of(each.before), says)
    for row in found.missing:
        says = "not in the file, so its result stays"
        yield EvidenceRow("no run", name_of(row), says)
    for name in found.unused:
        yield EvidenceRow("not used", name, "not a candidate of the paper")
    if found.why_untold:
        return
    for condition in found.conditions:
        yield _condition_row(condition)
    yield _verdict_row(found)


def _results(each: Retested, found: EvidenceCheck) -> str:
    then, now = (result(row, found.target) for row in (each.before, each.now))
    told = f"when signed, {then}; now, {now}"
    if each.called:
        told = f"“{each.called}” in the file; {told}"
    if each.lost == "missed":
        return f"{told}: it met {_target(found)}, and no longer does"
    if each.lost == "open":
        lost = "that it no longer does may be chance"
        return f"{told}: it met {_target(found)}, and {lost}"
    return told


def _condition_row(condition: Condition) -> EvidenceRow:
    before, now = condition.before, condition.now
    if condition.holds and now is not None:
        says = f"{now.answer}{_moved(condition)} ({now.because})"
        return EvidenceRow("holds", before.label, says)
    becomes = (
        "The new results give no answer to this."
        if now is None
        else f"The new results say “{now.answer}” ({now.because})."
    )
    says = f"The paper says “{before.answer}”. {becomes}"
    return EvidenceRow("differs", before.label, says)


def _moved(condition: Condition) -> str:
    """Say which candidates the same answer rests on now, if on others."""
    then, now = condition.behind_before, condition.behind_now
    gone = [row for row in then if row.id not in {each.id for each in now}]
    new = [row for row in now if row.id not in {each.id for each in then}]
    if not (gone and new):
        return ""
    return f", which now rests on {_names(new)}, no longer on {_names(gone)}"


def _verdict_row(found: EvidenceCheck) -> EvidenceRow:
    before, now = found.before, found.now
    if now == before:
        return EvidenceRow(
            "holds", "Verdict", f"{before.verdict_name}, as it was signed"
        )
    if now.verdict_name != before.verdict_name:
        says = (
            f"The paper says “{before.verdict_name}”. With the new results it would "
            f"be “{now.verdict_name}”: {now.says}"
        )
    elif now.sentence != before.sentence:
        says = (
            f"The technique stays {before.verdict_name}, but the sentence signed is no "
            f"longer true: “{before.says}” With the new results it would be: "
            f"“{now.says}”"
        )
    else:
        says = (
            f"The technique stays {before.verdict_name}, but training would no longer "
            f"be approved under the same conditions. {_conditions(now.subject_to)}"
        )
    return EvidenceRow("differs", "Verdict", says)


def _conditions(subject_to: tuple[str, ...]) -> str:
    """Say what training would wait for."""
    if not subject_to:
        return "No condition would be open."
    return f"It would be subject to: {'; '.join(subject_to)}."
