"""The form for page 1, with a preview beside it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from audits.access.audits import audit_for_editing, audit_for_viewing, list_of
from audits.access.members import MemberRequest, members_only
from audits.given_back import shortened
from audits.held_forms import held_as
from audits.limits import COVERS, mark_as_refused
from audits.models import Audit, Cover
from audits.reports.context import build_paper
from audits.reports.covers.cover_forms import CoverForm
from audits.reports.covers.cover_history import cover_history, earlier_words
from audits.services.answers.answers import AuditLocked
from audits.services.due.covers import cover_of
from audits.services.papers.covers import CoverChanged, save_cover
from audits.services.papers.page_one_before import Proposed, proposed_words
from audits.services.papers.page_one_words import changed_words
from audits.services.papers.page_one_writers import writers_of
from audits.services.reviews.reviews import latest_review


@held_as("Page 1 of a board paper")
@members_only
@require_http_methods(["GET", "POST"])
def cover(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Edit the author's words of a submitted audit's paper."""
    audit = audit_for_editing(request.membership, audit_id)
    is_open = audit.assessment is not None and audit.state != Audit.State.SUPERSEDED
    stored = cover_of(audit)
    if request.method == "GET" and is_open:
        return _open(request, audit, stored)
    form = CoverForm(stored, request.POST)
    if not is_open:
        _give_back(request, form)
        return redirect("result", audit.pk)
    if not form.is_valid():
        shown = _with(stored, form)
        status = 200 if request.htmx else 422
        return _show(request, audit, shown, form, status=status)
    if request.htmx:
        return _show(request, audit, _with(stored, form), form)
    return _save(request, audit, stored, form)


@members_only
@require_GET
def page_one_history(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show what was ever written on page 1, also once it can no longer be edited."""
    audit = audit_for_viewing(request.membership, audit_id)
    lines, page = cover_history(audit, request.GET.get("page"))
    context = {
        "nav": list_of(request.user, audit),
        "audit": audit,
        "use_case": audit.use_case,
    }
    context |= {"lines": lines, "page": page}
    return render(request, "reports/page_one_history.html", context)


def _save(
    request: MemberRequest, audit: Audit, stored: Cover, form: CoverForm
) -> HttpResponse:
    """Save page 1, unless it was saved very often or changed meanwhile."""
    if refusal := COVERS.refusal(request.user.pk):
        form.add_error(None, f"Page 1 was not saved. {refusal.sentence}")
        return mark_as_refused(_show(request, audit, stored, form), refusal)
    try:
        save_cover(
            audit=audit,
            by=request.user,
            fields=form.places(),
            shown=form.shown(stored),
        )
    except CoverChanged as change:
        theirs = cover_of(audit)
        beside = form.beside(theirs, change)
        return _show(request, audit, theirs, beside, status=409)
    except ValidationError as error:
        form.add_error(None, error)
        return _show(request, audit, stored, form, status=422)
    except AuditLocked:
        _give_back(request, form)
    return redirect("result", audit.pk)


def _open(request: MemberRequest, audit: Audit, stored: Cover) -> HttpResponse:
    """Show the form as it opens.

    It has earlier words, if the address names some, or those that the page 1 of the
    verdict before proposes.
    """
    form = CoverForm(stored)
    if earlier := earlier_words(audit, request.GET.get("version")):
        messages.info(request, _EARLIER)
        return _show(request, audit, stored, form.with_words(earlier))
    if proposed := proposed_words(audit):
        form = form.with_words(proposed.words)
    return _show(request, audit, stored, form, proposed=proposed)


def _give_back(request: MemberRequest, form: CoverForm) -> None:
    """Return an author's words to them, because page 1 can no longer be edited."""
    if request.method == "POST" and not request.htmx and form.changed_data:
        words = [
            f"{form[name].label}: {shortened(str(form[name].value()))}"
            for name in form.changed_data
        ]
        messages.warning(request, _NOT_SAVED.format(words="; ".join(words)))


_NOT_SAVED = (
    "Page 1 was not saved, because the audit was reopened or replaced while you were "
    "writing. You wrote: {words}"
)
_EARLIER = "The earlier words are in the form. Save page 1 to use them again."


def _with(cover: Cover, form: CoverForm) -> Cover:
    """Return the cover with the valid fields of a form, without storing it."""
    for name, value in form.cover().items():
        setattr(cover, name, value)
    return cover


def _show(
    request: MemberRequest,
    audit: Audit,
    cover: Cover,
    form: CoverForm,
    status: int = 200,
    *,
    proposed: Proposed | None = None,
) -> HttpResponse:
    paper = build_paper(audit, cover)
    form.say_latest(paper.one.latest)
    form.say_replaced(paper.one.may_be_replaced, paper.one.doubt)
    context: dict[str, Any] = {
        "audit": audit,
        "use_case": audit.use_case,
        "nav": list_of(request.user, audit),
        "form": form,
        "paper": paper,
        "proposed": proposed,
    }
    if not request.htmx:
        context["page_one"] = {
            "writers": writers_of(audit),
            "changed": changed_words(cover_of(audit), latest_review(audit)),
        }
        page = request.GET.get("page")
        context["lines"], context["page"] = cover_history(audit, page)
    template = "reports/cover.html"
    name = f"{template}#preview" if request.htmx else template
    return render(request, name, context, status=status)
