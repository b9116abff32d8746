"""The portfolio and its files mark a strength that no results file shows."""

from typing import Any

import pytest
from django_scopes import scope

from audits.models import PortfolioRow
from audits.portfolio.columns.listed import COLUMNS
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from tests.casting import Cast
from tests.proved import save_proved

FILE = {"sha256": "f" * 64}
TYPED = {"day": "2026-11-20", "run_by": "Rosa", "link": "https://example.org"}
SCORED = {"kind": "stronger", "cases": 120, "passed": 60}


@pytest.mark.parametrize(
    ("candidate", "said"),
    [
        (None, "200+ cases, team says"),
        (SCORED | FILE, "120 cases, team says"),
        (SCORED | TYPED, "120 cases, team says"),
    ],
)
def test_strength_says_whether_a_file_shows_it(
    cast: Cast, candidate: Any, said: str
) -> None:
    lead = cast.ours.contributor
    sent: Any = {("candidate", "target"): Sent(value={"share": "0.9"})}
    if candidate:
        sent[("candidate", "c1")] = Sent(value=candidate)
    with scope(organization=cast.ours.organization):
        audit = save_proved(audit=cast.ours.draft, by=lead)
        save_entries(audit=fresh_audit(audit), by=lead, sent=sent, sender=Sender())
        row = PortfolioRow.objects.get(audit=audit)

    [column] = [each for each in COLUMNS if each.key == "strength"]
    assert column.of(row) == said
