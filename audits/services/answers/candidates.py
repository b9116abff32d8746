"""Adds, changes and removes the scored candidates of a use case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from audits.models import Audit, ResultsFile, User
from audits.models.audits import values
from audits.scoring import Assessment
from audits.scoring.scored.adding import added
from audits.scoring.scored.candidates import (
    Candidates,
    ScoredCandidate,
    WrongFile,
    as_before,
    lessened,
    of_file,
)
from audits.scoring.scored.replaced.moving import moving
from audits.scoring.scored.replaced.replacing import remembering
from audits.scoring.scored.values import (
    MOST,
    TARGET,
    candidates_of,
    target_value,
    value_of,
)
from audits.services.answers.answers import (
    AuditLocked,
    Saved,
    locked_audit,
    save_entries,
)
from audits.services.answers.entry_checks import Key
from audits.services.answers.merging import Sender, Sent, Stored
from audits.services.answers.overruled import inputs_with
from audits.services.files.cases_apart import with_cases
from audits.services.files.lacking import lacking
from audits.services.files.same_outcomes import same_outcomes
from audits.services.verdicts.assessments import (
    assess_inputs,
    assess_today,
    framework_of,
)

type Change = Mapping[str, dict[str, Any] | None]


class TooManyCandidates(Exception):  # noqa: N818 - the state it is in, not a fault
    """The use case has as many candidates as it may have; says what to do."""


class ChangedMeanwhile(Exception):  # noqa: N818 - the state it is in, not a fault
    """Somebody else changed the candidates after the page was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The assessment as it is, and as it would be with a change."""

    now: Assessment
    then: Assessment


def takes_candidates(audit: Audit) -> bool:
    """Return whether the framework of an audit reads scored candidates."""
    return framework_of(audit).asserted_unless_marked


def candidates_seen(audit: Audit) -> str:
    """Return which candidates a page shows, for its form to say."""
    entries = sorted(audit.candidates.items())  # PostgreSQL keeps no order of them
    return ".".join(f"{item}-{Stored.of(entry).version}" for item, entry in entries)


def with_candidates(audit: Audit, rows: Sequence[ScoredCandidate]) -> Change:
    """Return the change that adds candidates, or replaces those of the same id.

    Removed ones stay. A new result that counts ends what those of its kind held back.

    Args:
        audit: The audit.
        rows: The candidates; those without an id get the next ones.

    Raises:
        TooManyCandidates: There is no room for them.
    """
    last = max((int(i[1:]) for i in audit.candidates if i != TARGET), default=0)
    found = audit.given_candidates
    after = added(found, with_cases(audit, rows, found), last)
    change: dict[str, dict[str, Any] | None] = {
        item: value_of(row) for item, row in after.items()
    }
    if sum(item != TARGET for item in _document(audit, change)) > MOST:
        message = (
            f"A use case has room for {MOST} candidates. Change one that is there, or "
            "leave some of these out"
        )
        raise TooManyCandidates(message)
    return change


def with_target(found: Candidates) -> Change:
    """Return the change that sets what candidates must reach."""
    return {TARGET: target_value(found) or None}


def removed(row: ScoredCandidate) -> Change:
    """Return the change that removes a candidate.

    It stays in the document, and holds back what it would change if it counted.
    """
    return {row.id: value_of(lessened(row, replace(row, is_removed=True)))}


def put_back(found: Candidates, row: ScoredCandidate) -> Change:
    """Return the change that puts a candidate back; of a wrong file, all of them."""
    rows = of_file(found, row.sha256) if row.wrong else (row,)
    back = (
        replace(as_before(each), is_removed=False, is_left_out=False) for each in rows
    )
    then = (lessened(*each) for each in zip(rows, back, strict=True))
    return {each.id: value_of(each) for each in then}


def removed_as_wrong(found: Candidates, sha256: str, wrong: WrongFile) -> Change:
    """Return the change that removes all candidates of a results file as wrong.

    They stay in the document and hold nothing back; results and papers say so.
    """
    gone = (
        lessened(row, replace(row, is_removed=True, wrong=wrong))
        for row in of_file(found, sha256)
    )
    return {row.id: value_of(row) for row in gone}


def preview(audit: Audit, change: Change) -> Preview:
    """Return the assessment before and after a change, which is not saved."""
    inputs = inputs_with(audit, with_change(audit, _with_lacks(audit, change)))
    on = timezone.localdate()
    then = assess_inputs(framework_of(audit), inputs, on, open_only=True)
    return Preview(now=assess_today(audit, open_only=True), then=then)


@transaction.atomic
def save_candidates(
    *,
    audit: Audit,
    by: User,
    change: Change,
    seen: str,
    is_first_file: bool = False,
    sender: Sender | None = None,
) -> Saved:
    """Save a change of the candidates, and score the audit again.

    Answers by hand that the candidates contradict are taken back, and stay in the
    history; they count again once nothing contradicts them. Each candidate keeps what
    it was, who changed it and when, so that all are told; so does the target, once
    results are known.

    Args:
        audit: The audit; its row is read again and locked.
        by: Who changes them.
        change: The new value of each; None for one that leaves no trace.
        seen: The result of `candidates_seen` when the page was shown.
        is_first_file: Whether the only results file was sent with the change, so that
            nobody had read its results.
        sender: The window that sends. A target that the same window saved by itself on
            the way is no change of somebody else's.

    Raises:
        AuditLocked: The audit is not a draft.
        ChangedMeanwhile: They are not as the page showed them.
        WrongAnswers: A value does not fit; nothing is saved.
    """
    audit = locked_audit(audit)
    if not audit.is_draft:
        raise AuditLocked
    sender = sender or Sender()
    if candidates_seen(audit) != seen and not _has_target(audit, change):
        if not _is_own_target(audit, seen, sender):
            raise ChangedMeanwhile
        if _is_late(audit, change, sender):
            change = {}
    kept = _remembered(audit, _with_lacks(audit, change), by)
    if TARGET in change:
        is_read = not is_first_file and has_results_files(audit)
        kept = {**kept, **_moved(audit, change, by, is_read=is_read)}
    sent: dict[Key, Sent] = {
        ("candidate", item): Sent(value=value, seen=_stored(audit, item).version)
        for item, value in kept.items()
    }
    return save_entries(audit=audit, by=by, sent=sent, sender=sender)


def _stored(audit: Audit, item: str) -> Stored:
    return Stored.of(audit.candidates.get(item))


def _has_target(audit: Audit, change: Change) -> bool:
    """Return whether a change says nothing but the target that is there already."""
    if change.keys() != {TARGET}:
        return False
    there = audit.given_candidates
    try:
        wanted = candidates_of({TARGET: change[TARGET] or {}})
    except ValueError:
        return False
    return (wanted.target, wanted.limit_ms) == (there.target, there.limit_ms)


def _is_own_target(audit: Audit, seen: str, sender: Sender) -> bool:
    """Return whether only the target changed, and the window that sends changed it."""
    shown, now = (
        {each for each in said.split(".") if not each.startswith(f"{TARGET}-")}
        for said in (seen, candidates_seen(audit))
    )
    is_own = bool(sender.tab) and _stored(audit, TARGET).tab == sender.tab
    return is_own and shown - {""} == now - {""}


def _is_late(audit: Audit, change: Change, sender: Sender) -> bool:
    """Return whether the window has sent a newer target, which counts."""
    return change.keys() == {TARGET} and sender.seq < _stored(audit, TARGET).seq


def _with_lacks(audit: Audit, change: Change) -> Change:
    """Return a change with what each candidate lacks, and whose outcomes it has."""
    if not change.keys() - {TARGET}:
        return change
    try:
        found = with_change(audit, change)
    except ValueError:
        return change  # it is refused, with the reason
    lacks = {row.id: row for row in lacking(audit, found)}
    found = replace(found, rows=tuple(lacks.get(x.id, x) for x in found.rows))
    lacks |= {row.id: row for row in same_outcomes(audit, found)}
    return {**change, **{item: value_of(row) for item, row in lacks.items()}}


def _remembered(audit: Audit, change: Change, by: User) -> Change:
    """Return a change in which each candidate keeps what it was, and who changed it."""
    there = {row.id: row for row in audit.given_candidates.rows}
    try:
        rows = candidates_of({i: x for i, x in change.items() if x}).rows
    except ValueError:
        return change  # it is refused, with the reason
    today = timezone.localdate()
    kept = (remembering(there.get(row.id), row, by=str(by), on=today) for row in rows)
    return {**change, **{row.id: value_of(row) for row in kept}}


def _moved(audit: Audit, change: Change, by: User, *, is_read: bool) -> Change:
    """Return the target with what it was, who changed it and when."""
    try:
        after = candidates_of({TARGET: change[TARGET] or {}})
    except ValueError:
        return {}  # it is refused, with the reason
    before, today = audit.given_candidates, timezone.localdate()
    moved = moving(before, after, by=str(by), on=today, is_read=is_read)
    return with_target(moved)


def has_results_files(audit: Audit) -> bool:
    """Whether a results file of the use case was read, even if nothing was saved."""
    return ResultsFile.objects.filter(use_case=audit.use_case_id).exists()


def with_change(audit: Audit, change: Change) -> Candidates:
    """Return the candidates after a change, which is not saved."""
    return candidates_of(_document(audit, change))


def _document(audit: Audit, change: Change) -> dict[str, Any]:
    document = {**values(audit.candidates), **change}
    return {item: value for item, value in document.items() if value}
