"""Saves what a page of questions sends: its answers, and the target."""

from dataclasses import replace

from audits.access.members import MemberRequest
from audits.services.answers.answers import Saved, save_entries
from audits.wizard.changes import tell_overruled
from audits.wizard.forms.form_with_target import FormWithTarget
from audits.wizard.forms.senders import sender_of
from audits.wizard.pages import AnswerPage


def save_page(request: MemberRequest, page: AnswerPage, form: FormWithTarget) -> Saved:
    """Save the target and the answers; say which answers the target overrules.

    Raises:
        AuditLocked: The audit is not a draft.
    """
    target = form.save_target(request.user)
    saved = save_entries(
        audit=page.audit,
        by=request.user,
        sent=form.sent(),
        sender=sender_of(request),
    )
    if target is None:
        return saved
    if not request.htmx:
        gone = page.audit.given_codes.keys() - target.audit.given_codes.keys()
        labels = [x.label for x in page.framework.questions if x.id in gone]
        tell_overruled(request, labels)
    is_changed = saved.verdict_changed or target.verdict_changed
    return replace(saved, verdict_changed=is_changed)
