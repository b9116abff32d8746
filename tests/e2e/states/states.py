"""Every page in every state that looks different."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import FilePayload, Page, expect

from audits.models import Role
from tests.casting import Cast
from tests.e2e.states.import_states import IMPORT_STATES
from tests.e2e.states.large_portfolios import large_portfolio
from tests.e2e.states.organization_states import ORGANIZATION_STATES
from tests.e2e.states.outcome_states import OUTCOME_STATES
from tests.e2e.states.portfolio_states import (
    filled,
    filled_with_long_names,
    long_view,
    of_team,
)
from tests.e2e.states.review_states import REVIEW_STATES
from tests.e2e.states.sign_in_states import SIGN_IN_STATES, make_calendar
from tests.e2e.states.state import (
    DEMO_HEAD,
    DEMO_LEAD,
    LEAD,
    LONG_NAME,
    PROBLEM,
    VIEWER,
    State,
    answered,
    at,
    demo_loaded,
    founded_today,
    long_names,
    long_names_flip,
    much_asked,
    much_said,
    much_told,
    of_cost,
    of_draft,
    of_pack,
    of_paper,
    ours,
    pack_half_made,
    pack_is,
    paper_failed,
    paper_queued,
    press,
)
from tests.e2e.states.wizard_states import WIZARD_STATES
from tests.scoring.exchange.changed_attachments import changed
from tests.verify import made_papers
from tests.verify.changed_pages import with_page_again
from tests.verify.stored_papers import keep


def address_of_nobody(page: Page) -> None:
    """Ask somebody by an address that no colleague has."""
    page.get_by_label("Or their email address").fill("nobody@firm.example")
    press("Ask this colleague")(page)


def comment_without_a_word(page: Page) -> None:
    """Send the page's form, which has no comment in it, to where comments go."""
    path = urlsplit(page.url).path.replace("/ask/", "/questions/latency/comments/")
    form = page.locator("main form").last
    with page.expect_navigation():
        form.evaluate("(form, path) => { form.action = path; form.submit() }", path)


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


def of_cover(cast: Cast) -> str:
    return reverse("cover", args=[cast.ours.submitted.pk])


def fill_page_one(page: Page) -> None:
    """Fill every field as far as it goes, with words that are hard to break."""
    for field in page.locator("[data-room]").all():
        room = int(field.get_attribute("data-room") or 0)
        field.fill((LONG_NAME * 20)[:room])
    expect(page.locator("#preview .next")).to_contain_text(LONG_NAME[:30])


def write_too_much_on_page_one(page: Page) -> None:
    page.get_by_label("Why now (optional)").fill(LONG_NAME * 40)
    press("Save page 1")(page)


def send(pdf: bytes) -> Callable[[Page], None]:
    """Send a paper to be verified."""
    file: FilePayload = {
        "name": "paper.pdf",
        "mimeType": "application/pdf",
        "buffer": pdf,
    }

    def act(page: Page) -> None:
        page.get_by_label("Board paper").set_input_files(file)
        press("Verify the paper")(page)

    return act


def make_a_pack(page: Page) -> None:
    page.get_by_text("Make a board pack", exact=True).click()
    press("Make the pack")(page)


def paper_stored(cast: Cast) -> None:
    """Let our paper be the one of the line that the sent file names."""
    with scope(organization=cast.ours.organization):
        report = keep(cast.ours.report, PAPER)
        report.record_digest = LINE
        report.save(update_fields=["record_digest"])


LINE = "ab" * 32
NAMED = changed(("report", "record"), {"line": 7, "digest": LINE}, hashed=True)
PAPER = made_papers.paper(NAMED)
CHANGED = NAMED.replace(b'"verdict": "', b'"verdict": "' + b"x" * 80)
STATES = {
    **WIZARD_STATES,
    **IMPORT_STATES,
    **REVIEW_STATES,
    **OUTCOME_STATES,
    **ORGANIZATION_STATES,
    **SIGN_IN_STATES,
    "home": State("Sign in", at("home")),
    "home_demo": State("Look around the demo", at("home"), demo_mode=True),
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
    "use_cases": State("In review", at("use_cases"), DEMO_LEAD, demo_loaded),
    "use_cases_open": State("may change", at("use_cases"), LEAD, answered),
    "use_cases_empty": State("in review", at("use_cases"), ours(Role.REVIEWER)),
    "register": State("Register a use case", at("register"), LEAD),
    "register_refused": State(
        PROBLEM, at("register"), LEAD, act=press("Register the use case")
    ),
    "evidence": State("Evidence for", of_draft("add_evidence", "quality_gap"), LEAD),
    "evidence_new": State(
        "This answer has no link or file", of_draft("add_evidence", "goal"), LEAD
    ),
    "evidence_read": State(
        "Evidence for this answer",
        of_draft("add_evidence", "quality_gap"),
        VIEWER,
    ),
    "evidence_refused": State(
        PROBLEM, of_draft("add_evidence", "goal"), LEAD, act=press("Add evidence")
    ),
    "older_comments": State(
        "3 in all, the latest first",
        of_draft("older_comments", "latency"),
        LEAD,
        much_said,
    ),
    "cover": State("Page 1 of the board paper", of_cover, LEAD),
    "cover_long": State("Page 1 of the board paper", of_cover, LEAD, act=fill_page_one),
    "cover_refused": State(PROBLEM, of_cover, LEAD, act=write_too_much_on_page_one),
    "paper": State("The paper is ready", of_paper, LEAD),
    "paper_failed": State("could not be made", of_paper, LEAD, paper_failed),
    "paper_queued": State("In queue", of_paper, LEAD, paper_queued),
    "pack": State("The pack is ready", of_pack, LEAD),
    "pack_queued": State("In queue", of_pack, LEAD, pack_is("queued")),
    "pack_half_made": State("11 of 80 papers made", of_pack, LEAD, pack_half_made),
    "pack_failed": State(
        "could not be made", of_pack, VIEWER, pack_is("failed", failure="Too long.")
    ),
    "pack_cancelled": State("cancelled", of_pack, LEAD, pack_is("cancelled")),
    "pack_expired": State(
        "removed to make room", of_pack, VIEWER, pack_is("expired", file="")
    ),
    "packs": State("Whole portfolio", at("packs"), LEAD, pack_half_made),
    "packs_refused": State(
        PROBLEM,
        lambda _: reverse("portfolio") + "?q=triage",
        LEAD,
        act=make_a_pack,
    ),
    "portfolio": State("47 of 47 match", at("portfolio"), DEMO_HEAD, demo_loaded),
    "portfolio_no_match": State(
        "No use cases match", lambda _: reverse("portfolio") + "?q=nowhere", LEAD
    ),
    "portfolio_empty": State(
        "No use cases yet", at("portfolio"), lambda cast: cast.unassigned, founded_today
    ),
    "portfolio_filled": State("62 of 62 match", at("portfolio"), LEAD, filled),
    "portfolio_page": State(
        "Page 2 of 6",
        lambda _: reverse("portfolio") + "?sort=-spend&page=2",
        LEAD,
        filled,
    ),
    "portfolio_long": State(LONG_NAME, at("portfolio"), LEAD, filled_with_long_names),
    "team": State("Northgate claims", of_team, LEAD, filled),
    "quarters": State("Money by quarter", at("quarters"), DEMO_HEAD, demo_loaded),
    "quarters_filled": State("Money by quarter", at("quarters"), LEAD, filled),
    "teams": State("Teams compared", at("teams"), DEMO_HEAD, demo_loaded),
    "teams_long": State(LONG_NAME, at("teams"), LEAD, filled_with_long_names),
    "teams_empty": State(
        "No team has", at("teams"), lambda cast: cast.unassigned, founded_today
    ),
    "saved_views": State("Only you can see them", at("saved_views"), LEAD),
    "saved_views_long": State(LONG_NAME[:40], at("saved_views"), LEAD, long_view),
    "saved_views_empty": State("No saved views yet", at("saved_views"), VIEWER),
    "saved_views_refused": State(
        PROBLEM, at("saved_views"), LEAD, act=press("Save the view")
    ),
    "calendars": State("Your calendars", at("calendars"), LEAD, long_view),
    "calendars_new": State(
        "Copy this address now", at("calendars"), VIEWER, act=make_calendar
    ),
    "time_machine": State(
        "changed 5 of 47 verdicts", at("time_machine"), DEMO_HEAD, demo_loaded
    ),
    "time_machine_refused": State(
        "Choose a day from",
        lambda _: reverse("time_machine") + "?on=1999-01-01",
        DEMO_HEAD,
        demo_loaded,
    ),
    "time_machine_large": State(
        "Re-score 502 use cases", at("time_machine"), LEAD, large_portfolio
    ),
    "time_machine_waiting": State(
        "In queue",
        at("time_machine"),
        LEAD,
        large_portfolio,
        press("Re-score 502 use cases"),
    ),
    "time_machine_empty": State(
        "No use cases yet",
        at("time_machine"),
        lambda cast: cast.unassigned,
        founded_today,
    ),
    "long_names_time_machine": State(
        LONG_NAME, at("time_machine"), DEMO_HEAD, long_names_flip
    ),
    "search": State("Words explained", at("search", q="example"), LEAD),
    "search_in_vain": State("Nothing has", at("search", q="zebra"), LEAD),
    "inbox": State("things wait for you", at("inbox"), ours(Role.REVIEWER), much_asked),
    "inbox_read": State(
        "You have read everything",
        at("inbox"),
        ours(Role.REVIEWER),
        much_asked,
        press("Mark all as read"),
    ),
    "inbox_pages": State("Page 1 of 2", at("inbox"), LEAD, much_told),
    "inbox_done": State(
        "Done just now",
        at("inbox"),
        ours(Role.REVIEWER),
        act=press("Close without answering"),
    ),
    "inbox_empty": State("Nothing waits for you", at("inbox"), VIEWER),
    "ask": State("Choose a section", of_draft("ask"), LEAD),
    "ask_again": State("Open requests", of_cost, LEAD, much_asked),
    "ask_refused": State(PROBLEM, of_cost, LEAD, act=press("Ask this colleague")),
    "ask_by_address": State(
        "Nobody in Northgate Mutual has the address",
        of_cost,
        LEAD,
        act=address_of_nobody,
    ),
    "section_asked": State("was asked on", of_draft("section", "purpose"), LEAD),
    "own_settings": State("Your settings", at("own_settings"), VIEWER),
    "own_settings_saved": State(
        "Your choice is saved",
        at("own_settings"),
        LEAD,
        act=press("Save your settings"),
    ),
    "organization_region": State(
        "Time zone and numbers", at("organization_region"), ours(Role.ADMIN)
    ),
    "comment_refused": State(
        "Enter a comment", of_draft("ask"), LEAD, much_said, comment_without_a_word
    ),
    "long_names": State(LONG_NAME, of_draft("section", "strengthen"), LEAD, long_names),
    "long_names_use_cases": State(LONG_NAME, at("use_cases"), LEAD, long_names),
    "long_names_portfolio": State(LONG_NAME, at("portfolio"), LEAD, long_names),
    "method": State("How verdicts are made", at("method")),
    "worked_case": State(
        "This is a published case",
        lambda _: reverse("worked_case", args=["trag"], query={"a.state": "none"}),
    ),
    "words": State("Words explained", at("words")),
    "verify": State("Verify a board paper", at("verify")),
    "verify_refused": State(PROBLEM, at("verify"), act=press("Verify the paper")),
    "verify_reproduced": State(
        "Reproduced", at("verify"), before=paper_stored, act=send(PAPER)
    ),
    "verify_pages_differ": State(
        "Page 2 differs",
        at("verify"),
        before=paper_stored,
        act=send(with_page_again(PAPER)),
    ),
    "verify_not_compared": State(
        "Verdict reproduced, pages not compared", at("verify"), act=send(PAPER)
    ),
    "verify_different": State(
        "Not reproduced", at("verify"), act=send(made_papers.paper(CHANGED))
    ),
    "not_found": State("Page not found", lambda _: "/no-such-page/", LEAD),
    "no_access": State("You can read this", at("register"), VIEWER),
}
