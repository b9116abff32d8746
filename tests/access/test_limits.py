"""What is asked for too often is refused for a while, kindly, and nothing is lost."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import Settings

from audits.models import Audit, Cover, Event, Evidence, Role, UseCase, Version
from audits.services.portfolio.saved_views import make_feed
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import let_prove

HTML = {"Accept": "text/html,application/xhtml+xml"}


@pytest.mark.on_both
def test_exports_have_a_limit_of_each_member(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.EXPORTS_PER_HOUR = 2
    url = reverse("portfolio_csv")
    assert [client.get(url).status_code for _ in range(2)] == [200, 200]

    refused, page = client.get(url), client.get(url, headers=HTML)

    assert (refused.status_code, page.status_code) == (429, 429)
    assert refused["Content-Type"] == "text/plain; charset=utf-8"
    text = "You can export 2 files an hour. Try again in 60 minutes."
    assert html_of(refused) == f"{text}\n"
    assert 3500 < int(refused["Retry-After"]) <= 3600
    assert f"<p>{text}</p>" in html_of(page)
    colleague = Client()
    colleague.force_login(cast.ours.people[Role.REVIEWER])
    assert colleague.get(url).status_code == 200


def test_asking_colleagues_has_a_limit_of_each_member(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.ANSWER_REQUESTS_PER_HOUR = 1
    url = reverse("ask", args=[cast.ours.draft.pk])
    of = cast.ours.people[Role.ADMIN].public_id

    answers = [
        client.post(url, {"section": section, "of": of}) for section in ("cost", "data")
    ]

    assert [answer.status_code for answer in answers] == [302, 429]


def test_calendar_has_a_limit_of_its_own(cast: Cast, settings: Settings) -> None:
    settings.CALENDAR_READS_PER_HOUR = 1
    with scope(organization=cast.ours.organization):
        member = cast.ours.contributor.memberships.get()
        secrets = [make_feed(member=member, view=None)[1] for _ in range(2)]
    first, other = (reverse("calendar_feed", args=[secret]) for secret in secrets)

    answers = [Client().get(url) for url in (first, first, other)]

    assert [answer.status_code for answer in answers] == [200, 429, 200]
    assert html_of(answers[1]) == (
        "A calendar can be read 1 times an hour. Try again in 60 minutes.\n"
    )


def test_verification_has_a_limit_of_each_address(db: None, settings: Settings) -> None:
    settings.VERIFICATIONS_PER_HOUR = 1

    def verify(address: str) -> tuple[int, str]:
        paper = SimpleUploadedFile("paper.pdf", b"no PDF")
        response = Client().post(
            reverse("verify"), {"paper": paper}, REMOTE_ADDR=address
        )
        return response.status_code, html_of(response)

    verify("192.0.2.1")
    status, page = verify("192.0.2.1")

    assert status == 429
    assert "One network address can verify 1 papers an hour." in page
    assert verify("192.0.2.2")[0] == 422


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_counted_text_is_shown_again_when_it_is_not_counted(
    cast: Cast, client: Client, settings: Settings, headers: dict[str, str]
) -> None:
    settings.TOKEN_COUNTS_PER_HOUR = 1
    url = reverse("tokens", args=[cast.ours.draft.pk])
    client.post(url, {"text": "The first text"})

    refused = client.post(url, {"text": "The second text"}, headers=headers)

    page = html_of(refused)
    assert refused.status_code == 429
    assert "You can count tokens 1 times an hour." in page
    # A part of a page leaves the field as it is.
    assert ("The second text" in page) == (not headers)


def test_uploads_have_a_limit(cast: Cast, client: Client, settings: Settings) -> None:
    settings.IMPORTS_PER_HOUR = 1

    def upload() -> tuple[int, str]:
        file = SimpleUploadedFile("x.csv", b"Reference,Name\nA-1,X\n")
        response = client.post(reverse("import_upload"), {"file": file})
        return response.status_code, html_of(response)

    first, (status, page) = upload(), upload()

    assert (first[0], status) == (302, 429)
    assert "You can read, check or import a file 1 times an hour." in page


def test_rescores_have_a_limit(cast: Cast, client: Client, settings: Settings) -> None:
    settings.RESCORES_PER_HOUR = 1
    url = reverse("rescore")

    answers = [client.post(url).status_code for _ in range(2)]

    assert answers == [302, 429]


def test_links_and_files_have_a_limit_that_gives_the_link_back(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.EVIDENCE_PER_HOUR = 1
    url = reverse("add_evidence", args=[cast.ours.draft.pk, "goal"])
    link = "https://example.org/run"

    answers = [client.post(url, {"link": f"{link}-{each}"}) for each in range(2)]

    assert [answer.status_code for answer in answers] == [302, 429]
    page = html_of(answers[1])
    assert "You can add 1 links and files to answers an hour." in page
    assert f'value="{link}-1"' in page
    with scope(organization=cast.ours.organization):
        assert Evidence.objects.filter(question="goal").count() == 1


def test_registering_has_a_limit_that_gives_the_form_back(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.USE_CASES_PER_HOUR = 1
    typed = {
        "name": "Letters",
        "team": cast.ours.team.public_id,
        "summary": "Drafts letters",
        "stage": "planned",
    }

    answers = [
        client.post(reverse("register"), typed | {"name": f"Letters {each}"})
        for each in range(2)
    ]

    assert [answer.status_code for answer in answers] == [302, 429]
    page = html_of(answers[1])
    assert "You can register 1 use cases an hour. To register many, import" in page
    assert 'value="Letters 1"' in page
    with scope(organization=cast.ours.organization):
        assert UseCase.objects.filter(name__startswith="Letters").count() == 1


@pytest.mark.parametrize("page", ["section", "numbers", "settle", "restore"])
def test_saving_has_a_limit_of_each_member(
    cast: Cast, client: Client, settings: Settings, page: str
) -> None:
    settings.SAVES_PER_HOUR = 2
    draft = cast.ours.draft
    with scope(organization=cast.ours.organization):
        version = Version.objects.filter(by=cast.ours.contributor).first()
    assert version
    of: dict[str, list[Any]] = {
        "section": [draft.pk, "purpose"],
        "numbers": [draft.pk],
    }
    url = reverse(page, args=of.get(page, [version.public_id]))

    statuses = [
        client.post(url, {}, headers={"HX-Request": "true"}).status_code
        for _ in range(3)
    ]

    assert 429 not in statuses[:2]
    assert statuses[2] == 429
    colleague = Client()
    colleague.force_login(cast.ours.people[Role.REVIEWER])
    own = reverse("section", args=of["section"])
    assert colleague.post(own, {}, headers={"HX-Request": "true"}).status_code == 200


@pytest.mark.parametrize(
    ("page", "typed"),
    [("section", {"note-state": "Typed."}), ("numbers", {"requests": "12345"})],
)
def test_page_that_may_not_be_saved_yet_keeps_what_was_typed(
    cast: Cast,
    client: Client,
    settings: Settings,
    page: str,
    typed: dict[str, str],
) -> None:
    settings.SAVES_PER_HOUR = 0
    more = ["state"] if page == "section" else []
    url = reverse("question" if more else page, args=[cast.ours.draft.pk, *more])

    answer = client.post(url, {"shown": "state", **typed})

    assert answer.status_code == 429
    assert "Nothing was saved. You can save 0 times an hour." in html_of(answer)
    assert [text in html_of(answer) for text in typed.values()] == [True]


def test_calendars_and_resolving_have_limits(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.CALENDAR_CHANGES_PER_HOUR = settings.COMMENT_CHANGES_PER_HOUR = 1
    feed = cast.ours.feed

    let_prove(client, cast.ours.contributor)
    made = client.post(reverse("calendars"), {})
    removed = client.post(reverse("remove_calendar", args=[feed.public_id]))
    comment = reverse("resolve_comment", args=[cast.ours.comment.public_id])
    resolved = [client.post(comment).status_code for _ in range(2)]

    assert (made.status_code, removed.status_code) == (302, 429)
    assert resolved == [302, 429]


@pytest.mark.on_both
def test_submitting_and_reopening_have_a_limit_of_each_member(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.STEPS_PER_HOUR = 2
    audit = cast.ours.submitted

    def send(*pages: str) -> list[Any]:
        there = [audit.pk]
        return [client.post(reverse(p, args=there), headers=HTML) for p in pages]

    done = send("reopen", "submit")
    with scope(organization=cast.ours.organization):
        before = Event.objects.count()
    refused = send("reopen", "submit")

    assert [answer.status_code for answer in done + refused] == [302, 302, 429, 429]
    said = "You can submit, reopen, begin, move or discard audits 2 times an hour."
    assert said in html_of(refused[0])
    with scope(organization=cast.ours.organization):
        assert Event.objects.count() == before


@pytest.mark.parametrize("page", ["again", "move", "discard"])
def test_beginning_moving_and_discarding_count_with_them(
    cast: Cast, client: Client, settings: Settings, page: str
) -> None:
    settings.STEPS_PER_HOUR = 0
    audit = cast.ours.draft
    with scope(organization=cast.ours.organization):
        Audit.objects.filter(pk=audit.pk).update(supersedes=cast.ours.submitted)

    assert client.post(reverse(page, args=[audit.pk])).status_code == 429


def test_page_one_has_a_limit_that_gives_the_words_back(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.COVERS_PER_HOUR = 1
    url = reverse("cover", args=[cast.ours.submitted.pk])
    form = client.get(url).context["form"]
    typed = {field.html_name: field.value() or "" for field in form}

    answers = [client.post(url, typed | {"sponsor": f"Ines {n}"}) for n in range(2)]

    assert answers[0].status_code == 302
    assert answers[1].status_code == 429
    page = html_of(answers[1])
    assert "Page 1 was not saved. You can save page 1 of board papers 1 times" in page
    assert 'value="Ines 1"' in page
    with scope(organization=cast.ours.organization):
        assert Cover.objects.get(audit=cast.ours.submitted).sponsor == "Ines 0"


def test_ordinary_use_meets_no_limit(cast: Cast, client: Client) -> None:
    for _ in range(50):
        assert client.get(reverse("portfolio_csv")).status_code == 200
