"""Evidence levels belong to the answer that they were given for."""

from collections.abc import Iterable, Mapping

from audits.models import Audit, Evidence
from audits.models.audits import NEED_PROOF, values
from audits.scoring.told.undocumented import as_said
from audits.services.answers.entry_checks import Key
from audits.services.answers.merging import Outcome, Sent
from audits.services.files.counted_faults import shows_fault
from audits.services.verdicts.assessments import framework_of


def without_old_levels(
    audit: Audit,
    sent: Mapping[Key, Sent],
    outcomes: Mapping[Key, Outcome],
) -> tuple[dict[Key, Sent], dict[Key, Outcome]]:
    """Take back the levels that were given for answers that are replaced now.

    So is one that the page sends along as it is: nobody gave it for the new answer.
    Both stay in the history.
    """
    old: list[Key] = [
        ("level", item)
        for (kind, item), outcome in outcomes.items()
        if kind == "answer"
        and outcome == "saved"
        and audit.levels.get(item, {}).get("value") is not None
        and _is_of_the_old_one(audit, item, outcomes.get(("level", item)))
    ]
    taken = {level: Sent(value=None) for level in old}
    return {**sent, **taken}, {**outcomes, **dict.fromkeys(old, "saved")}


def _is_of_the_old_one(audit: Audit, item: str, outcome: Outcome | None) -> bool:
    """Return whether a level is that of the replaced answer.

    Args:
        audit: The audit before the answer is replaced.
        item: The question.
        outcome: That of the level that was sent with it; None without one.
    """
    if outcome != "same":
        return outcome is None
    return audit.answers.get(item, {}).get("value") is not None


def mark_shown(audit: Audit, *, again: bool = False) -> Audit:
    """Mark which answers said to be shown have a link or file, and return it.

    One that was given for an earlier answer shows nothing. What is wrong is shown too
    by the results file that counts it. The caller saves it.

    Args:
        audit: The audit, locked.
        again: Whether links or files came or went, so that no mark is right by itself.

    Note: one query where a mark is missing, one more for what is wrong without a link
    or file, and else none.
    """
    said = {q: x for q, x in audit.levels.items() if x["value"] in NEED_PROOF}
    if again or any("shown" not in entry for entry in said.values()):
        behind = Evidence.objects.filter(audit=audit).order_by()
        shown = {
            each.question
            for each in (behind.only("question", "given_for") if said else ())
            if not each.is_for_another_answer(audit)
        }
        for question, entry in said.items():
            entry["shown"] = question in shown
        fault = said.get(framework_of(audit).faults_question or "", {"shown": True})
        fault["shown"] = fault["shown"] or shows_fault(audit)
    return audit


def is_fault_counted_again(audit: Audit, changed: Iterable[Key]) -> bool:
    """Return whether changes may move the mark of the answer about faults.

    Args:
        audit: The audit after the changes.
        changed: The entries that were saved.
    """
    question = framework_of(audit).faults_question or ""
    is_said = audit.levels.get(question, {}).get("value") in NEED_PROOF
    return is_said and any(
        kind == "candidate" or (kind, item) == ("answer", question)
        for kind, item in changed
    )


def undocumented(audit: Audit) -> tuple[str, ...]:
    """Return the questions whose answers count as asserted for want of a link or file.

    What results answer has the level of these.
    """
    given = values(audit.levels)
    unshown = [
        question
        for question, level in given.items()
        if level in NEED_PROOF and not audit.levels[question].get("shown")
    ]
    if not unshown:
        return ()
    codes, levels = audit.given_codes, audit.inputs.answered.levels
    return tuple(q for q in unshown if levels.get(q) == "asserted" and q in codes)


def said_with_nothing(audit: Audit) -> dict[str, str]:
    """Return how these answers are said to be known, in words that say it is all."""
    given = values(audit.levels)
    return {question: as_said(given[question]) for question in undocumented(audit)}
