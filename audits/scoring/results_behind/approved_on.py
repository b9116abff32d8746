"""What an approval of training is on: typed results, or a file that was removed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import written
from audits.scoring.explaining.advice_rows import ALL_DONE, approval
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import money_of
from audits.scoring.results_behind.wrong_files import wrong_files

# Where an appendix says more, which a cell has not.
_PLACE = re.compile(r" \(A[0-9]+\)")
_LATER: Verdict = "fine_tune_after_mlops"
_TO_RUN = "or what it takes to run a model"
_TYPED = "Approve only if typed results are enough"
_UNOPENED = "Not ready for the board’s vote: a reviewer must first confirm"
_SUPPORT = f"{_UNOPENED} that links and files support"
_TO_REVIEWER = "Before you sign off, open the evidence and confirm"
# Nobody approves what has stopped, whatever is done.
STOPPED = "All checks for training pass; while it is stopped, nothing is approved."
_ALL_DONE_IS = "All checks for training pass"
_IN_SHORT: Mapping[str, str] = {
    STOPPED: "Nothing to approve",
    _TYPED: _TYPED,
    _UNOPENED: f"{_UNOPENED} the evidence",
    ALL_DONE: "Approve",
    f"{_ALL_DONE_IS}. ": "The board has decided",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterSignOff:
    """What a sign-off says of an approval, and what came after it.

    `opened_by` is the reviewer who says to have opened the links and files; empty if
    nobody does. `decide_again` is said instead of an approval, once a review is due.
    `has_stopped` says that the use case stopped, so that there is nothing to approve,
    and `decided` what the board has approved or refused, in a sentence.
    """

    opened_by: str = ""
    decide_again: str = ""
    has_stopped: bool = False
    decided: str = ""


NOT_SIGNED_OFF = AfterSignOff()


def approved_on(
    framework: Framework,
    assessment: Assessment,
    said: str | None = None,
    *,
    after: AfterSignOff = NOT_SIGNED_OFF,
) -> str:
    """Return whether training is approved, and on which condition if it has one.

    Anybody can type a result and a link, and say that a file was a wrong one. Where
    training rests on that, it is approved only if it is so: with how many deciding
    results come from files, and who opened the links of the others. A board cannot
    open a link in a paper, so before the sign-off it waits for a reviewer who can. It
    has a condition, too, where own numbers outside of Attune's ranges make it far
    cheaper or more expensive.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        said: The approval in words; without it, `approval`.
        after: What the sign-off says, if there is one.
    """
    advice = assessment.advice
    if advice is None:
        return ""
    said = approval(advice) if said is None else said
    if said != ALL_DONE:
        return said
    if after.decide_again:
        return after.decide_again
    if after.has_stopped:
        return STOPPED
    if after.decided:
        return f"{_ALL_DONE_IS}. {after.decided}"
    on = [_on_costs(assessment)]
    if assessment.candidates is not None:
        on.append(_on_links(assessment, after.opened_by))
        on.append(_on_removed(framework, assessment))
    unopened = "" if after.opened_by else _on_answers(assessment)
    return " ".join(filter(None, on)) or unopened or said


def waits_for_reviewer(said: str) -> bool:
    """Return whether an approval waits until a reviewer has opened the evidence."""
    return said.startswith(_UNOPENED)


def is_unopened(said: str) -> bool:
    """Return whether it waits for that alone, and no result was typed."""
    return said.startswith(_SUPPORT)


def told_to_reviewer(said: str) -> str:
    """Return an approval as the reviewer reads it, who is the one to confirm it."""
    return said.replace(_UNOPENED, _TO_REVIEWER)


def approval_in_short(
    framework: Framework,
    assessment: Assessment,
    after: AfterSignOff = NOT_SIGNED_OFF,
) -> str:
    """Return what page 1 says of the approval, for a cell; empty if nothing is trained.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        after: What the sign-off says, if there is one.
    """
    advice = assessment.advice
    if advice is None or advice.standing is None or advice.prerequisite:
        return ""
    if assessment.verdict == _LATER:
        return approval_to_run(assessment, is_short=True)
    if advice.standing == "subject_to":
        number = len(advice.subject_to)
        checks = "1 check passes" if number == 1 else f"{number} checks pass"
        return f"Approve only once {checks}"
    said = approved_on(framework, assessment, after=after)
    for start, short in _IN_SHORT.items():
        if said.startswith(start):
            return short
    return _PLACE.sub("", said.partition(". ")[0]).rstrip(".")


def approval_to_run(assessment: Assessment, *, is_short: bool = False) -> str:
    """Return what is approved where training comes later: first what it takes to run.

    In short, for a place which does not say beside it how much that is, it has the
    amount. The end has no full stop: which checks come first may follow.

    Args:
        assessment: What was decided.
        is_short: Whether it is for a cell.
    """
    if not is_short:
        return f"F{_TO_RUN}. Training needs a second approval"
    money = money_of(assessment)
    amount = money.funding if money else None
    asked = f" ${written(amount.expected)}" if amount else ""
    return f"Approve{asked} f{_TO_RUN}; training: not yet"


def _on_costs(assessment: Assessment) -> str:
    """Say what it costs as entered and with Attune's numbers, if these are far apart.

    Nothing shows a number outside of its range, and nobody is asked for its source.
    """
    found = assessment.replaced
    year = found.apart if found else None
    if year is None:
        return ""
    name, usual = SHORT_NAMES[year.technique], written(year.usual_year)
    return (
        "Approve only if the costs entered are shown: with them, 12 months of "
        f"“{name}” cost ${written(year.year)}; with Attune’s, ${usual} (A4)."
    )


def _on_links(assessment: Assessment, opened_by: str) -> str:
    """Say how many deciding results were typed; empty if none was."""
    files, typed = _deciding(assessment)
    if not typed:
        return ""
    none = "None of the deciding results comes from a file"
    some = f"{files} of {files + typed} deciding results come from files"
    one = f"1 of {files + typed} deciding results comes from a file"
    counted = {0: none, 1: one}.get(files, some)
    links = (
        "1 was typed, with a link" if typed == 1 else f"{typed} were typed, with links"
    )
    if opened_by:
        return f"{_TYPED}. {counted}; {links} that {opened_by} says to have opened."
    results = "typed result" if typed == 1 else "typed results"
    return f"{_UNOPENED} the {results}. {counted}; {links}."


def _on_answers(assessment: Assessment) -> str:
    """Say that answers rest on links and files that nobody has opened.

    Not how many: a result counts those of them that decide.
    """
    by_results = {each.question for each in assessment.from_candidates}
    shown = [
        question
        for question, level in assessment.levels.items()
        if level != "asserted" and question in assessment.codes.keys() - by_results
    ]
    if not shown:
        return ""
    answers = "the answer" if len(shown) == 1 else "every answer"
    told = f"{answers} called documented or measured"
    return f"{_SUPPORT} {told}."


def _on_removed(framework: Framework, assessment: Assessment) -> str:
    """Say which verdict a file gives that was removed as wrong; empty if the same."""
    gone = wrong_files(framework, assessment)
    if gone is None or not gone.verdicts:
        return ""
    names = " or ".join(f"“{name}”" for name in gone.verdicts)
    which = "the removed file was" if len(gone.said) == 1 else "the removed files were"
    return f"Approve only if {which} wrong: counted, the verdict would be {names} (A6)."


def _deciding(assessment: Assessment) -> tuple[int, int]:
    """Return how many results behind answers come from files, and how many do not."""
    inputs, _ = given_to(assessment)
    behind = inputs.answered.behind.values()
    found = {row.id: bool(row.sha256) for rows in behind for row in rows}
    files = sum(found.values())
    return files, len(found) - files
