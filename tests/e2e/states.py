"""Every page in every state that looks different."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import FilePayload, Page

from audits.frameworks import loader
from audits.models import Membership, Organization, Report, Role, Team, UseCase, User
from audits.services import demo, reports
from audits.services.answers import save_answers
from audits.services.asks import ask_colleague, close_ask
from audits.services.comments import add_comment, resolve_comment
from audits.services.demo import DemoPerson
from tests.casting import TRAINING_CASE, Cast
from tests.e2e.sections import choose, save_and_continue
from tests.verify import made_papers

# All questions are asked; some answers are not known, and some are left out.
ANSWERS = {
    **TRAINING_CASE,
    "format_need": "schema",
    "format_evidence": "unknown",
    "latency": "tight",
    "latency_evidence": "missed",
    "domain_vocab": "industry",
    "knowledge_size": "unknown",
    "traceability": "required",
    "teacher_rights": "unclear",
    "regulatory": "unknown",
    "error_cost": "high",
}
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


def at(route: str) -> Callable[[Cast], str]:
    return lambda _: reverse(route)


def of_draft(route: str, *arguments: str) -> Callable[[Cast], str]:
    return lambda cast: reverse(route, args=[cast.ours.draft.pk, *arguments])


def of_volume(cast: Cast) -> str:
    return reverse("ask", args=[cast.ours.draft.pk], query={"section": "volume"})


def of_paper(cast: Cast) -> str:
    return reverse("paper", args=[cast.ours.report.pk])


def demo_loaded(_: Cast) -> None:
    demo.load_demo()


def answered(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        house = cast.ours
        save_answers(audit=house.draft, by=house.contributor, answers=ANSWERS)


def long_names(cast: Cast) -> None:
    answered(cast)
    with scope(organization=cast.ours.organization):
        UseCase.objects.update(name=LONG_NAME)
        Team.objects.update(name=LONG_NAME)
    Organization.objects.update(name=LONG_NAME)
    User.objects.update(name=LONG_NAME)


def paper_failed(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        reports.fail_report(report=cast.ours.report, reason="It could not be laid out.")


def paper_queued(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        Report.objects.update(state=Report.State.QUEUED)


def founded_today(cast: Cast) -> None:
    organization = Organization.objects.create(name="Newly founded", slug="new")
    with scope(organization=organization):
        Membership.objects.create(
            user=cast.unassigned, organization=organization, role=Role.CONTRIBUTOR
        )


def much_asked(cast: Cast) -> None:
    long_names(cast)
    house = cast.ours
    with scope(organization=house.organization):
        close_ask(ask=house.ask, by=house.ask.of)
        for question in ("", "latency"):
            ask_colleague(
                audit=house.draft,
                by=house.contributor,
                of=house.people[Role.REVIEWER],
                section="volume",
                question=question,
                message=f"The report has it.\n{LONG_NAME * 4}",
            )


def much_said(cast: Cast) -> None:
    house = cast.ours
    with scope(organization=house.organization):
        for text in ("Who counted them?", f"{LONG_NAME * 4}\nAnd more.", "Settled"):
            comment = add_comment(
                audit=house.draft, by=house.contributor, question="latency", text=text
            )
        resolve_comment(comment=comment, by=house.people[Role.REVIEWER])


def comment_without_a_word(page: Page) -> None:
    """Send the page's form, which has no comment in it, to where comments go."""
    path = urlsplit(page.url).path.replace("/ask/", "/questions/latency/comments/")
    form = page.locator("main form").last
    with page.expect_navigation():
        form.evaluate("(form, path) => { form.action = path; form.submit() }", path)


def press(button: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        with page.expect_navigation():
            page.locator("main").get_by_role("button", name=button).click()

    return act


def sign_in_wrongly(page: Page) -> None:
    page.get_by_label("Email").fill("nobody@example.org")
    page.get_by_label("Password").fill("guess")
    press("Sign in")(page)


def ask_for_reset(page: Page) -> None:
    page.get_by_label("Email").fill("nobody@example.org")
    press("Send the link")(page)


def mistype_new_password(page: Page) -> None:
    for field in page.locator("main [type=password]").all():
        field.fill("guess")
    press("Change the password")(page)


def pick_four(page: Page) -> None:
    choose(page, "goal", "style", "format", "knowledge")
    save_and_continue(page)


def send(attachment: bytes) -> Callable[[Page], None]:
    """Send a paper to be verified."""
    file: FilePayload = {
        "name": "paper.pdf",
        "mimeType": "application/pdf",
        "buffer": made_papers.paper(attachment),
    }

    def act(page: Page) -> None:
        page.get_by_label("Board paper").set_input_files(file)
        press("Verify the paper")(page)

    return act


CHANGED = made_papers.RAW.replace(b'"verdict": "', b'"verdict": "' + b"x" * 80)
DEMO_LEAD, DEMO_HEAD = demo_person(demo.LEAD), demo_person(demo.HEAD)
LEAD, VIEWER = ours(Role.CONTRIBUTOR), ours(Role.VIEWER)
PROBLEM = "There is a problem"
STATES = {
    "home": State("Sign in", at("home")),
    "home_demo": State("Look round the demo", at("home"), demo_mode=True),
    "sign_in": State("Sign in", at("account_login")),
    "sign_in_refused": State(PROBLEM, at("account_login"), act=sign_in_wrongly),
    "sign_up": State("by invitation", at("account_signup")),
    "account_inactive": State("account is closed", at("account_inactive")),
    "sign_out": State("Sign out", at("account_logout"), LEAD),
    "password": State("Change your password", at("account_change_password"), LEAD),
    "password_refused": State(
        PROBLEM, at("account_change_password"), LEAD, act=mistype_new_password
    ),
    "reset": State("Reset your password", at("account_reset_password")),
    "reset_sent": State("on its way", at("account_reset_password"), act=ask_for_reset),
    "use_cases": State("assessed", at("use_cases"), DEMO_LEAD, demo_loaded),
    "use_cases_open": State("Waiting for you", at("use_cases"), LEAD, answered),
    "use_cases_empty": State("No use cases yet", at("use_cases"), ours(Role.REVIEWER)),
    "register": State("Register a use case", at("register"), LEAD),
    "register_refused": State(
        PROBLEM, at("register"), LEAD, act=press("Register and start")
    ),
    **{
        f"section_{section.id}": State(
            section.title, of_draft("section", section.id), LEAD, answered
        )
        for section in loader.current().sections
    },
    "section_new": State("Not scored yet", of_draft("section", "purpose"), LEAD),
    "section_refused": State(
        PROBLEM, of_draft("section", "purpose"), LEAD, answered, pick_four
    ),
    "evidence": State("What backs", of_draft("add_evidence", "quality_gap"), LEAD),
    "evidence_new": State("Nothing backs", of_draft("add_evidence", "goal"), LEAD),
    "evidence_read": State(
        "What backs", of_draft("add_evidence", "quality_gap"), VIEWER
    ),
    "evidence_refused": State(
        PROBLEM, of_draft("add_evidence", "goal"), LEAD, act=press("Add evidence")
    ),
    "check": State("Submit and see the result", of_draft("check"), LEAD, answered),
    "check_new": State("Answer at least one", of_draft("check"), LEAD),
    "result_new": State("Not scored yet", of_draft("result"), VIEWER),
    "result_draft": State("Provisional", of_draft("result"), VIEWER, answered),
    "result": State(
        "In review", lambda cast: reverse("result", args=[cast.ours.submitted.pk]), LEAD
    ),
    "paper": State("The paper is ready", of_paper, LEAD),
    "paper_failed": State("could not be made", of_paper, LEAD, paper_failed),
    "paper_queued": State("In queue", of_paper, LEAD, paper_queued),
    "portfolio": State("47 of 47 shown", at("portfolio"), DEMO_HEAD, demo_loaded),
    "portfolio_no_match": State(
        "No use cases match", lambda _: reverse("portfolio") + "?q=nowhere", LEAD
    ),
    "portfolio_empty": State(
        "No use cases yet", at("portfolio"), lambda cast: cast.unassigned, founded_today
    ),
    "inbox": State("Waiting for you", at("inbox"), ours(Role.REVIEWER), much_asked),
    "inbox_done": State(
        "Done just now", at("inbox"), ours(Role.REVIEWER), act=press("Done")
    ),
    "inbox_empty": State("Nothing is asked of you", at("inbox"), VIEWER),
    "ask": State("Choose a section", of_draft("ask"), LEAD),
    "ask_again": State("Who is asked", of_volume, LEAD, much_asked),
    "ask_refused": State(PROBLEM, of_volume, LEAD, act=press("Ask this colleague")),
    "comment_refused": State(
        "Enter a comment", of_draft("ask"), LEAD, much_said, comment_without_a_word
    ),
    "long_names": State(LONG_NAME, of_draft("section", "risk"), LEAD, long_names),
    "long_names_use_cases": State(LONG_NAME, at("use_cases"), LEAD, long_names),
    "long_names_portfolio": State(LONG_NAME, at("portfolio"), LEAD, long_names),
    "method": State("How verdicts are made", at("method")),
    "verify": State("Verify a board paper", at("verify")),
    "verify_refused": State(PROBLEM, at("verify"), act=press("Verify the paper")),
    "verify_reproduced": State("Reproduced", at("verify"), act=send(made_papers.RAW)),
    "verify_different": State("Not reproduced", at("verify"), act=send(CHANGED)),
    "not_found": State("Page not found", lambda _: "/no-such-page/", LEAD),
    "no_access": State("You may read here", at("register"), VIEWER),
}
