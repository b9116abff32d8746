"""Keeps a scenario: its changes become the answers and numbers of a draft."""

from django.db import transaction

from audits.frameworks.answering.moving import moved
from audits.frameworks.questions import UNKNOWN
from audits.frameworks.schema import Framework
from audits.models import Audit, User
from audits.scoring.what_if.changes import (
    NO_EVIDENCE,
    Changes,
    changed,
    counting,
    without_supposed,
)
from audits.services.answers.answers import fresh_audit, locked_audit, save_entries
from audits.services.answers.entry_checks import Key
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import ChangedSinceRead
from audits.services.reviews.drafts.copying import LONGEST, copy_use_case
from audits.services.reviews.drafts.renewals import begin_again, listed
from audits.services.verdicts.assessments import framework_of

_SCENARIO = " (scenario)"


class NoPlaceToKeep(Exception):  # noqa: N818 - the state it is in, not a fault
    """The audit is no draft, and no new audit of the use case may be started."""


def may_keep(audit: Audit) -> bool:
    """Return whether changes may go into the draft, or into a new one."""
    if audit.state != Audit.State.SIGNED_OFF:
        return audit.is_draft
    return not Audit.objects.renewals_of(audit).exists()


@transaction.atomic
def keep_scenario(*, audit: Audit, by: User, changes: Changes, revision: int) -> Audit:
    """Save the changes of a scenario in a draft, which is started if there is none.

    A changed answer takes back the level of the answer before it, and is asserted
    unless the changes choose a level. What the framework of a new draft does not ask is
    left out, and so is what test results answer: they would replace it again.

    Args:
        audit: The audit that the scenario changes; its row is read again and locked.
        by: Who keeps it.
        changes: What differs from the audit.
        revision: That of the audit when the person compared.

    Returns:
        The draft.

    Raises:
        ChangedSinceRead: Somebody changed the draft after the person compared.
        NoPlaceToKeep: Another audit was started meanwhile, or the audit is locked.
    """
    audit = locked_audit(audit)
    if not may_keep(audit):
        raise NoPlaceToKeep
    if audit.revision != revision:
        raise ChangedSinceRead
    draft = audit if audit.is_draft else begin_again(audit=audit, by=by)
    answers, levels = _entries(audit, framework_of(draft), changes)
    # The levels follow, because an answer that is replaced takes back its level.
    for sent in (answers, levels):
        draft = fresh_audit(draft)
        save_entries(audit=draft, by=by, sent=sent, sender=Sender())
    return draft


@transaction.atomic
def keep_as_copy(
    *, audit: Audit, by: User, changes: Changes, revision: int, shown: int
) -> Audit:
    """Copy the use case of an audit that takes no changes, with those of a scenario.

    All answers of the scenario are asserted in the copy, also those that test results
    give: what was shown or measured stays with the audit.

    Args:
        audit: The audit that the scenario changes, which stays as it is.
        by: Who keeps it.
        changes: What differs from the audit.
        revision: That of the audit when the person compared.
        shown: As in `copy_use_case`: a page that is sent twice makes one copy.

    Returns:
        The draft of the copy.

    Raises:
        ChangedSinceRead: Somebody changed the audit after the person compared.
    """
    if audit.revision != revision:
        raise ChangedSinceRead
    name = name_of_scenario(audit.use_case.name)
    copy = copy_use_case(audit=audit, by=by, shown=shown, name=name)
    if copy.revision > 1:  # the page was sent before
        return copy
    framework = framework_of(copy)
    after = changed(audit.inputs, changes)
    codes = moved(framework_of(audit), framework, counting(after))
    answers: dict[Key, Sent] = {
        ("answer", question): Sent(value=listed(code))
        for question, code in codes.items()
        if copy.codes.get(question) != code
    }
    levels: dict[Key, Sent] = {
        ("level", question): Sent(value=NO_EVIDENCE)
        for question, code in codes.items()
        if code != UNKNOWN and question not in copy.levels
    }
    numbers = {("number", key): Sent(value=x) for key, x in changes.numbers.items()}
    for sent in ({**answers, **numbers}, levels):
        copy = fresh_audit(copy)
        save_entries(audit=copy, by=by, sent=sent, sender=Sender())
    return copy


def name_of_scenario(name: str) -> str:
    """Return the name of a copy that keeps a scenario; a long one is shortened.

    >>> name_of_scenario("Letters")
    'Letters (scenario)'
    >>> len(name_of_scenario("x" * 80))
    80
    """
    room = LONGEST - len(_SCENARIO)
    short = name if len(name) <= room else f"{name[: room - 1]}…"
    return f"{short}{_SCENARIO}"


def _entries(
    audit: Audit, asks: Framework, changes: Changes
) -> tuple[dict[Key, Sent], dict[Key, Sent]]:
    """Return the answers and numbers to save, and then the levels."""
    changes = without_supposed(audit.inputs, changes)
    before, after = audit.inputs, changed(audit.inputs, changes)
    asked = framework_of(audit)
    was = moved(asked, asks, before.codes)
    now = moved(asked, asks, after.codes)
    answers: dict[Key, Sent] = {
        ("answer", question): Sent(value=listed(code))
        for question, code in now.items()
        if was.get(question) != code
    }
    numbers = {("number", key): Sent(value=x) for key, x in changes.numbers.items()}
    levels: dict[Key, Sent] = {
        ("level", question): Sent(value=level)
        for question, level in after.levels.items()
        if question in asks.question_by_id
        and (("answer", question) in answers or level != before.levels.get(question))
    }
    return {**answers, **numbers}, levels
