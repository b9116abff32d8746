"""A form that is longer than Attune reads is answered with a page, and given back."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.casting import Cast
from tests.wizard.bad_input import text_of

FORM = "application/x-www-form-urlencoded"
LONG = "so it is " * 70_000


@pytest.fixture
def question(cast: Cast) -> str:
    return reverse("question", args=[cast.ours.draft.pk, "state"])


def sent(client: Client, there: str, body: str, **headers: str) -> Any:
    return client.post(there, body, content_type=FORM, headers=headers)


def test_text_that_is_too_long_is_given_back_on_a_page_of_the_site(
    cast: Cast, client: Client, question: str
) -> None:
    body = urlencode({"csrfmiddlewaretoken": "secret", "note-state": f"Begin {LONG}"})
    there = f"http://testserver{question}"

    answer = sent(client, question, body, referer=there, accept="text/html")

    page = text_of(answer)
    assert answer.status_code == 413
    assert "may have 512 kB, about 512,000 characters" in page
    assert "Begin so it is so it is" in page
    assert "secret" not in page
    assert answer.context["back"] == there
    assert "Sign out" in page


def test_text_from_another_site_is_not_shown(client: Client, question: str) -> None:
    body = urlencode({"note-state": LONG})

    answer = sent(
        client, question, body, referer="https://evil.example/", accept="text/html"
    )

    assert answer.status_code == 413
    assert "so it is" not in text_of(answer)


def test_automatic_save_of_it_gets_one_line(client: Client, question: str) -> None:
    answer = sent(client, question, f"note-state={LONG}", accept="*/*")

    assert answer.status_code == 413
    assert answer.content.decode().startswith("The text of a form may have 512 kB")
    assert b"<" not in answer.content


def test_two_files_are_refused_on_a_page_of_the_site(
    client: Client, cast: Cast
) -> None:
    there = reverse("usage", args=[cast.ours.draft.pk])
    two = [SimpleUploadedFile(name, b"x") for name in ("a.csv", "b.csv")]

    answer = client.post(there, {"file": two}, headers={"accept": "text/html"})

    assert answer.status_code == 413
    assert "A form takes one file." in text_of(answer)


@pytest.mark.parametrize(
    ("page", "how"),
    [
        ("usage", "pack it with gzip, or export a shorter period"),
        ("upload_results", "export the results without prompts and answers"),
    ],
)
def test_file_that_is_too_large_is_told_how_to_be_smaller(
    client: Client, cast: Cast, page: str, how: str
) -> None:
    large = SimpleUploadedFile("a.json", b"x" * 26_300_000)

    answer = client.post(reverse(page, args=[cast.ours.draft.pk]), {"file": large})

    assert answer.status_code == 422
    assert f"must be smaller than 25 MB: {how}" in text_of(answer)


def test_inventory_that_is_too_large_is_not_said_to_be_missing(client: Client) -> None:
    large = SimpleUploadedFile("a.csv", b"x" * 26_300_000)

    answer = client.post(reverse("import_upload"), {"file": large})

    assert "an inventory has up to 5 MB, so split it" in text_of(answer)
    assert "Select your inventory file" not in text_of(answer)


def test_page_for_what_a_proxy_refuses_leads_back_to_the_form(client: Client) -> None:
    configured = (settings.BASE_DIR / "config" / "nginx.conf").read_text()
    there = reverse("too_large")
    assert f"error_page 413 {there};" in configured

    form = "http://testserver/audits/"
    answer = client.get(there, headers={"accept": "text/html", "referer": form})

    assert answer.status_code == 413
    assert "A file may have 25 MB, and this is far more." in text_of(answer)
    assert answer.context["back"] == form
