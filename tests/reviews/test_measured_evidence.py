"""What results files measured is evidence that a reviewer sees."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Evidence, ResultsFile, Role
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.outcomes.signed import submitted
from tests.pages import html_of
from tests.proved import save_proved
from tests.scoring.worked_cases import TRAINING_CASE
from tests.signed_in import sign_in

MEASURED = "Measured with <bdi>Northgate.csv</bdi> (SHA-256 0f0f0f0f0f0f…)."


@pytest.fixture
def audit(cast: Cast) -> Audit:
    found = submitted(cast.ours)
    with scope(organization=cast.ours.organization):
        Evidence.objects.filter(audit=found).delete()
    return found


def squeezed(page: str) -> str:
    return " ".join(page.split())


@pytest.mark.thorough
def test_review_page_names_the_results_file_behind_an_answer(
    client: Client, cast: Cast, audit: Audit
) -> None:
    sign_in(client, cast.ours.people[Role.REVIEWER])

    page = squeezed(html_of(client.get(reverse("review", args=[audit.pk]))))

    shown = page.split("Evidence you vouch for")[1].split("</section>")[0]
    assert MEASURED in shown
    assert "190 of 200 passed" in shown
    assert "No answer has a link or a file" not in page
    assert "No other answer has a link or a file" in shown


def test_page_of_the_evidence_says_it_too_and_not_of_other_questions(
    client: Client, cast: Cast, audit: Audit
) -> None:
    sign_in(client, cast.ours.people[Role.REVIEWER])

    gap, goal = (
        squeezed(html_of(client.get(reverse("add_evidence", args=[audit.pk, each]))))
        for each in ("quality_gap", "goal")
    )

    assert MEASURED in gap
    assert "This answer has no other link or file yet." in gap
    assert "Measured with" not in goal
    assert "This answer has no link or file yet." in goal


@pytest.mark.thorough
def test_file_that_is_gone_is_named_by_its_digest(
    client: Client, cast: Cast, audit: Audit
) -> None:
    with scope(organization=cast.ours.organization):
        ResultsFile.objects.filter(use_case=audit.use_case).delete()
    sign_in(client, cast.ours.people[Role.REVIEWER])

    page = squeezed(html_of(client.get(reverse("review", args=[audit.pk]))))

    assert "<bdi>a results file</bdi> (SHA-256 0f0f0f0f0f0f…)" in page


def test_results_file_behind_training_is_listed_where_the_reviewer_decides(
    client: Client, cast: Cast
) -> None:
    lead = cast.ours.contributor
    run = {"kind": "examples", "model": "m", "sha256": "0e" * 32, "run": 0}
    tested = {
        ("candidate", "target"): Sent(value={"share": "0.9"}),
        ("candidate", "c1"): Sent(value=run | {"cases": 400, "passed": 300}),
    }
    with scope(organization=cast.ours.organization):
        found = save_proved(audit=cast.ours.draft, by=lead, answers=TRAINING_CASE)
        save_entries(audit=found, by=lead, sent=tested, sender=Sender())
        ResultsFile.objects.create(
            organization=found.organization,
            use_case=found.use_case,
            name="Northgate.csv",
            digest="0e" * 32,
            runs=[],
            size=2,
            added_by=lead,
        )
        found = submit_audit(audit=fresh_audit(found), by=lead)
    sign_in(client, cast.ours.people[Role.REVIEWER])

    page = squeezed(html_of(client.get(reverse("review", args=[found.pk]))))

    there = page.partition('id="to-open"')[2].partition("</fieldset>")[0]
    listed = there.partition("Attune keeps their results, not the files")[2]
    assert '<a href="#tested"><bdi>Northgate.csv</bdi></a>' in listed
    assert "Gap to the target" in listed
    assert f"<bdi>{lead}</bdi>" in listed
    assert 'id="tested"' in page
    assert "All links and files are listed" in page
