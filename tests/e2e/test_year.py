"""A year of one use case: signed, decided, carried out, due for review, renewed."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from playwright.sync_api import Page, expect

from audits.models import Audit, BoardPack, Report, Role, User
from audits.portfolio.files.register import HEADINGS, register_rows
from audits.reports.tasks import make_pack, make_report
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.jobs.jobs import complete_job
from audits.services.market.landscapes import stored_in_force
from audits.services.papers.packs.board_packs import request_pack
from audits.services.papers.reports import request_report
from audits.services.read_files.outcome_files import count_models
from audits.services.read_files.usage_uploads import add_usage
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.reviews.drift import watch_drift
from tests.casting import Cast, Tenant
from tests.conditions import condition_of, sign_with, term
from tests.e2e.conftest import OpenPage
from tests.landscape.made_files import DEARER
from tests.outcomes.signed import MODEL, file_of, sheet_of, sign
from tests.printed import Printed
from tests.proved import save_proved
from tests.scoring.costs.worked_decisions import GIVEN
from tests.scoring.twelve_verdicts import ANSWERS, LEVELS
from tests.scoring.worked_cases import FIRM_RETRIEVAL_CASE

pytestmark = pytest.mark.once

NAME = "Letters of complaint"
CONDITION = "Show that two experts agree on what is right."
FREED = "$6,949 a month since 1 January 2027 (from usage)"
DUE = (
    "on 15 August 2027 Claude Sonnet 5.5 shuts down, and calls to it fail (Our "
    "contract of 2026)."
)
TURNED = f"The market changed, so a review of audit 1 became due. O{DUE[1:]}"
# It is known in June that the model of the prompt ends in August.
ENDS = re.sub(
    r"price_periods:\n.*",
    'retires: {day: "2027-08-15", as_of: "2027-06-01", confidence: confirmed, '
    "sources: [our_contract]}",
    DEARER.replace("2026-11-28", "2027-06-01"),
    count=1,
)

type GoTo = Callable[[date], None]


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> GoTo:
    """Set the clock of the server to a day, at noon; it goes on from there."""

    def go_to(day: date) -> None:
        ahead = datetime.combine(day, time(12), UTC) - datetime.now(UTC)

        class Clock(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
                return datetime.now(tz) + ahead

        monkeypatch.setattr(timezone, "datetime", Clock)

    return go_to


def test_year_of_a_use_case(
    cast: Cast, turn_page: OpenPage, on: GoTo, tmp_path: Path
) -> None:
    ours = cast.ours
    on(date(2026, 12, 1))
    register(turn_page(ours.contributor, reverse("register")))

    with scope(organization=ours.organization):
        audit, paper = signed_with_a_condition(ours, on)
    page = turn_page(ours.contributor, reverse("result", args=[audit.pk]))
    assert_says(
        page,
        *("Signed off, with conditions", "The board: Not yet decided"),
        *(
            "“Retrieval” costs $45,548 over 12 months; the current plan, “Distilled "
            "model”, $141,654.",
        ),
        *(CONDITION, "Open, due on 9 January 2027"),
    )

    on(date(2026, 12, 15))
    board = reverse("board", args=[audit.pk])
    decide(turn_page(ours.contributor, board))
    with scope(organization=ours.organization):
        winter = asked_for(ours, "Winter")
        # What a pack says of a decision, the one of spring shows.
        complete_job(job=winter, content=ContentFile(b"%PDF of winter", "pack.pdf"))
    on(date(2027, 1, 5))
    meet_the_condition(ours, audit, turn_page)
    on(date(2027, 2, 3))
    carry_out(ours, audit, turn_page)
    assert_pack_and_register_say_what_was_freed(page, ours)

    on(date(2027, 6, 2))
    model_ends(tmp_path)
    page = turn_page(ours.contributor, reverse("result", args=[audit.pk]))
    assert_says(page, f"Review due since 2 June 2027: {DUE}", "$45,548 over 12 months")

    on(date(2027, 7, 1))
    with scope(organization=ours.organization), stored_in_force():
        new = renewed(audit, ours)
    page = turn_page(ours.contributor, reverse("result", args=[new.pk]))
    assert_says(page, "Signed off", "The board: Not yet decided", "Use retrieval: find")
    go(page, "result", audit)
    assert_says(page, "A newer audit has replaced this one, which is kept unchanged.")
    go(page, "board", audit)
    assert_says(page, "What was done", FREED, "$45,548", "The job was ended.")
    go(page, "paper", paper)
    assert "Letters of complaint: stop fine-tuning" in downloaded(page)
    go(page, "timeline", new)
    assert_timeline_tells_the_year(page)


def register(page: Page) -> None:
    page.get_by_label("Name of the use case").fill(NAME)
    page.get_by_label("Team", exact=True).select_option("Northgate claims")
    page.get_by_label("Stage").select_option("live")
    page.get_by_label("What it does").fill("Reads a letter and names the desk for it.")
    page.get_by_role("button", name="Register the use case").click()
    expect(page).to_have_title(f"{NAME}: sections – Attune")


def signed_with_a_condition(ours: Tenant, on: GoTo) -> tuple[Audit, Report]:
    """Answer, submit and sign; return the audit, and its paper once it is made."""
    lead = ours.contributor
    audit = Audit.objects.with_use_case().get(use_case__name=NAME)
    given = GIVEN | {"today": "distil", "model": MODEL}
    answer(audit, lead, FIRM_RETRIEVAL_CASE | ANSWERS["stop_fine_tuning"], given)
    audit = submit_audit(audit=fresh_audit(audit), by=lead)
    on(date(2026, 12, 10))
    asked = term(audit, CONDITION, owner=lead, days=30)
    sign_with(audit, ours.people[Role.REVIEWER], asked)
    audit = fresh_audit(audit)
    paper, _ = request_report(audit=audit, by=lead)
    make_report.call(str(ours.organization.pk), str(paper.pk))
    return audit, paper


def answer(
    audit: Audit, by: User, answers: dict[str, Any], numbers: dict[str, str]
) -> None:
    levels = {name: LEVELS[name] for name in answers.keys() & LEVELS}
    save_proved(audit=audit, by=by, answers=answers, levels=levels)
    sent = {("number", name): Sent(value=value) for name, value in numbers.items()}
    save_entries(audit=fresh_audit(audit), by=by, sent=sent, sender=Sender())


def decide(page: Page) -> None:
    expect(page.get_by_label("Approved amount")).to_have_value("45548.00")
    page.get_by_text("Approved", exact=True).click()
    page.get_by_label("In which meeting?").fill("Board, winter")
    page.get_by_label("Carried out by").fill("2027-03-31")
    page.get_by_role("button", name="Record the decision").click()
    assert_says(
        page,
        *("Approved, 0 of 4 steps done", "Open: Stop the training"),
        *("Decided on 15 December 2026, Board, winter: $45,548",),
        *("Open: Stop what it costs and say how much is freed",),
        *(CONDITION, "Due to be carried out by 31 March 2027."),
    )


def meet_the_condition(ours: Tenant, audit: Audit, turn_page: OpenPage) -> None:
    with scope(organization=ours.organization):
        condition = condition_of(audit)
    there = reverse("condition", args=[condition.pk])
    page = turn_page(ours.contributor, there)
    page.get_by_label("How it was met").fill("46 of 50 cases.")
    page.get_by_label("Link to the proof").fill("https://wiki.example/experts")
    page.get_by_role("button", name="Mark as met").click()
    said = "Northgate contributor says that it is met, with the link “wiki.example/exp"
    assert_says(page, said)
    page = turn_page(ours.people[Role.REVIEWER], there)
    page.get_by_role("button", name="Confirm that it is met").click()
    met = "It is met, confirmed by Northgate reviewer on 5 January 2027"
    assert_says(page, met, "46 of 50 cases.", "Proof: wiki.example/experts")
    go(page, "board", audit)
    assert_says(page, "Approved, 1 of 4 steps done", CONDITION, met)


def carry_out(ours: Tenant, audit: Audit, turn_page: OpenPage) -> None:
    """Free what usage shows, and stop the training."""
    lead = ours.contributor
    with scope(organization=ours.organization):
        upload = file_of(sheet_of("700", first=date(2027, 1, 1)))
        kept = add_usage(audit=fresh_audit(audit), by=lead, upload=upload)
        count_models(audit=audit, by=lead, kept=kept, models=[MODEL])
    page = turn_page(lead, reverse("board_step", args=[audit.pk, "money"]))
    assert_says(
        page,
        "A month of the plan cost $9,349, and the latest month of usage $2,400. So "
        "$6,949 a month is proposed.",
    )
    page.get_by_role("button", name="Save that it is done").click()
    assert_says(
        page,
        "Approved, 2 of 4 steps done",
        f"{FREED}, reported by Northgate contributor",
    )
    for step, known in (
        ("Set up “Retrieval”", "It answers since Monday."),
        ("Stop the training", "The job was ended."),
    ):
        page.get_by_role("link", name=step).click()
        page.get_by_label("How is that known?").fill(known)
        page.get_by_role("button", name="Save that it is done").click()
    assert_says(page, "Approved and carried out", "Done: Training stopped")
    go(page, "board_step", audit, "money")
    assert_says(
        page, "No usage file of the months since the decision shows more that is freed"
    )


def assert_pack_and_register_say_what_was_freed(page: Page, ours: Tenant) -> None:
    """Although the decision is older than the earlier pack, and not open any more."""
    words = first_page_of(page, pack_of(ours, "Spring"))
    for said in (
        "Since the pack of 15 December 2026, and all that is open: 1 decision. None "
        "that was approved is open. Freed so far: $6,949 a month (from usage), $83,388 "
        "over 12 months of the plans.",
        f"Freed: {FREED}, said by Northgate contributor",
        "Approved and carried out (decided on 15 Dec 2026) $45,548 $6,949 a month: "
        "$83,388 over 12 months of the plan 31 Mar 2027",
    ):
        assert said in words
    with scope(organization=ours.organization):
        [row] = register_rows()
    found = dict(zip(HEADINGS, row, strict=True))
    assert found["Approved amount"] == Decimal(45_548)
    assert found["Freed a month so far"] == Decimal(6949)
    assert found["State"] == "Approved and carried out"


def model_ends(folder: Path) -> None:
    """Let an operator know of the end, and signed verdicts be looked at."""
    file = folder / "facts.yaml"
    file.write_text(ENDS, "utf-8")
    call_command("landscape", str(file), "--apply")
    with stored_in_force():
        assert watch_drift() == 1


def renewed(audit: Audit, ours: Tenant) -> Audit:
    """Sign an audit off that says what was done since."""
    lead = ours.contributor
    new = begin_again(audit=fresh_audit(audit), by=lead)
    changed = {"state": ANSWERS["rag"]["state"]}
    answer(new, lead, changed, {"today": "rag", "model": "gpt-6-luna"})
    return sign(submit_audit(audit=fresh_audit(new), by=lead), ours)


def assert_timeline_tells_the_year(page: Page) -> None:
    words = " ".join(page.locator("main").inner_text().split())
    told = (
        *("signed off audit 2.", "submitted audit 2: Retrieval (RAG)"),
        *("Audit 2 was started", TURNED),
        *("decision of the board: Training stopped on 3 February 2027.", FREED),
        *("uploaded the usage file usage.csv.",),
        f"confirmed that a condition of audit 1 is met: {CONDITION}",
        f"marked a condition of audit 1 as met: {CONDITION} 46 of 50 cases.",
        "about audit 1: Approved on 15 December 2026, Board, winter: $45,548",
        *("A board paper of audit 1 was made", "signed off audit 1 with conditions."),
        *("submitted audit 1: Stop fine-tuning", "Audit 1 was started"),
    )
    places = [words.find(said) for said in told]
    assert -1 not in places, dict(zip(told, places, strict=True))
    assert places == sorted(places)


def asked_for(ours: Tenant, meeting: str) -> BoardPack:
    pack, _ = request_pack(
        organization=ours.organization,
        by=ours.contributor,
        audits=Audit.objects.current().exclude(state=Audit.State.DRAFT),
        meeting=meeting,
    )
    return pack


def pack_of(ours: Tenant, meeting: str) -> BoardPack:
    with scope(organization=ours.organization):
        pack = asked_for(ours, meeting)
    make_pack.call(str(ours.organization.pk), str(pack.pk))
    return pack


def first_page_of(page: Page, pack: BoardPack) -> str:
    go(page, "pack", pack)
    return downloaded(page)


def downloaded(page: Page) -> str:
    """Return the words of the first page of the PDF that a page has."""
    with page.expect_download() as started:
        page.get_by_role("link", name="Download the PDF").click()
    return Printed(started.value.path().read_bytes()).words[0]


def go(page: Page, name: str, of: Model, *more: str) -> None:
    page.goto(urljoin(page.url, reverse(name, args=[of.pk, *more])))


def assert_says(page: Page, *words: str) -> None:
    for said in words:
        expect(page.locator("main")).to_contain_text(said)
