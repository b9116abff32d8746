import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from django_scopes import scope
from pytest_django import Settings

from audits.models import Audit, RecentCount, Role, User
from audits.verify import views
from tests.casting import Cast
from tests.pages import html_of
from tests.scoring.exchange.changed_attachments import ANSWERS, LEVELS
from tests.scoring.exchange.made_attachments import attachment
from tests.scoring.worked_numbers import TUNED_BY_TOKEN
from tests.verify.changed_pages import amounts, with_annotation
from tests.verify.made_papers import RAW, bytes_of, paper, with_files
from tests.verify.stored_papers import stored_paper

pytestmark = pytest.mark.django_db


def send(content: bytes) -> HttpResponse:
    file = SimpleUploadedFile("paper.pdf", content, content_type="application/pdf")
    response: HttpResponse = Client().post(reverse("verify"), {"paper": file})  # type: ignore[assignment]
    return response


def send_as(user: User, content: bytes) -> HttpResponse:
    client = Client()
    client.force_login(user)
    file = SimpleUploadedFile("paper.pdf", content, content_type="application/pdf")
    response: HttpResponse = client.post(reverse("verify"), {"paper": file})  # type: ignore[assignment]
    return response


def text(response: HttpResponse) -> str:
    return " ".join(strip_tags(html_of(response)).split())


def title(response: HttpResponse) -> str:
    found = re.search("<title>(.*)</title>", html_of(response))
    assert found
    return found[1]


def heading(response: HttpResponse) -> list[str]:
    return re.findall("<h1>(.*?)</h1>", html_of(response))


@pytest.mark.once
def test_page_is_open_and_its_form_needs_no_script() -> None:
    response = Client().get(reverse("verify"))

    assert title(response) == "Verify a board paper – Attune"  # type: ignore[arg-type]
    page = html_of(response)
    assert '<form method="post" enctype="multipart/form-data"' in page
    assert "hx-" not in page.partition("<main")[2]


@pytest.mark.thorough
@pytest.mark.once
def test_every_page_leads_to_it() -> None:
    page = html_of(Client().get(reverse("method")))

    assert f'<a href="{reverse("verify")}">Verify a paper</a>' in page


@pytest.mark.thorough
@pytest.mark.once
def test_reproduced_paper_shows_every_page_and_what_to_compare(cast: Cast) -> None:
    response = send(stored_paper(cast.ours).pdf)

    assert response.status_code == 200
    assert (title(response), heading(response)) == (
        "Reproduced – Attune",
        ["Reproduced"],
    )
    page = text(response)
    assert "Compare these with the printed paper" in page
    assert "Framework hash" in page
    assert "All 6 pages are byte for byte what Attune made on 24 November 2026" in page
    assert page.count("Matches") == 14 + 6
    assert "Differs" not in page


@pytest.mark.once
def test_newer_verdict_is_told_only_to_who_may_see_the_use_case(cast: Cast) -> None:
    made = stored_paper(cast.ours)
    said = "This use case has a newer verdict than this paper, submitted on "
    ours, theirs = (x.people[Role.VIEWER] for x in (cast.ours, cast.theirs))
    assert said not in text(send_as(ours, made.pdf))

    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=made.report.audit_id)
        audit.submitted_at = made.report.requested_at + timedelta(days=3)
        audit.save(update_fields=["submitted_at"])

    assert said in text(send_as(ours, made.pdf))
    for page in (send(made.pdf), send_as(theirs, made.pdf)):
        assert page.status_code == 200
        assert "newer verdict" not in text(page)


@pytest.mark.thorough
@pytest.mark.once
def test_overprinted_page_is_named(cast: Cast) -> None:
    made = stored_paper(cast.ours).pdf
    amount = next(a for a in amounts(made) if a.page == 1)

    response = send(with_annotation(made, amount, "6,484"))

    assert (title(response), heading(response)) == (
        "Not reproduced – Attune",
        ["Not reproduced"],
    )
    page = text(response)
    assert "Page 2 differs from the paper that Attune made on 24 November 2026." in page
    assert "Something on it was added, removed or changed after Attune made it." in page
    rows = r'<th scope="row">(Page \d)</th>.*?(Matches|Differs)'
    assert re.findall(rows, html_of(response), re.DOTALL) == [
        ("Page 1", "Matches"),
        ("Page 2", "Differs"),
        ("Page 3", "Matches"),
        ("Page 4", "Matches"),
        ("Page 5", "Matches"),
        ("Page 6", "Matches"),
    ]


@pytest.mark.thorough
@pytest.mark.once
def test_paper_that_is_not_from_here_shows_what_page_1_must_say() -> None:
    decision = "Spend <b>$40,000</b> by May."
    raw = attachment(ANSWERS, LEVELS, TUNED_BY_TOKEN, decision=decision)

    response = send(paper(raw))

    assert heading(response) == ["Verdict reproduced, pages not compared"]
    page = text(response)
    assert "The printed pages were not compared: this installation has no paper" in page
    assert "Decision needed, page 1" in page
    assert "The amounts that page 1 must show" in page
    assert "One-off+ Running= 12 monthsLowHigh" in page
    # What its author wrote is shown as stated, and its time with the zone.
    assert "As stated in the file. Its author wrote it." in page
    assert "Spend &lt;b&gt;$40,000&lt;/b&gt; by May." in page
    assert "UC-0007, 24 November 2026, 12:30 UTC" in page
    assert not re.search(r"\d{4}-\d\d-\d\dT", page)


@pytest.mark.thorough
@pytest.mark.once
def test_changed_verdict_is_named() -> None:
    response = send(paper(RAW.replace(b'"verdict_name": "', b'"verdict_name": "<b>')))

    assert heading(response) == ["Not reproduced"]
    assert "assessment.verdict_name: The file says “&lt;b&gt;" in text(response)
    assert "<b>" not in html_of(response)


@pytest.mark.once
def test_unknown_framework_is_refused_with_what_is_here() -> None:
    response = send(paper(RAW.replace(b'"version": 2', b'"version": 7')))

    assert heading(response) == ["Not recomputed"]
    assert "It has fine_tuning, version 1; fine_tuning, version 2." in text(response)


@pytest.mark.once
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"text", "The file is not a PDF."),
        (bytes_of(with_files()), "The PDF has no assessment.json in it"),
        (b"%PDF-" + bytes(10 * 1024 * 1024), "The file is larger than 10 MB"),
    ],
)
def test_file_that_is_no_paper_is_refused_on_the_form(
    content: bytes, said: str
) -> None:
    response = send(content)

    assert response.status_code == 422
    assert title(response) == "Error: Verify a board paper – Attune"
    assert "There is a problem" in text(response)
    assert said in text(response)


@pytest.mark.once
def test_file_dropped_while_it_came_in_is_too_large(settings: Settings) -> None:
    settings.EVIDENCE_MAX_BYTES = 1000

    response = send(paper())

    assert response.status_code == 422
    assert "The file is larger than 10 MB" in text(response)


@pytest.mark.once
def test_no_file_is_asked_for() -> None:
    response = Client().post(reverse("verify"))

    assert "Select a board paper" in html_of(response)


@pytest.mark.once
def test_page_needs_its_token() -> None:
    file = SimpleUploadedFile("paper.pdf", paper())

    response = Client(enforce_csrf_checks=True).post(reverse("verify"), {"paper": file})

    assert response.status_code == 403


def test_one_paper_is_read_at_a_time_and_then_of_who_has_no_organization() -> None:
    with turn_taken():
        response = send(paper())

    assert response.status_code == 503
    assert "Try again in a moment" in text(response)
    user = User.objects.create_user("nix@example.org", "secret", name="Nix")
    then = send_as(user, paper())
    assert then.status_code == 200
    assert "Verdict reproduced, pages not compared" in text(then)


@contextmanager
def turn_taken() -> Iterator[None]:
    with views._TURN:
        yield


@pytest.mark.on_both
def test_nothing_is_stored_but_that_an_address_verified_once_more(db: None) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert send(paper()).status_code == 200

    said = [query["sql"] for query in captured]
    statements = [s for s in said if s.startswith(("SELECT", "INSERT", "UPDATE"))]
    assert statements
    others = [s for s in statements if "audits_recentcount" not in s]
    assert [s.partition(" ")[0] for s in others] == ["SELECT", "SELECT"]
    assert "audits_landscapefile" in others[0]
    assert "audits_report" in others[1]
    [counted] = RecentCount.objects.values_list("count", flat=True)
    assert counted == 1
