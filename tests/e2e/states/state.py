"""What a page shows, to whom, and what is done before and on it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from playwright.sync_api import Page

from audits.models import (
    Audit,
    BoardPack,
    Membership,
    Organization,
    PackDecision,
    Report,
    Role,
    Team,
    UseCase,
    User,
    Version,
)
from audits.services.answers.answers import fresh_audit, save_answers
from audits.services.demo import demo
from audits.services.demo.demo import DemoPerson
from audits.services.discussion.answer_requests import ask_colleague, close_ask
from audits.services.discussion.comments import add_comment, resolve_comment
from audits.services.jobs import leases
from audits.services.portfolio.rows import update_portfolio_row
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast
from tests.conditions import decided
from tests.copies import Copies
from tests.scoring.worked_cases import TRAINING_CASE

# Most questions are asked; some answers are not known, and some are left out.
ANSWERS = {
    **TRAINING_CASE,
    "goal": ["format", "task_skill", "cost_latency"],
    "format_need": "schema",
    "format_evidence": "unknown",
    "latency": "tight",
    "latency_evidence": "missed",
    "unit_economics": "too_high",
    "domain_vocab": "niche",
    "knowledge_size": "unknown",
    "traceability": "required",
    "teacher_rights": "unclear",
    "regulatory": "unknown",
    "error_cost": "high",
}
# Its rows have other ids than where it is alone (tests/loaded_demo.py).
_DEMO_BESIDE_THE_CAST = Copies(demo.load_demo)
LONG_NAME = "Versicherungsschadenregulierungsunterstützungsassistenzsystem"


@dataclass(frozen=True, slots=True)
class State:
    """What a page shows, to whom, and what is done before and on it."""

    shows: str
    path: Callable[[Cast], str]
    user: Callable[[Cast], User | None] = lambda _: None
    before: Callable[[Cast], None] = lambda _: None
    act: Callable[[Page], None] = lambda _: None
    demo_mode: bool = False


def ours(role: Role) -> Callable[[Cast], User]:
    return lambda cast: cast.ours.people[role]


def demo_person(person: DemoPerson) -> Callable[[Cast], User]:
    return lambda _: User.objects.get(email=person.email)


def at(route: str, **query: str) -> Callable[[Cast], str]:
    return lambda _: reverse(route, query=query or None)


def of_draft(route: str, *arguments: str) -> Callable[[Cast], str]:
    return lambda cast: reverse(route, args=[cast.ours.draft.pk, *arguments])


def of_cost(cast: Cast) -> str:
    return reverse("ask", args=[cast.ours.draft.pk], query={"section": "cost"})


def of_paper(cast: Cast) -> str:
    return reverse("paper", args=[cast.ours.report.pk])


def demo_loaded(_: Cast) -> None:
    _DEMO_BESIDE_THE_CAST.put()


def answered(cast: Cast, **more: str) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        given = {**ANSWERS, **more}
        save_answers(audit=tenant.draft, by=tenant.contributor, answers=given)
        tenant.draft.refresh_from_db()


def long_names(cast: Cast) -> None:
    answered(cast)
    with scope(organization=cast.ours.organization):
        UseCase.objects.update(name=LONG_NAME)
        Team.objects.update(name=LONG_NAME)
    Organization.objects.update(name=LONG_NAME)
    User.objects.update(name=LONG_NAME)


def long_names_flip(cast: Cast) -> None:
    demo_loaded(cast)
    organization = Organization.objects.get(slug=demo.SLUG)
    with scope(organization=organization):
        UseCase.objects.update(name=LONG_NAME)
        Team.objects.filter(name="Legal").update(name=LONG_NAME)


def paper_failed(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        Report.objects.update(state=Report.State.QUEUED)
        leases.fail(job=cast.ours.report, reason="It could not be laid out.")


def paper_queued(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        Report.objects.update(state=Report.State.QUEUED)


def of_pack(cast: Cast) -> str:
    return reverse("pack", args=[cast.ours.pack.pk])


def pack_is(state: str, **more: str) -> Callable[[Cast], None]:
    def before(cast: Cast) -> None:
        with scope(organization=cast.ours.organization):
            until = timezone.now() + timedelta(minutes=9)
            BoardPack.objects.update(state=state, leased_until=until, **more)

    return before


def pack_half_made(cast: Cast) -> None:
    """Let a pack wait for more papers than go into one file."""
    pack_is("queued", meeting=LONG_NAME[:60])(cast)
    tenant = cast.ours
    with scope(organization=tenant.organization):
        own = {"pack": tenant.pack, "audit": tenant.submitted}
        PackDecision.objects.filter(pack=tenant.pack).update(report=tenant.report)
        PackDecision.objects.bulk_create(
            PackDecision(
                organization=tenant.organization,
                number=number,
                submitted_at=timezone.now(),
                report=tenant.report if number < 12 else None,
                **own,
            )
            for number in range(2, 81)
        )


def founded_today(cast: Cast) -> None:
    organization = Organization.objects.create(name="Newly founded", slug="new")
    with scope(organization=organization):
        Membership.objects.create(
            user=cast.unassigned, organization=organization, role=Role.CONTRIBUTOR
        )


def much_asked(cast: Cast) -> None:
    long_names(cast)
    tenant = cast.ours
    with scope(organization=tenant.organization):
        close_ask(ask=tenant.ask, by=tenant.ask.of)
        for question in ("", "latency"):
            ask_colleague(
                audit=tenant.draft,
                by=tenant.contributor,
                of=tenant.people[Role.REVIEWER],
                section="cost",
                question=question,
                message=f"The report has it.\n{LONG_NAME * 4}",
            )


def much_told(cast: Cast) -> None:
    """Tell the lead of an answer, a sign-off, a conflict and many comments."""
    long_names(cast)
    tenant = cast.ours
    reviewer, admin = tenant.people[Role.REVIEWER], tenant.people[Role.ADMIN]
    with scope(organization=tenant.organization):
        for number in range(26):
            add_comment(
                audit=tenant.draft,
                by=admin,
                question="latency",
                text=f"{LONG_NAME * 4}\nAnd {number}.",
            )
        close_ask(ask=tenant.ask, by=tenant.ask.of)
        submitted = fresh_audit(tenant.submitted)
        review_audit(
            audit=submitted,
            by=reviewer,
            **decided(submitted, "conditions", (LONG_NAME * 4)[:300]),
            submission=submission_of(submitted),
        )
        aside = Version.objects.filter(set_aside=True)
        aside.update(audit=tenant.draft, at=timezone.now())


def much_said(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        for text in ("Who counted them?", f"{LONG_NAME * 4}\nAnd more.", "Settled"):
            comment = add_comment(
                audit=tenant.draft, by=tenant.contributor, question="latency", text=text
            )
        resolve_comment(comment=comment, by=tenant.people[Role.REVIEWER])


def signed_off(cast: Cast) -> None:
    decide(cast, "conditions", "Measure the latency again before the launch.")


def due_for_review(cast: Cast) -> None:
    signed_off(cast)
    with scope(organization=cast.ours.organization):
        cause = "On 11 December 2026 GPT-5 shuts down (OpenAI API: Deprecations)."
        audits = Audit.objects.filter(pk=cast.ours.submitted.pk)
        audits.update(review_due_at=timezone.now(), review_cause=cause)
        update_portfolio_row(fresh_audit(cast.ours.submitted))


def begun_again(cast: Cast) -> None:
    signed_off(cast)
    with scope(organization=cast.ours.organization):
        begin_again(audit=cast.ours.submitted, by=cast.ours.contributor)


def sent_back(cast: Cast) -> None:
    words = f"Who counted?\n{LONG_NAME * 4}"
    decide(cast, "sent_back", words, {"goal": LONG_NAME * 4, "state": ""})


def decide(
    cast: Cast, outcome: str, words: str, points: dict[str, str] | None = None
) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        review_audit(
            audit=tenant.submitted,
            by=tenant.people[Role.REVIEWER],
            **decided(tenant.submitted, outcome, words),
            submission=submission_of(tenant.submitted),
            points=points,
        )


def press(button: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        with page.expect_navigation():
            page.locator("main").get_by_role("button", name=button).click()

    return act


LEAD, VIEWER = ours(Role.CONTRIBUTOR), ours(Role.VIEWER)
PROBLEM = "There is a problem"
DEMO_LEAD, DEMO_HEAD = demo_person(demo.LEAD), demo_person(demo.HEAD)
