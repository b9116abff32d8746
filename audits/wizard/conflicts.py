"""Conflicts between two people: both answers are kept, and the later one chooses."""

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_POST

from audits.access.audits import audit_for_editing, set_aside_version
from audits.access.members import MemberRequest, members_only
from audits.frameworks.schema import Framework
from audits.limits import SAVES, limited
from audits.models import Audit, User, Version
from audits.models.audits import values
from audits.scoring.numbers.currency import currency_of
from audits.services.answers.answers import (
    AuditLocked,
    Saved,
    fresh_audit,
    keep_current,
    settle_conflict,
)
from audits.services.answers.merging import Sent, Stored
from audits.services.answers.set_aside import levels_with, waiting_versions
from audits.services.answers.words import label_of, labels_of, words_of
from audits.services.verdicts.assessments import framework_of
from audits.wizard.changes import changes_kept, number_url
from audits.wizard.forms.answers_form import BothForm
from audits.wizard.forms.senders import new_tab, sender_of, whole
from audits.wizard.pages import question_url

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """An answer of mine that was set aside, and the current one.

    Both `names` are what the options are called, where both answers are mine.
    """

    version: Version
    label: str
    asked: str
    mine: str
    theirs: str
    names: tuple[str, str] | None
    both: str
    other: User | None
    is_me: bool
    at: Any
    seen: int
    level_seen: int
    problem: str = ""


@members_only
@require_GET
def conflicts(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    audit = audit_for_editing(request.membership, audit_id)
    return show_conflicts(request, audit)


@members_only
@require_POST
@limited(SAVES)
def settle(request: MemberRequest, version_id: UUID) -> HttpResponse:
    version = set_aside_version(request.membership, version_id)
    choice = request.POST.get("keep")
    if choice == "theirs":
        return _keep_theirs(request, version)
    value = version.value
    if choice == "both" and version.kind == Version.Kind.NOTE:
        form = BothForm(request.POST, auto_id=f"both-{version.public_id}-%s")
        if not form.is_valid():
            return _refuse_both(request, version, form)
        value = form.cleaned_data["text"] or None
    elif choice != "mine":
        return _to_the_rest(request, version, "")
    chosen = Sent(value=value, seen=_compared(request, version))
    try:
        saved = settle_conflict(
            version=version,
            by=request.user,
            chosen=chosen,
            sender=sender_of(request),
            level_seen=compared_level(request, version),
        )
    except AuditLocked:
        return redirect("result", version.audit_id)
    if saved.that("conflict"):
        return show_conflicts(request, saved.audit, status=409)
    tell_unchanged(request, saved)
    tell_level_taken(request, saved)
    if choice == "mine":
        _tell_chosen(request, version, mine=True)
    return _to_the_rest(request, version, _place(version))


def _to_the_rest(request: MemberRequest, version: Version, place: str) -> HttpResponse:
    """Return to what still waits for a choice, and from there to the page before.

    Where that is not known, it is this place.
    """
    there = reverse("conflicts", args=(version.audit_id,))
    back = _back(request) or place
    return redirect(f"{there}?{urlencode({'back': back})}" if back else there)


def _place(version: Version) -> str:
    """Return the address of an answer, or of a number."""
    if version.kind == Version.Kind.NUMBER:
        return number_url(version.audit, version.item)
    return question_url(version.audit, version.item)


def _tell_chosen(request: MemberRequest, version: Version, *, mine: bool) -> None:
    """Say which of two answers counts from now on."""
    label = label_of(framework_of(version.audit), version.kind, version.item)
    counts = "your answer counts" if mine else "the other answer counts"
    messages.success(request, f"“{label}”: {counts}.")


def _back(request: MemberRequest) -> str:
    """Return the page of ours that somebody came from; empty if it is not known."""
    back = request.POST.get("back") or request.GET.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, None) else ""


def _keep_theirs(request: MemberRequest, version: Version) -> HttpResponse:
    is_kept = keep_current(
        version=version,
        by=request.user,
        seen=_compared(request, version),
        level_seen=compared_level(request, version),
    )
    if not is_kept:
        return show_conflicts(request, fresh_audit(version.audit), status=409)
    _tell_chosen(request, version, mine=False)
    return _to_the_rest(request, version, _place(version))


def _compared(request: MemberRequest, version: Version) -> int:
    """Return the version that the page showed beside the one set aside."""
    if "seen" in request.POST:
        return whole(request.POST["seen"])
    return Stored.of(version.audit.entries(version.kind).get(version.item)).version


def compared_level(request: MemberRequest, version: Version) -> int:
    """Return the version of the level that the page showed beside that one."""
    if "level-seen" in request.POST:
        return whole(request.POST["level-seen"])
    return Stored.of(version.audit.levels.get(version.item)).version


def show_conflicts(
    request: MemberRequest, audit: Audit, status: int = 200, back: str = ""
) -> HttpResponse:
    """Show the answers that this person must choose between, or redirect onwards.

    Once none is left, that is `back` to the page where they answered.
    """
    page = _pages(audit, request.user).get_page(request.GET.get("page"))
    back = back or _back(request)
    if not page:
        return redirect(back) if back else redirect("resume", audit.pk)
    found = _conflicts(audit, page)
    return _render(request, audit, page, found, status=status, back=back)


def differing_from(saved: Saved, me: User) -> SafeString:
    """Return whose answers count until this person has chosen; empty without any."""
    entries = [
        saved.audit.entries(kind).get(item) or {}
        for kind, item in saved.that("conflict")
    ]
    by = {entry["by"] for entry in entries if "by" in entry}
    if not entries or by == {me.pk}:
        return SafeString("yours on another page" if entries else "")
    [*others] = User.objects.filter(pk__in=by)
    if len(others) != 1:
        return SafeString("those of colleagues")
    return format_html("<bdi>{}</bdi>’s", others[0])


def _refuse_both(
    request: MemberRequest, version: Version, form: BothForm
) -> HttpResponse:
    """Show the combined text again, with the reason why it was not saved."""
    pages = _pages(version.audit, request.user)
    own = (page for page in pages if version in page)
    page = next(own, pages.get_page(1))
    found = [
        replace(
            conflict,
            both=form["text"].value(),
            problem=str(form.errors["text"][0]),
            seen=_compared(request, version),
        )
        if conflict.version == version
        else conflict
        for conflict in _conflicts(version.audit, page)
    ]
    return _render(request, version.audit, page, found, status=422, form=form)


def _render(
    request: MemberRequest,
    audit: Audit,
    page: "Page[Version]",
    found: list[Conflict],
    status: int,
    **more: Any,
) -> HttpResponse:
    context = {
        "audit": audit,
        "use_case": audit.use_case,
        "nav": "use_cases",
        "conflicts": found,
        "page": page,
        "tab": new_tab(),
        "back": _back(request),
        "changed_again": status == HTTPStatus.CONFLICT and "keep" in request.POST,
        **more,
    }
    return render(request, "wizard/saving/conflicts.html", context, status=status)


def _pages(audit: Audit, me: User) -> "Paginator[Version]":
    return Paginator(waiting_versions(audit, me), MOST_SHOWN)


def _conflicts(audit: Audit, page: "Page[Version]") -> list[Conflict]:
    framework, levels = framework_of(audit), levels_with(page)
    by = {v.pk: audit.entries(v.kind).get(v.item, {}).get("by") for v in page}
    people = User.objects.in_bulk(set(by.values()))
    return [
        _conflict(framework, audit, v, levels.get(v.pk), people.get(by[v.pk]))
        for v in page
    ]


def _conflict(
    framework: Framework,
    audit: Audit,
    version: Version,
    given: Version | None,
    other: User | None,
) -> Conflict:
    kind, item = version.kind, version.item
    entry = audit.entries(kind).get(item, {})
    level = Stored.of(audit.levels.get(item) if kind == Version.Kind.ANSWER else None)
    currency = currency_of(values(audit.numbers))
    question = framework.question_by_id.get(item)
    mine = words_of(framework, kind, item, version.value, currency)
    theirs = words_of(framework, kind, item, entry.get("value"), currency)
    is_me = other is not None and other.pk == version.by_id
    return Conflict(
        version=version,
        label=label_of(framework, kind, item),
        asked=question.text if question else "",
        mine=mine + _level_words(framework, item, given.value if given else None),
        theirs=theirs + _level_words(framework, item, level.value),
        both=f"{theirs}\n\n{mine}",
        other=other,
        is_me=is_me,
        names=(mine, theirs) if is_me and kind == Version.Kind.ANSWER else None,
        at=parse_datetime(entry["at"]) if entry else None,
        seen=Stored.of(entry or None).version,
        level_seen=level.version,
    )


def _level_words(framework: Framework, item: str, level: Any) -> str:
    """Return how an answer is known, to be read after it."""
    return f"\n{words_of(framework, 'level', item, level)}" if level else ""


def tell_unchanged(
    request: MemberRequest, saved: Saved, *, then: str = "It was not overwritten."
) -> None:
    """Say which answers did not change although the page sent other values."""
    for change in changes_kept(saved, saved.that("kept"), request.user):
        messages.warning(request, f"{change} {then}")
    if late := labels_of(saved, "late"):
        said = (
            "You had already sent a newer answer, which counts. The older one is kept"
        )
        messages.warning(request, f"{said}: {', '.join(late)}.")


def tell_level_taken(request: MemberRequest, saved: Saved) -> None:
    """Say of an answer that was replaced that its evidence level went with it."""
    for kind, item in saved.that("saved"):
        if kind == "level" and saved.sent[kind, item].value is None:
            label = label_of(framework_of(saved.audit), kind, item)
            messages.info(
                request,
                f"“{label}” is open again, because it was given for another answer.",
            )


def tell_rest_saved(request: MemberRequest, saved: Saved) -> None:
    """Say on a page shown again what happened to its valid answers."""
    but = ", apart from what was set aside" if saved.that("conflict") else ""
    if saved.outcomes:
        messages.info(request, f"The rest of this page is saved{but}.")
    tell_unchanged(request, saved, then="Your page now shows it.")
