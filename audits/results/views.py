"""The explained result of one audit."""

import json
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from audits.access.audits import audit_for_viewing, audit_with_notices, list_of
from audits.access.members import MemberRequest, members_only
from audits.limits import EXPORTS, limited
from audits.models import Audit, Evidence, Membership, Review, User
from audits.pages import render_in_pieces
from audits.results.at_a_glance import AtAGlance
from audits.results.explained_audits import explained_of
from audits.results.kit import kit
from audits.results.once import top_of
from audits.results.signed_lines import signed_lines
from audits.results.since_sign_off import SinceSignOff
from audits.scoring import Assessment
from audits.scoring.exchange import document
from audits.scoring.results_behind.approved_on import waits_for_reviewer
from audits.scoring.tracking.outcome_words import latest_lines
from audits.scoring.tracking.outcomes import months_of
from audits.services.answers.set_aside import open_conflicts
from audits.services.conditions.against import against_verdict
from audits.services.demo.sample import is_invented
from audits.services.discussion.comments import commented_questions
from audits.services.due.board_decisions import (
    asked_of_board,
    became_of,
    of_board,
    state_of_board,
)
from audits.services.due.contradictions import check_that_stands, contradiction_of
from audits.services.due.plan_left import plan_left
from audits.services.due.standing import standing_of
from audits.services.papers.covers import board_day_of
from audits.services.papers.page_one_before import proposed_words
from audits.services.papers.page_one_words import words_of_page_one
from audits.services.people.times_of_day import today_shown
from audits.services.read_files.told_results import files_that_count, same_links
from audits.services.record.downloads import record_download
from audits.services.reviews.drafts.discarding import (
    CANDIDATES,
    NUMBERS,
    PAGE_ONE,
    work_in,
)
from audits.services.reviews.lineage import Lineage, lineage_of
from audits.services.reviews.opinions.own_verdict import dissent_on
from audits.services.reviews.points import left_of
from audits.services.reviews.resubmissions import since_submission
from audits.services.reviews.reviews import latest_review, may_be_reviewed
from audits.services.reviews.separation import signing_of
from audits.services.verdicts.assessments import assessment_of, framework_of
from audits.services.verdicts.overridden import ended_of, overridden_of

_PAGE = "results/result.html"
# What has a note above the answer, where there is any.
_NOTES = (
    *("waiting", "against", "renewal", "against_verdict", "proposed", "discarded"),
    *("review_due", "lost", "missing", "dissent"),
)


@members_only
@require_GET
def result(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    audit: Any = audit_with_notices(request.membership, audit_id)
    if not audit.codes:
        return _not_scored(request, audit)
    assessment = assessment_of(audit)
    framework = framework_of(audit)
    lineage = lineage_of(audit)
    review = lineage.review
    lost = Evidence.objects.lost_of(audit) if audit.has_lost_files else ()
    is_waiting = audit.state == Audit.State.IN_REVIEW
    context: dict[str, Any] = {
        "audit": audit,
        "nav": list_of(request.user, audit),
        "use_case": audit.use_case,
        "owner": str(audit.use_case.owner),
        "lost": [(x, framework.question_by_id[x.question].label) for x in lost],
        "assessment": assessment,
        "glance": AtAGlance.of(audit, assessment, review),
        "missing": None if audit.is_draft else assessment.provisional,
        **_told(request, audit, assessment, review),
        **_acts(request, audit, review),
        "page_one": words_of_page_one(audit, assessment, review=review)
        if audit.submitted_at and audit.has_page_one
        else None,
        "proposed": proposed_words(audit) if is_waiting else None,
        "review": review,
        "reviewed": review.said if review else None,
        "same_links": same_links(audit),
        "since": since_submission(audit, assessment),
        "lineage": lineage,
        **_history(audit, lineage),
        "has_earlier": bool(audit.supersedes_id or audit.was_returned),
        "waiting": audit.number_set_aside,
        **_speaking_against(audit, request.user),
        **_since_sign_off(audit, lineage, request.membership),
        **_renewing(audit, lineage, request.membership),
        **_discarded(audit, lineage),
        **_of_organization(audit, request.membership),
    }
    return render_in_pieces(request, _PAGE, _with_notes(context, audit, lineage))


def _history(audit: Any, lineage: Lineage) -> dict[str, Any]:
    """Return the questions with comments; without any, the lineage in plain values."""
    commented = commented_questions(audit) if audit.has_comments else None
    history = None if commented else lineage.said_of(audit)
    return {"commented": commented, "history": history}


def _with_notes(
    context: dict[str, Any], audit: Audit, lineage: Lineage
) -> dict[str, Any]:
    """Also tell whether anything is said above the answer, so a page asks once."""
    check, signing = context["check"], context["signing"]
    is_stuck = bool(signing and signing.is_stuck)
    has_notes = bool(
        any(context[name] for name in _NOTES)
        or (lineage.current or audit.is_renewal or audit.discarded_at)
        or (check and check.state == "differs")
        or is_stuck
    )
    return {**context, "is_stuck": is_stuck, "has_notes": has_notes}


def _of_organization(audit: Any, member: Membership) -> dict[str, object]:
    """Return what became of the board's decision, and whether figures are invented."""
    today = today_shown()
    found = of_board(audit, today)
    asked = asked_of_board(audit, found, today)
    return {
        "board": state_of_board(audit, found, asked),
        "to_board": asked,
        "decided": found if found and found.decision else None,
        "plan_left": plan_left(audit) if found and found.steps else "",
        "has_open_steps": bool(found and found.decision and found.standing.is_open),
        "is_decided": became_of(audit, found),
        "override": overridden_of(audit),
        "ended": ended_of(audit) if audit.was_overridden else None,
        "is_sample": is_invented(member.organization),
        "whose": (
            f"{settings.SITE_URL}{reverse('result', args=(audit.pk,))}",
            member.organization.name,
        ),
    }


def _acts(
    request: MemberRequest, audit: Audit, review: Review | None
) -> dict[str, object]:
    """Return what they may do; who sent a draft back waits for those who answer."""
    sent_by = None
    if audit.is_draft and review and review.outcome == Review.Outcome.SENT_BACK:
        sent_by = review.by_id
    return {
        "may_contribute": request.membership.may_contribute,
        "may_review": may_be_reviewed(audit, request.membership),
        "left_to_answer": left_of(review, audit) if audit.is_draft else None,
        "is_sent_back": sent_by is not None,
        "board_day": board_day_of(audit) if audit.signed_off_at is None else None,
        "waits_for_author": sent_by == request.user.pk,
    }


def _told(
    request: MemberRequest, audit: Audit, assessment: Assessment, review: Review | None
) -> dict[str, object]:
    """Return what follows from the assessment, and who can sign it off in review."""
    member = request.membership
    may_enter = member.may_contribute
    told = explained_of(audit, assessment, may_enter=may_enter, review=review)
    top, signing = top_of(told), None
    if audit.state == Audit.State.IN_REVIEW:
        confirms = waits_for_reviewer(top.next)
        signing = signing_of(audit, member, confirms=confirms)
    return {"explained": told, "top": top, "signing": signing}


def _happened(audit: Any) -> tuple[str, ...]:
    """Return what happened since a sign-off, in lines."""
    return _lines(audit.months_text) if audit.months_text else ()


@lru_cache(maxsize=64)
def _lines(months: str) -> tuple[str, ...]:
    """Return the lines about stored months; the same text has the same lines."""
    return tuple(latest_lines(months_of(json.loads(months))))


def _since_sign_off(audit: Any, lineage: Lineage, member: Membership) -> dict[str, Any]:
    """Return the check with newer results that counts, and what else there is since."""
    if audit.signed_off_at is None:
        return {"check": None, "since_sign_off": None}
    was_measured = any(row.sha256 for row in audit.given_candidates.rows)
    check = check_that_stands(audit) if audit.has_checks else None
    return {
        "check": check,
        "since_sign_off": SinceSignOff.of(
            audit,
            happened=_happened(audit),
            before=lineage.before,
            check=check,
            may_contribute=member.may_contribute,
            may_check=was_measured and member.may_contribute,
        ),
    }


def _renewing(audit: Audit, lineage: Lineage, member: Membership) -> dict[str, Any]:
    """Return what is to replace an audit, or who may start that, and if it is due."""
    is_signed = audit.state == Audit.State.SIGNED_OFF
    # It is in force meanwhile.
    renewal = lineage.after.audit if is_signed and lineage.after else None
    may_renew = is_signed and renewal is None and member.may_contribute
    return {
        "renewal": renewal,
        "may_renew": may_renew,
        "due": may_renew and audit.review_due_at is not None,
    }


def _discarded(audit: Audit, lineage: Lineage) -> dict[str, Any]:
    """Return the draft that was discarded after an audit, or whose work one held."""
    is_signed = audit.state == Audit.State.SIGNED_OFF
    work = work_in(audit) if audit.discarded_at else {}
    return {
        "discarded": lineage.last_discarded if is_signed else None,
        "work": [
            (by, [(label, _address(audit, key)) for key, label in labels.items()])
            for by, labels in work.items()
        ],
    }


def _speaking_against(audit: Audit, me: User) -> dict[str, Any]:
    """Return what speaks against the answers, the verdict and the sign-off."""
    due, has_stopped = contradiction_of(audit), audit.use_case.has_stopped
    return {
        "against": _against(audit, me),
        "against_verdict": against_verdict(audit),
        "dissent": dissent_on(audit),
        "review_due": due.said(has_stopped=has_stopped) if due else "",
    }


def _against(audit: Any, me: User) -> list[dict[str, Any]]:
    """Return the answers of others that wait against those that count."""
    if not audit.has_against:
        return []
    framework = framework_of(audit)
    keys = {"number": NUMBERS, "candidate": CANDIDATES}
    return [
        {
            "by": version.by,
            "label": framework.answerable[version.item].label
            if version.item in framework.answerable
            else f"one of the {version.kind}s",
            "url": _address(audit, keys.get(version.kind, version.item)),
        }
        for version in open_conflicts(audit)
        if version.by_id != me.pk
    ]


def _address(audit: Audit, key: str) -> str:
    """Return the page that shows a piece of work in a draft; empty if none does."""
    if key == PAGE_ONE:
        return reverse("page_one_history", args=[audit.pk])
    if key == CANDIDATES:
        return reverse("submission", args=[audit.pk])
    if key == NUMBERS:
        return reverse("number_history", args=[audit.pk])
    if key in framework_of(audit).answerable:
        return reverse("question_history", args=[audit.pk, key])
    return ""


def _not_scored(request: MemberRequest, audit: Audit) -> HttpResponse:
    """Redirect people who may answer to the questions; show the state to others."""
    if request.membership.may_contribute and audit.is_draft:
        return redirect("resume", audit.pk)
    context = {"nav": list_of(request.user, audit), "use_case": audit.use_case}
    return render(request, "results/not_scored.html", context)


@members_only
@limited(EXPORTS)
@require_GET
def result_json(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Send the whole assessment as a JSON document."""
    audit = audit_for_viewing(request.membership, audit_id)
    response = JsonResponse(document.exported(assessment_of(audit), standing_of(audit)))
    _record_export(request, audit, "json")
    name = f"{audit.use_case.reference}-assessment.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@members_only
@limited(EXPORTS)
@require_GET
def action_kit(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Send the texts that a team starts with."""
    audit = audit_for_viewing(request.membership, audit_id)
    review = latest_review(audit) if audit.signed_off_at else None
    content = kit(
        audit,
        explained_of(audit, assessment_of(audit), review=review),
        signed_under=review.signed_under if review else "",
        files=files_that_count(audit),
        signed=signed_lines(audit, review),
    )
    _record_export(request, audit, "kit")
    name = f"{audit.use_case.reference}-kit.zip"
    return HttpResponse(
        content,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _record_export(request: MemberRequest, audit: Audit, kind: str) -> None:
    record_download(
        organization=request.membership.organization,
        by=request.user,
        verb="audit.exported",
        subject=str(audit.pk),
        kind=kind,
    )
