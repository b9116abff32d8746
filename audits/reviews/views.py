"""Signing off a submitted audit, or sending it back."""

from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from audits.access.audits import audit_for_review
from audits.access.members import MemberRequest, members_only
from audits.given_back import shortened
from audits.models import Audit, Cover, Evidence, RemovedEvidence, Review
from audits.models.audits import values
from audits.reports.context import Paper, build_paper
from audits.reviews.condition_forms import ADD, one_more
from audits.reviews.deciding_answers import deciding_answers
from audits.reviews.done_words import done_words, follows_from
from audits.reviews.forms import ReviewForm
from audits.reviews.measuring_files import measuring_files
from audits.reviews.point_forms import POINTS, ticked
from audits.scoring import Assessment
from audits.scoring.chances.uncompared import uncompared
from audits.scoring.exchange.provenance import answers_hash
from audits.scoring.explaining.advice_rows import conditions, unproven_named
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import plan_state
from audits.scoring.results_behind.approved_on import approved_on, told_to_reviewer
from audits.scoring.results_behind.wrong_files import wrong_files
from audits.scoring.sentences.cannot_be_right import cannot_be_right
from audits.scoring.summary.sureness import sureness
from audits.scoring.sums.asked.confirming import confirming_test
from audits.scoring.sums.asked.period import money_on
from audits.scoring.told.listed import listed
from audits.scoring.told.results_told import told_apart
from audits.services.conditions.against import against_verdict
from audits.services.discussion.comments import commented_questions
from audits.services.due.covers import cover_of
from audits.services.papers.asked_on_paper import counted_on
from audits.services.papers.page_one_before import proposed_words
from audits.services.papers.page_one_words import words_of_page_one
from audits.services.papers.usage_far_off import usage_far_off
from audits.services.read_files.compared_results import comparisons_of
from audits.services.read_files.doubtful_names import doubtful_names
from audits.services.read_files.measured_answers import measured_answers, said_once
from audits.services.read_files.results_files import names_of_files
from audits.services.read_files.seen_months import seen_beside
from audits.services.read_files.told_results import told_of_results
from audits.services.read_files.usage_doubts import usage_doubts
from audits.services.reviews.between_audits import since_sign_off
from audits.services.reviews.lineage import lineage_of
from audits.services.reviews.opinions.own_verdict import dissent_on
from audits.services.reviews.opinions.second_opinions import (
    GIVEN,
    LacksOpinion,
    lacks_opinion,
    opinions_of,
    why_no_opinion,
)
from audits.services.reviews.points import left_of
from audits.services.reviews.resubmissions import since_submission
from audits.services.reviews.reviews import (
    NotInReview,
    NotReady,
    OwnAnswers,
    OwnSubmission,
    review_audit,
    submission_of,
    why_not_ready,
)
from audits.services.reviews.separation import Separation, separation_of
from audits.services.use_cases.namesakes import namesakes_said
from audits.services.verdicts.assessments import (
    assessment_of,
    framework_of,
    read_once,
)
from audits.services.verdicts.opening import to_open

_OWN = "You submitted this audit, so someone else must review it."
_OVERTAKEN = "It was changed, reopened or decided after you read it. Read it again."
_LACKS = (
    "Your organization asks for a second opinion before a sign-off, and nobody but you "
    "has given one on this submission."
)
_SIGN_TOO = "Anyone who gives one may still sign."
_SIGN_LATER = "You may sign only once somebody else has given one."
_NOT_SENT = "Your comment was not sent: “{words}”"


@members_only
@require_http_methods(["GET", "POST"])
def review(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show the submission, and take the reviewer's decision."""
    audit = audit_for_review(request.membership, audit_id)
    separation = separation_of(audit, request.user)
    if audit.submitted_by_id == request.user.pk:
        raise PermissionDenied(_own_submission(request, separation))
    if request.method == "GET" and audit.state != Audit.State.IN_REVIEW:
        return redirect("result", audit.pk)
    if request.method == "GET" or ADD in request.POST:
        cover = cover_of(audit)  # read once: the page shows what its form names
        read = _one_more(request) if ADD in request.POST else {}
        read.setdefault("submission", submission_of(audit, cover))
        form = _form(request, audit, separation, initial=read)
        return _show(request, audit, cover, form)
    form = _form(request, audit, separation, data=request.POST)
    if form.is_valid():
        _decide(request, audit, form, separation)
    if not form.is_valid():
        return _show(request, audit, cover_of(audit), form, status=422)
    return redirect("result", audit.pk)


def _form(
    request: MemberRequest, audit: Audit, separation: Separation, **given: Any
) -> ReviewForm:
    """Return the form, which asks to open what a verdict to train rests on."""
    not_ready, shown = why_not_ready(audit), to_open(audit, assessment_of(audit))
    return ReviewForm(request, separation, not_ready, audit, to_open=shown, **given)


def _one_more(request: MemberRequest) -> dict[str, Any]:
    """Return what a page has sent, with room for one more condition."""
    return ticked(one_more(request.POST.dict()), request.POST.getlist(POINTS))


def _decide(
    request: MemberRequest, audit: Audit, form: ReviewForm, separation: Separation
) -> None:
    """Store the reviewer's decision, or say in the form or a message why not."""
    decision = form.decision
    try:
        stored = review_audit(audit=audit, by=request.user, **decision)
    except ValidationError as error:
        form.add_error(None, error)
    except NotReady as error:
        form.add_error(None, str(error))
    except LacksOpinion:
        form.add_error(None, _LACKS)
    except OwnSubmission:
        raise PermissionDenied(_own_submission(request, separation)) from None
    except OwnAnswers:
        why_not = separation_of(audit, request.user).why_not
        raise PermissionDenied(_with_words(request, why_not)) from None
    except NotInReview:
        _tell_overtaken(request, form)
    else:
        asked = stored.outcome == Review.Outcome.CONDITIONS
        number = len(decision["conditions"]) if asked else 0
        messages.success(request, done_words(stored, number))


def _own_submission(request: MemberRequest, separation: Separation) -> str:
    """Tell the submitter that somebody else must review the audit, and who can."""
    return _with_words(request, f"{_OWN} {separation.ask}")


def _with_words(request: MemberRequest, refusal: str) -> str:
    """Return a refusal together with the reviewer's words, which are not stored."""
    words = request.POST.get("words", "").strip()
    return f"{refusal} {_NOT_SENT.format(words=words)}" if words else refusal


def _show(
    request: MemberRequest,
    audit: Audit,
    cover: Cover,
    form: ReviewForm,
    status: int = 200,
) -> HttpResponse:
    if audit.assessment is None:
        _tell_overtaken(request, form)
        return redirect("result", audit.pk)
    assessment = read_once(audit.assessment)
    lineage = lineage_of(audit)
    read = "" if "submission" in form.errors else form["submission"].value()
    shown = _page_one(audit, assessment, cover)
    context = {
        "audit": audit,
        "use_case": audit.use_case,
        "nav": "portfolio",
        "form": form,
        "submission": read or submission_of(audit, cover),
        **shown,
        "separation": form.separation,
        "framework": framework_of(audit),
        "assessment": assessment,
        "sure": sureness(framework_of(audit), assessment),
        "cannot_be_right": cannot_be_right(framework_of(audit), assessment),
        "conditions": conditions(assessment),
        "unproven": unproven_named(assessment),
        "approval": told_to_reviewer(approved_on(framework_of(audit), assessment)),
        "wrong_files": wrong_files(framework_of(audit), assessment),
        "results_told": told_apart(told_of_results(audit, assessment)),
        "seen_months": seen_beside(audit, assessment),
        "usage_doubts": _usage(audit, assessment),
        "namesakes": namesakes_said(audit.use_case),
        "answers_hash": answers_hash(assessment, audit.given_codes),
        **_evidence(audit, shown["paper"], form),
        "comparisons": comparisons_of(audit, audit.given_candidates),
        "uncompared": uncompared(audit.given_candidates),
        "last": lineage.review,
        **_follows(audit, assessment, lineage.review),
        "since": since_submission(audit, assessment),
        "between": since_sign_off(audit),
        "lineage": lineage,
        "against_verdict": against_verdict(audit),
        "commented": commented_questions(audit),
    }
    return render(request, "reviews/review.html", context, status=status)


def _usage(audit: Audit, assessment: Assessment) -> tuple[str, ...]:
    """Return what usage says against the numbers, and if it is far off them."""
    return *usage_doubts(audit), *filter(None, [usage_far_off(audit, assessment)])


def _opinions(request: MemberRequest, audit: Audit) -> dict[str, Any]:
    """Return the second opinions, whether one is lacking, and if they may give one."""
    why_not = why_no_opinion(audit, request.user)
    lacks = lacks_opinion(audit, request.user)
    return {
        "opinions": opinions_of(audit),
        "lacks_opinion": lacks,
        "may_give_opinion": not why_not,
        "gave_opinion": why_not == GIVEN,
        "own_dissent": dissent_on(audit, request.user) if why_not == GIVEN else "",
        "after_opinion": _SIGN_LATER if lacks else _SIGN_TOO,
    }


def _page_one(audit: Audit, assessment: Assessment, cover: Cover) -> dict[str, Any]:
    """Return page 1 as it prints, who wrote it, and what the page 1 before proposes."""
    return {
        "paper": build_paper(audit, cover),
        "page_one": words_of_page_one(audit, assessment, cover),
        "proposed": proposed_words(audit),
    }


def _follows(
    audit: Audit, assessment: Assessment, last: Review | None
) -> dict[str, Any]:
    """Return the money, what a condition does to it, and what is left to answer."""
    money = money_of(assessment, plan_state(audit.use_case.stage))
    money = money_on(money, counted_on(audit))
    test = confirming_test(framework_of(audit), assessment) if money else None
    return {
        "money": money,
        "follows": follows_from(money, test),
        "left_to_answer": left_of(last, audit),
    }


def _evidence(audit: Audit, paper: Paper, form: ReviewForm) -> dict[str, Any]:
    """Return the links and files that a reviewer signs, and those that were removed.

    What the form lists to be opened is there, and only named beside the answers that
    decided. What is behind an answer that does not count is only named, too.
    """
    opened = {each.item.question for each in form.to_open if each.item}
    asked, codes = framework_of(audit).question_by_id, paper.assessment.codes
    behind = Evidence.objects.filter(audit=audit).with_problem()
    removed = RemovedEvidence.objects.filter(audit=audit).values("question")
    counts = removed.order_by("question").annotate(count=Count("pk"))
    items = behind.select_related("added_by").order_by("question", "added_at")
    by_question = {x: [*its] for x, its in groupby(items, attrgetter("question"))}
    found = [(asked[x], its) for x, its in by_question.items() if x not in opened]
    measured = measured_answers(audit)
    return {
        "deciding": deciding_answers(paper.answers, by_question, measured),
        "evidence": [each for each in found if each[0].id in codes],
        "not_counting": [x for x, _ in found if x.id not in codes],
        "measured": said_once(measured),
        "measuring": measuring_files(audit, measured) if form.to_open else (),
        **_opinions(form.request, audit),
        **_candidates(audit),
        "documented": sum(
            level == "documented" and question in codes and question not in by_question
            for question, level in values(audit.levels).items()
        ),
        "removed": [(asked[row["question"]], row["count"]) for row in counts],
    }


def _candidates(audit: Audit) -> dict[str, Any]:
    """Return every candidate, and what speaks against what one is called."""
    found = audit.given_candidates
    if not found.rows:
        return {}
    files = names_of_files(audit)
    return {
        "candidates": [*listed(found, audit.codes, files)],
        "doubtful_names": doubtful_names(audit),
    }


def _tell_overtaken(request: MemberRequest, form: ReviewForm) -> None:
    """Say that nothing was decided, and return the reviewer's words."""
    messages.warning(request, _OVERTAKEN)
    if words := form.data.get("words", "").strip():
        messages.warning(request, _NOT_SENT.format(words=shortened(words)))
