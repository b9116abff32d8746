"""Lets the market end the model of a signed verdict, and tells what pages say of it."""

import re
from pathlib import Path

from django.core.management import call_command
from playwright.sync_api import Page, expect

from audits.models import Audit
from audits.services.market.landscapes import stored_in_force
from audits.services.reviews.drift import watch_drift
from tests.e2e.year.decision import CONDITION, FREED
from tests.e2e.year.pages import assert_says, go
from tests.landscape.made_files import DEARER

DUE = (
    "on 15 August 2027 Claude Sonnet 5.5 shuts down, and calls to it fail (Our "
    "contract of 2026)."
)
TURNED = f"A change of the market made a review of audit 1 due. O{DUE[1:]}"
# It is known in June that the model of the prompt ends in August.
ENDS = re.sub(
    r"price_periods:\n.*",
    'retires: {day: "2027-08-15", as_of: "2027-06-01", confidence: confirmed, '
    "sources: [our_contract]}",
    DEARER.replace("2026-11-28", "2027-06-01"),
    count=1,
)


def model_ends(folder: Path) -> None:
    """Let an operator know of the end, and signed verdicts be looked at."""
    file = folder / "facts.yaml"
    file.write_text(ENDS, "utf-8")
    call_command("landscape", str(file), "--apply")
    with stored_in_force():
        assert watch_drift() == 1


def assert_market_of_today_is_told(page: Page, audit: Audit) -> None:
    """Although the audit keeps its verdict and its amounts, as signed."""
    go(page, "result", audit)
    assert_says(page, f"Review due since 2 June 2027: {DUE}", "$45,548 over 12 months")
    page.get_by_role("link", name="What if?").click()
    assert_says(
        page,
        "The market facts or the method have changed since this audit was assessed.",
        "$51,148",
    )
    go(page, "money_by_date", audit)
    ends = page.get_by_role("row").filter(has_text="15 August 2027")
    expect(ends.first).to_contain_text("No price")
    expect(ends.first).to_contain_text("it was retired on 15 August 2027")


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
