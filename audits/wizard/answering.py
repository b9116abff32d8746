"""Shows a page of questions and saves its answers, at once or automatically."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django_htmx.http import HttpResponseClientRedirect

from audits.access.members import MemberRequest
from audits.frameworks.answering import flow
from audits.frameworks.answering.progress import Progress, progress
from audits.frameworks.schema import Framework
from audits.held_forms import held_answers, held_form_of
from audits.limits import SAVES, Refusal, mark_as_refused, too_many
from audits.models import Audit, Evidence, User
from audits.models.audits import values
from audits.pages import render_in_pieces
from audits.scoring import Assessment
from audits.scoring.numbers.contradictions import contradictions
from audits.scoring.pricing.economics import Economics
from audits.services.answers.answers import AuditLocked, Saved
from audits.services.answers.set_aside import number_waiting
from audits.services.answers.words import labels_of
from audits.services.discussion.comments import discussion_of
from audits.services.read_files.measured_answers import measured_answer
from audits.services.verdicts.assessments import framework_of, panel_assessment_of
from audits.wizard.changes import changes_kept, tell_overruled
from audits.wizard.colleagues.against import conflicts_of_others
from audits.wizard.colleagues.asked import asked_on, tell_asked
from audits.wizard.colleagues.earlier import fell_of_others
from audits.wizard.colleagues.pointed import after_pointed, pointed_on
from audits.wizard.colleagues.written_comments import (
    add_written_comment,
    without_comment,
)
from audits.wizard.conflicts import (
    differing_from,
    show_conflicts,
    tell_level_taken,
    tell_rest_saved,
    tell_unchanged,
)
from audits.wizard.forms.answers_form import ADD_COMMENT, AnswersForm, against_each
from audits.wizard.forms.entered_numbers import EnteredNumbers
from audits.wizard.forms.form_with_target import SHOWN, TARGET, FormWithTarget
from audits.wizard.forms.senders import new_tab
from audits.wizard.forms.still_saved import still_saved
from audits.wizard.forms.written_links import add_written_links
from audits.wizard.history import history_of, removed_evidence
from audits.wizard.pages import AnswerPage
from audits.wizard.panel import Panel
from audits.wizard.saved_pages import save_page
from audits.wizard.shown_again import (
    answers_again,
    changed_in_place,
    levels_fallen,
    versions_to_send,
)
from audits.wizard.undo.offer import offer_of


def answer(request: MemberRequest, page: AnswerPage) -> HttpResponse:
    """Show a page of questions, or save its answers.

    Valid answers are saved; invalid ones are shown again with the reason.
    """
    if request.method == "GET":
        if not page.audit.is_draft:
            return to_result(request, page.audit)
        return _show(request, page)
    form = _form(request, page, request.POST.getlist("shown"), request.POST)
    form.is_valid()
    if refusal := SAVES.refusal(request.user.pk):
        return not_saved(request, refusal, lambda: _render(request, page, form))
    before = progress_of(page.audit)
    try:
        saved = save_page(request, page, form)
    except AuditLocked:
        return _locked(request, page, form)
    if request.htmx:
        return _saved(request, page, form, saved, before)
    written = add_written_comment(request, page, form)
    if form.errors or written.refusal:
        errors = _show_errors(request, page, form, saved, is_added=written.is_added)
        return written.marked(errors)
    if saved.that("conflict"):
        return show_conflicts(request, saved.audit, status=409, back=page.url)
    tell_unchanged(request, saved)
    tell_level_taken(request, saved)
    add_written_links(request, saved.audit, form.applicable)
    return _go_on(request, page, form, saved.audit)


def _locked(
    request: MemberRequest, page: AnswerPage, form: AnswersForm
) -> HttpResponse:
    """Leave the wizard, unless something was refused: then show it again."""
    if request.htmx:
        tell_locked(request, page.audit)
        return to_result(request, page.audit)
    tell_locked(request, page.audit)
    written = add_written_comment(request, page, form)
    if form.errors or written.refusal:
        data = without_comment(request.POST) if written.is_added else request.POST
        form = _form(request, page, form.applicable, data)
        return written.marked(_render(request, page, form, status=422))
    return to_result(request, page.audit)


def _go_on(
    request: MemberRequest, page: AnswerPage, form: AnswersForm, audit: Audit
) -> HttpResponse:
    """Redirect to the next page, or to the task list for “come back later”."""
    tell_overruled(request, form.labels_of_candidates)
    for label in _no_longer_asked(page, form, audit):
        messages.info(request, f"No longer asked: {label}. Its answer is kept.")
    if tell_asked(request, page):
        return redirect("inbox")
    if "later" in request.POST:
        messages.success(request, "All is saved.")
        return redirect("tasks", audit.pk)
    if ADD_COMMENT in request.POST:
        return redirect(f"{page.url}#comments-{page.questions[0].id}")
    if page.kind == "next" and page.questions[0].id not in audit.codes:
        said = "Choose an answer, or “I don’t know yet”."
        messages.info(request, said, extra_tags="passing")
        return redirect(page.url)
    if page.kind == "question" and (there := after_pointed(request, page, audit)):
        return redirect(there)
    drawn = request.POST.getlist("drawn") or form.applicable
    return redirect(page.after(audit, request.user, drawn))


def tell_locked(request: MemberRequest, audit: Audit) -> None:
    """Say why a page that was sent to a locked audit changed nothing."""
    audit.refresh_from_db(fields=["state", "signed_off_at"])
    what = "draft was discarded" if audit.is_discarded else "audit was submitted"
    said = f"This {what} while your page was open, so its answers did not change."
    messages.warning(request, said)


def to_result(request: MemberRequest, audit: Audit) -> HttpResponse:
    """Leave the wizard, whose answers are locked; also after an automatic save."""
    if request.htmx:
        return HttpResponseClientRedirect(reverse("result", args=(audit.pk,)))
    return redirect("result", audit.pk)


def wizard_context(audit: Audit, by: User, assessment: Assessment) -> dict[str, Any]:
    """Return what every page of the wizard shows around its questions."""
    framework = framework_of(audit)
    priced = assessment.costs
    done = progress(framework, assessment.codes)
    return {
        "audit": audit,
        "nav": "use_cases",
        "framework": framework,
        "assessment": assessment,
        "economics": priced,
        "computed_lines": _computed(framework, priced) if priced else [],
        "contradictions": contradictions(
            framework,
            assessment.codes,
            values(audit.numbers),
            assessment.on or timezone.localdate(),
        ),
        "progress": done,
        "undo": offer_of(audit, by),
        "panel": Panel.of(audit, framework, assessment, done),
        **_numbers(audit, by),
    }


def _numbers(audit: Audit, by: User) -> dict[str, Any]:
    """Return what a page counts; an audit that was read for the page has it.

    Else it is counted where it is shown: the answer to an autosave has no need of it.
    """
    told = vars(audit)
    against = {"against": partial(conflicts_of_others, audit, by)}
    if "number_set_aside" not in told:
        return {"waiting": partial(number_waiting, audit, by)} | against
    return {"waiting": told["number_set_aside"], **against}


def _computed(framework: Framework, priced: Economics) -> list[dict[str, str]]:
    """Return the computed answers in words, with their basis, or why there is none."""
    lines = []
    for item, code in priced.computed.items():
        if item not in framework.answerable:
            continue
        option = framework.answerable[item].option(code)
        basis = priced.basis.get(item, "")
        if option and option.is_open:
            basis = option.text
        label, answer = framework.answerable[item].label, framework.label(item, code)
        line = {"question": item, "label": label, "answer": answer, "basis": basis}
        lines.append(line)
    return lines


def _form(
    request: MemberRequest,
    page: AnswerPage,
    applicable: Iterable[str],
    data: QueryDict | None = None,
) -> FormWithTarget:
    return FormWithTarget(
        page.questions,
        applicable,
        page.audit,
        data,
        with_notes=page.has_notes,
        # Autosave covers only answers; a comment is sent as a whole.
        with_comment=page.has_notes and not request.htmx,
    )


def _show(request: MemberRequest, page: AnswerPage) -> HttpResponse:
    """Show a page, with any form sent while signed out, still unsaved."""
    held = held_answers(request)
    if held is None:
        return _render(request, page, _form(request, page, page.applicable(page.audit)))
    tell_held(request)
    return _render(request, page, _form(request, page, held.getlist("shown"), held))


def tell_held(request: MemberRequest) -> None:
    """Say that a page shows what was sent while nobody was signed in."""
    said = (
        "You were signed out before these answers were saved. Check them, then save "
        'them. <a href="{}">Or discard them</a>'
    )
    here = {"form": getattr(request, "shown_held_form", "")}
    messages.warning(request, format_html(said, reverse("send_held", query=here)))


def not_saved(
    request: MemberRequest, refusal: Refusal, show: Callable[[], HttpResponse]
) -> HttpResponse:
    """Show a page again whose answers may not be saved yet; automatic saves retry."""
    if request.htmx:
        return too_many(request, refusal)
    messages.warning(request, f"Nothing was saved. {refusal.sentence}")
    return mark_as_refused(show(), refusal)


def _show_errors(
    request: MemberRequest,
    page: AnswerPage,
    form: FormWithTarget,
    saved: Saved,
    *,
    is_added: bool,
) -> HttpResponse:
    """Show a page again with refused answers, once the others are saved."""
    page = replace(page, audit=saved.audit)
    shown = [*form.applicable, *page.applicable(saved.audit)]
    now = _form(request, page, shown)
    data = answers_again(request.POST, form, now, saved)
    if TARGET not in form.errors:
        data[SHOWN] = now.target_shown
    tell_rest_saved(request, saved)
    again = _form(request, page, shown, without_comment(data) if is_added else data)
    again.refuse_target(form)
    return _render(request, page, again, status=422)


def _render(
    request: MemberRequest, page: AnswerPage, form: AnswersForm, status: int = 200
) -> HttpResponse:
    context = {
        **wizard_context(page.audit, request.user, panel_assessment_of(page.audit)),
        "page": page,
        "address": page.url,
        "section": page.section,
        "asked": SimpleLazyObject(partial(asked_on, page)),
        "pointed": pointed_on(page, page.audit),
        "form": form,
        "still_saved": still_saved(page.audit, form),
        "tab": new_tab(),
        "held_form": held_form_of(request),
        **_versions(page, page.audit),
    }
    form.against = context["contradictions"]
    if page.kind == "question":
        question = page.questions[0].id
        context["evidence"] = Evidence.objects.behind(page.audit, question)
        context["measured"] = measured_answer(page.audit, question)
        context |= removed_evidence(page.audit, question)
        context["discussion"] = discussion_of(page.audit, question)
    return render_in_pieces(request, page.template, context, status)


def _saved(
    request: MemberRequest,
    page: AnswerPage,
    form: FormWithTarget,
    saved: Saved,
    before: Progress,
) -> HttpResponse:
    """Answer an autosave: the panel, the saved line, and the slots that changed."""
    applicable = page.applicable(saved.audit)
    kept = {item for _, item in changed_in_place(saved)}
    versions = versions_to_send(form, saved)
    changed = [
        q
        for q in page.questions
        if (q.id in applicable) != (q.id in form.applicable) or q.id in kept
    ]
    form_of_changed = AnswersForm(
        changed, applicable, saved.audit, with_notes=page.has_notes
    )
    context = saved_context(request, saved, before, form)
    form_of_changed.against = context["contradictions"]
    fallen = levels_fallen(saved)
    slots = AnswersForm(
        [q for q in page.questions if q.id in fallen], applicable, saved.audit
    ).slots
    context |= {
        "page": page,
        "section": page.section,
        "pointed": pointed_on(page, saved.audit),
        "slots": form_of_changed.slots,
        "fallen": [slot for slot in slots if slot.name],
        "fell_of_others": fell_of_others(saved.audit, fallen),
        "against": against_each(
            (form.questions[q] for q in form.applicable), form_of_changed.against
        ),
        "problems": {
            name: text
            for name, text in form.problems.items()
            if name.rpartition("-")[2] in (*applicable, TARGET)
        },
        "still_saved": still_saved(saved.audit, form),
        "shown_target": form.target_to_send(saved.audit),
        "versions": {q: versions[q] for q in form.applicable if q in applicable},
        "no_longer_asked": _no_longer_asked(page, form, saved.audit),
    }
    context |= _versions(page, saved.audit)
    return render(request, "wizard/saving/saved.html", context)


def _versions(page: AnswerPage, audit: Audit) -> dict[str, Any]:
    """Return who answered what, for the page of a single question."""
    if page.kind != "question":
        return {}
    history, has_older = history_of(audit, page.questions[0].id)
    return {"history": history, "has_older": has_older}


def saved_context(
    request: MemberRequest,
    saved: Saved,
    before: Progress,
    form: AnswersForm | EnteredNumbers,
) -> dict[str, Any]:
    """Return what the answer to every autosave shows around the questions.

    A page that missed an earlier answer says so, and gets the unchanged parts again.
    """
    context = wizard_context(saved.audit, request.user, saved.assessment)
    missed = bool(request.POST.get("missed"))
    return {
        **context,
        "conflicts": sorted({item for _, item in saved.that("conflict")}),
        "differing_from": differing_from(saved, request.user),
        "overtaken": labels_of(saved, "late"),
        "changes": changes_kept(saved, changed_in_place(saved), request.user),
        "not_saved": form.not_saved,
        "verdict_changed": saved.verdict_changed,
        "nav_changed": missed or before != context["progress"],
        "saved_at": timezone.localtime(),
    }


def progress_of(audit: Audit) -> Progress:
    """Return the progress of the current answers."""
    framework = framework_of(audit)
    return progress(framework, flow.relevant(framework, audit.codes))


def _no_longer_asked(page: AnswerPage, form: AnswersForm, audit: Audit) -> list[str]:
    """Return the labels of answered questions that these answers made irrelevant."""
    applicable = page.applicable(audit)
    return [
        page.framework.question_by_id[question].label
        for question in form.applicable
        if question not in applicable and question in audit.codes
    ]
