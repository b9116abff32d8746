"""Undoes a person's last save, and says what is again as it was."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from audits.access.audits import audit_for_editing
from audits.access.members import MemberRequest, members_only
from audits.access.sent_forms import back_to
from audits.limits import SAVES, limited
from audits.models import Audit
from audits.models.audits import values
from audits.scoring.explaining.completeness import MOST_NAMED
from audits.scoring.numbers.currency import currency_of
from audits.services.answers.answers import AuditLocked
from audits.services.answers.merging import Stored
from audits.services.answers.undoing import NotUndone, SavedEntry, undo_save
from audits.services.answers.words import words_of
from audits.services.verdicts.assessments import framework_of
from audits.wizard.answering import tell_locked, to_result
from audits.wizard.changes import number_url
from audits.wizard.forms.senders import sender_of
from audits.wizard.pages import question_url
from audits.wizard.undo.offer import (
    UNDO_TAB,
    each_once,
    entries_in,
    is_undo,
    label_in,
)

# The pages that say that something was saved.
_PAGES = ("section", "question", "next_question", "numbers", "assumptions")
# People read longer texts on their page.
_LONGEST_QUOTED = 60


@members_only
@require_POST
@limited(SAVES)
def undo(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Undo what the button of a page names, and show that page again."""
    audit = audit_for_editing(request.membership, audit_id)
    entries = entries_in(audit, request.POST.get("undo", ""))
    if not entries:
        return redirect("tasks", audit.pk)
    is_redo = is_undo(audit, entries)
    sender = sender_of(request)
    if not is_redo:
        sender = replace(sender, tab=f"{UNDO_TAB}{sender.tab}")
    try:
        audit = undo_save(audit=audit, by=request.user, entries=entries, sender=sender)
    except AuditLocked:
        tell_locked(request, audit)
        return to_result(request, audit)
    except NotUndone as refused:
        messages.warning(request, _refused(request, audit, refused))
    else:
        messages.info(request, _told(audit, entries, is_redo=is_redo))
    return redirect(_back(request, audit, entries[0]))


def _refused(request: MemberRequest, audit: Audit, refused: NotUndone) -> str:
    label = label_in(audit, refused.key)
    if refused.reason == "results":
        why = f"the test results now answer “{label}” differently"
    elif refused.reason == "not_allowed":
        why = f"the earlier value of “{label}” is not allowed any more"
    elif refused.by == request.user:
        why = f"you have changed “{label}” since"
    else:
        why = f"{refused.by or 'somebody'} has changed “{label}” since"
    return f"Nothing was undone: {why}."


def _told(audit: Audit, entries: Sequence[SavedEntry], *, is_redo: bool) -> SafeString:
    """Say what is again as it was, with links to it."""
    changed = each_once(entries)
    lines = [
        (_url(audit, each), label_in(audit, each.key), _value(audit, each))
        for each in changed[:MOST_NAMED]
    ]
    said = format_html_join("; ", '<a href="{}">{}</a> is again {}', lines)
    more = len(changed) - MOST_NAMED
    rest = f"; and {more} more" if more > 0 else ""
    done = "Redone" if is_redo else "Undone"
    return format_html("<span>{}: {}{}.</span>", done, said, rest)


def _value(audit: Audit, entry: SavedEntry) -> str:
    value = Stored.of(audit.entries(entry.kind).get(entry.item)).value
    if value is None:
        return "empty" if entry.kind in ("number", "note") else "open"
    currency = currency_of(values(audit.numbers))
    words = words_of(framework_of(audit), entry.kind, entry.item, value, currency)
    return f"“{words}”" if len(words) <= _LONGEST_QUOTED else "as it was"


def _back(request: MemberRequest, audit: Audit, first: SavedEntry) -> str:
    """Return the page with the button; the one of the entry if it is not known."""
    back = back_to(request, otherwise="")
    try:
        name = resolve(urlsplit(back).path).url_name if back else ""
    except Resolver404:
        name = ""
    return back if name in _PAGES else _url(audit, first)


def _url(audit: Audit, entry: SavedEntry) -> str:
    if entry.kind == "number":
        return number_url(audit, entry.item)
    return question_url(audit, entry.item)
