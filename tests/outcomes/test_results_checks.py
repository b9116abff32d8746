"""Newer results files beside a signed verdict: what they said is kept and found."""

import hashlib

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.evaluations.reading import values_of
from audits.evaluations.runs import Case, Run
from audits.models import Audit, Event, PortfolioRow, ResultsCheck, ResultsFile, Role
from audits.scoring.days import in_words
from audits.services.read_files.results_files import without_texts
from tests.casting import CANARY, Cast
from tests.outcomes.signed import MODEL, file_of, signed
from tests.pages import html_of
from tests.signed_in import sign_in

GONE = "Something that was measured for this verdict no longer holds."
HOLDS = "All measured conditions that the file speaks of still hold."


@pytest.fixture
def audit(cast: Cast) -> Audit:
    return signed(cast.ours)


def sheet_of(passed: int, first: int = 0) -> bytes:
    rows = [f"{first + n},{MODEL},{'yes' if n < passed else 'no'}" for n in range(200)]
    return "\n".join(["case,candidate,passed", *rows, ""]).encode()


USELESS = b"case,candidate,passed\n1,another model,yes\n"


def checked(client: Client, audit: Audit, content: bytes, name: str = "new.csv") -> str:
    there = reverse("check_results", args=[audit.pk])
    # Its sender says that no run is a candidate, if the names do not say it.
    sent = {"file": file_of(content, name), "is_c1": ""}
    response = client.post(there, sent, follow=True)
    assert response.status_code == 200
    return html_of(response)


@pytest.mark.thorough
def test_what_a_file_said_is_kept_with_who_when_and_its_digest_and_the_file_is_not(
    client: Client, cast: Cast, audit: Audit
) -> None:
    sign_in(client, cast.ours.contributor)
    content = sheet_of(60)
    before = (audit.numbers, audit.answers, audit.assessment, audit.revision)

    page = checked(client, audit, content)
    sign_in(client, cast.ours.people[Role.VIEWER])
    later = html_of(client.get(reverse("outcomes", args=[audit.pk])))

    digest = hashlib.sha256(content).hexdigest()
    assert f"new.csv is compared. {GONE}" in page
    for words in (
        GONE,
        "190 of 200 passed, between 91 and 97 of 100; now, 60 of 200 passed",
        f"Checked by <bdi>{cast.ours.contributor}</bdi> on",
        f"<bdi>{digest}</bdi>",
    ):
        assert words in later.split('id="checks"')[1]
    with scope(organization=cast.ours.organization):
        kept = ResultsCheck.objects.get()
        event = Event.objects.get(verb="results.checked")
        assert not audit.use_case.results_files.filter(name="new.csv").exists()
        audit.refresh_from_db()
    assert (kept.digest, kept.state, kept.by) == (
        digest,
        "differs",
        cast.ours.contributor,
    )
    assert (event.subject, event.actor) == (str(kept.pk), cast.ours.contributor)
    assert event.details == {"audit": str(audit.pk), "sha256": digest} | {
        "state": "differs"
    }
    assert before == (audit.numbers, audit.answers, audit.assessment, audit.revision)


def test_check_of_a_paper_without_measured_answers_is_shown_as_well(
    client: Client, cast: Cast, audit: Audit
) -> None:
    sign_in(client, cast.ours.contributor)
    with scope(organization=cast.ours.organization):
        Audit.objects.filter(pk=audit.pk).update(candidates={})

    page = checked(client, audit, sheet_of(60))

    shown = page.split('id="checks"')[1]
    assert "No result of this paper was measured with a results file" in shown
    assert "Check the results file" not in page


@pytest.mark.thorough
def test_result_page_leads_to_the_check_and_says_what_it_said(
    client: Client, cast: Cast, audit: Audit
) -> None:
    sign_in(client, cast.ours.contributor)
    there = reverse("outcomes", args=[audit.pk])
    result = reverse("result", args=[audit.pk])
    before = html_of(client.get(result))
    sign_in(client, cast.ours.people[Role.VIEWER])
    reader = html_of(client.get(result))
    sign_in(client, cast.ours.contributor)

    checked(client, audit, sheet_of(60))

    sign_in(client, cast.ours.people[Role.VIEWER])
    after = html_of(client.get(result))
    assert f'<a href="{there}#conditions">Check newer results' in before
    assert f"{there}#conditions" not in reader
    assert f'<a href="{there}#checks">What newer results say</a>' in after
    assert "Checked with <bdi>new.csv</bdi> on" in after
    assert GONE in after
    assert "contradicted by newer results" in after


@pytest.mark.thorough
def test_contradicted_verdict_is_flagged_above_it_and_due_for_review(
    client: Client, cast: Cast, audit: Audit
) -> None:
    sign_in(client, cast.ours.contributor)
    result = reverse("result", args=[audit.pk])
    before = html_of(client.get(result))

    useless = checked(client, audit, USELESS)
    assert "new.csv is compared" not in useless
    said = "new.csv was read, but nothing in it could be compared. The file has"
    assert said in useless
    checked(client, audit, sheet_of(192))
    with scope(organization=cast.ours.organization):
        assert not Audit.objects.exclude(review_due_at=None).exists()
    checked(client, audit, sheet_of(60))
    checked(client, audit, sheet_of(50))

    warning = "Contradicted by results uploaded on "
    cause = "Newer results contradict a measured answer."
    page = html_of(client.get(result))
    assert warning not in before
    assert page.index(warning) < page.index('<h1 id="headline">')
    with scope(organization=cast.ours.organization):
        after = Audit.objects.get(pk=audit.pk)
        due = Event.objects.get(verb="audit.review_due")
        row = PortfolioRow.objects.get(audit=audit)
        assert row.review_cause == "A newer test of 50 of 200 contradicts 190 of 200."
    assert (after.review_cause, after.state) == (cause, "signed_off")
    assert (due.subject, due.details) == (str(audit.pk), {"cause": cause})
    assert f"Review due since {in_words(timezone.localdate())}: a newer test" in page


def test_file_that_is_not_read_is_no_check(
    client: Client, cast: Cast, audit: Audit
) -> None:
    sign_in(client, cast.ours.contributor)
    there = reverse("check_results", args=[audit.pk])

    response = client.post(there, {"file": file_of(b"hello", "new.csv")})

    assert response.status_code == 422
    with scope(organization=cast.ours.organization):
        assert not ResultsCheck.objects.exists()
        assert not Event.objects.filter(verb="results.checked").exists()


def test_every_check_stays_and_a_useless_file_leaves_what_an_earlier_one_said(
    client: Client, cast: Cast, audit: Audit
) -> None:
    sign_in(client, cast.ours.contributor)
    result = reverse("result", args=[audit.pk])

    checked(client, audit, sheet_of(60), "bad.csv")
    page = checked(client, audit, USELESS, "useless.csv")
    contradicted = html_of(client.get(result))
    good = checked(client, audit, sheet_of(192), "good.csv").split('id="checks"')[1]
    last = checked(client, audit, USELESS, "useless.csv")
    confirmed = html_of(client.get(result))

    assert "(<bdi>bad.csv</bdi>): " + GONE in page
    assert "No later check confirms the same candidates and answers." in page
    assert "useless.csv" in page.split('id="checks"')[1]
    assert "Checked with <bdi>bad.csv</bdi> on" in contradicted
    assert ", contradicted by newer results" in contradicted
    # The latest is first, and open.
    assert good.index("good.csv") < good.index("bad.csv")
    assert good.count("<details open>") == 1
    assert HOLDS in good
    assert GONE in good
    assert "Contradicted by" not in last
    assert f"<bdi>good.csv</bdi> still counts: {HOLDS}" in last
    assert ", confirmed by newer results" in confirmed
    assert "Checked with <bdi>good.csv</bdi> on" in confirmed


def test_checks_of_another_organization_are_not_shown(
    client: Client, cast: Cast, audit: Audit
) -> None:
    theirs = signed(cast.theirs)
    sign_in(client, cast.theirs.contributor)
    checked(client, theirs, sheet_of(60), f"{CANARY}.csv")
    sign_in(client, cast.ours.contributor)

    page = html_of(client.get(reverse("outcomes", args=[audit.pk])))

    assert CANARY not in page
    assert 'id="checks"' not in page


@pytest.mark.thorough
def test_results_of_other_cases_are_said_to_be_another_test(
    client: Client, cast: Cast, audit: Audit
) -> None:
    sign_in(client, cast.ours.contributor)
    ran = [Case(id=str(n), passed=n < 190) for n in range(200)]
    run = Run(tool="CSV", candidate=MODEL, n=200, passed=190, cases=tuple(ran))
    with scope(organization=cast.ours.organization):
        kept = ResultsFile.objects.get(use_case=audit.use_case, digest="0f" * 32)
        kept.runs = [values_of(without_texts(run))]
        kept.save()
    another = (
        "None of the 200 cases is among those of the signed run, so this is another "
        "test, not a repetition."
    )

    told = {}
    for first in (0, 200):
        told[first] = checked(client, audit, sheet_of(192, first))

    assert HOLDS in told[0]
    assert another not in told[0]
    assert f"{another} All measured conditions" in told[200]


@pytest.mark.thorough
def test_page_of_newer_results_starts_a_new_audit_or_leads_to_it(
    client: Client, cast: Cast, audit: Audit
) -> None:
    sign_in(client, cast.ours.contributor)
    begin = f'action="{reverse("again", args=[audit.pk])}"'

    confirmed = checked(client, audit, sheet_of(190, first=1000))
    contradicted = checked(client, audit, sheet_of(60))
    viewer = Client()
    sign_in(viewer, cast.ours.people[Role.VIEWER])
    page = reverse("outcomes", args=[audit.pk])
    read = html_of(viewer.get(page))
    client.post(reverse("again", args=[audit.pk]))
    begun = html_of(client.get(page))

    assert begin not in confirmed
    assert begin in contradicted
    assert begin not in read
    assert begin not in begun
    with scope(organization=cast.ours.organization):
        new = Audit.objects.renewals_of(audit).get()
    assert f'href="{reverse("tasks", args=[new.pk])}"' in begun
