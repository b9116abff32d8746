"""The evidence plan step by step: its cards, and the files to run one."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from audits.access.audits import audit_for_viewing, list_of
from audits.access.members import MemberRequest, members_only
from audits.evaluations.starters.files import (
    cases_csv,
    inspect_task,
    promptfoo_config,
)
from audits.evaluations.starters.starter import Starter, stem_of
from audits.limits import EXPORTS, limited
from audits.models import AnswerRequest, Audit
from audits.scoring.board.by_when import by_when
from audits.scoring.cards.card import Card
from audits.scoring.cards.cards import candidates_of
from audits.scoring.cards.cases.open_cases import RUN_AGAIN
from audits.scoring.cards.cases.reruns import RERUN_CASES
from audits.scoring.cards.faults import SORT_FAULTS
from audits.scoring.cards.moving import MOVE_SMALLER
from audits.scoring.cards.target import SET_TARGET
from audits.scoring.cards.tests_of_results import IDS
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import plan_state
from audits.scoring.money.words import Money
from audits.scoring.step_facts import card_facts
from audits.scoring.summary.first_steps import then_line, within
from audits.scoring.summary.plan import Plan, plan_of
from audits.scoring.ways_to_test.untested_ways import CHEAPER_IDS
from audits.services.discussion.answer_requests import open_asks
from audits.services.people.times_of_day import today_shown
from audits.services.read_files.tested_steps import check_of_steps, tested_since
from audits.services.read_files.told_results import files_that_count
from audits.services.record.downloads import record_download
from audits.services.verdicts.assessments import assessment_of, framework_of

type _Written = tuple[Callable[[Starter], bytes], str]
# By the last part of the address; text/plain is shown and never run by a browser.
_FILES: Mapping[str, _Written] = {
    "cases.csv": (cases_csv, "text/csv; charset=utf-8"),
    "promptfoo.yaml": (promptfoo_config, "application/yaml"),
    "inspect.py": (inspect_task, "text/plain; charset=utf-8"),
}
_DONE = "That step is no longer in the plan. These are the steps of now."


@members_only
@require_GET
def experiments(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show the steps of the evidence plan, in the order to run them."""
    audit = audit_for_viewing(request.membership, audit_id)
    if not audit.codes:
        return redirect("result", audit.pk)
    context = {
        "nav": list_of(request.user, audit),
        "audit": audit,
        "use_case": audit.use_case,
        "assessment": assessment_of(audit),
        "plan": _plan(audit),
        "may_contribute": request.membership.may_contribute,
    }
    return render(request, "results/steps/experiments.html", context)


@members_only
@require_GET
def experiment(request: MemberRequest, audit_id: UUID, step: str) -> HttpResponse:
    """Show one step; one that is no longer in the plan leads to the others."""
    audit = audit_for_viewing(request.membership, audit_id)
    plan = _plan(audit)
    cards = plan.cards if plan else ()
    card = _card(cards, step)
    if plan is None or card is None:
        _require_known(audit, step)
        messages.info(request, _DONE)
        return redirect("experiments", audit.pk)
    if card.id != step:  # what answers its question now has its own address
        return redirect("experiment", audit.pk, card.id)
    assessment = assessment_of(audit)
    context = {
        "nav": list_of(request.user, audit),
        "audit": audit,
        "use_case": audit.use_case,
        "framework": framework_of(audit),
        "assessment": assessment,
        "card": card,
        "is_moot": card in plan.others,
        "then": then_line(card),
        "within": within(_money(audit), card),
        "by_when": by_when(cards, card, assessment.on, today_shown()),
        "number": cards.index(card) + 1,
        # The page that leads here numbers these alone; other steps change nothing.
        "count": len(plan.first),
        "candidates": candidates_of(card, audit.given_candidates),
        "starter": _starter(audit, card) if card.kinds else None,
        "is_same_cases": audit.given_candidates.cases_there == card.cases,
        "files_there": files_that_count(audit) if card.kinds else (),
        "asks": _asks(audit, card),
        "tested": check_of_steps(audit)
        if card.is_tested(tested_since(audit))
        else None,
        "has_target": audit.given_candidates.target is not None,
        "may_contribute": request.membership.may_contribute,
    }
    return render(request, "results/steps/experiment.html", context)


@members_only
@limited(EXPORTS)
@require_GET
def experiment_file(
    request: MemberRequest, audit_id: UUID, step: str, file: str
) -> HttpResponse:
    """Send a file to run one step with."""
    audit = audit_for_viewing(request.membership, audit_id)
    card = _card(_cards(audit), step)
    if card is None or not card.kinds or file not in _FILES:
        message = "No such file"
        raise Http404(message)
    starter = _starter(audit, card)
    write, content_type = _FILES[file]
    record_download(
        organization=request.membership.organization,
        by=request.user,
        verb="audit.exported",
        subject=str(audit.pk),
        kind=f"{card.id}/{file}",
    )
    return HttpResponse(
        write(starter),
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{starter.stem}-{file}"'
        },
    )


def _plan(audit: Audit) -> Plan | None:
    if not audit.codes:
        return None
    return plan_of(framework_of(audit), assessment_of(audit), audit.inputs)


def _money(audit: Audit) -> Money | None:
    return money_of(assessment_of(audit), plan_state(audit.use_case.stage))


def _cards(audit: Audit) -> tuple[Card, ...]:
    plan = _plan(audit)
    return plan.cards if plan else ()


def _card(cards: tuple[Card, ...], step: str) -> Card | None:
    """Return the step of an id, or else the one that answers the question of it."""
    own = (card for card in cards if card.id == step)
    answering = (x for x in cards if step in {each.id for each in x.answers})
    return next(own, None) or next(answering, None)


def _require_known(audit: Audit, step: str) -> None:
    """Raise Http404 unless it is a step of some plan."""
    framework = framework_of(audit)
    known = {each.id for each in framework.experiments}
    known |= {*IDS, *CHEAPER_IDS, *framework.question_by_id}
    known |= {SET_TARGET, SORT_FAULTS, RERUN_CASES, MOVE_SMALLER}
    known |= {each.id for each in card_facts().proofs}
    if step not in known and not step.startswith(RUN_AGAIN):
        message = "No such step"
        raise Http404(message)


def _starter(audit: Audit, card: Card) -> Starter:
    use_case = audit.use_case
    tested = candidates_of(card, audit.given_candidates)
    return Starter(
        stem=stem_of(use_case.reference, card.id),
        step=card.name,
        use_case=use_case.name,
        summary=use_case.summary,
        candidates=tuple(each.name for each in tested),
        cases=card.cases,
    )


def _asks(audit: Audit, card: Card) -> list[AnswerRequest]:
    """Return the open requests to answer what a step answers."""
    answered = {each.id for each in card.answers}
    asks = (ask for asked in open_asks(audit).values() for ask in asked)
    return [ask for ask in asks if ask.question in answered]
