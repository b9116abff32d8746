"""What is added twice is there once: a form sent again, or a colleague's."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django_scopes import scopes_disabled

from audits.models import Event, Role
from tests.casting import Cast
from tests.evidence.conftest import Disk
from tests.evidence.pages import LINK, behind_goal, post, url, words
from tests.signed_in import sign_in

CONTENT, NAME = b"case,right\n1,yes\n", "Run.csv"


def post_link(client: Client, cast: Cast, name: str = "Run") -> HttpResponseBase:
    form = {"link": LINK, "link_name": name}
    return client.post(url(cast.ours.draft), form)


def lines() -> int:
    with scopes_disabled():
        return Event.objects.filter(verb="evidence.added").count()


@pytest.mark.parametrize("kind", ["file", "link"])
def test_form_sent_twice_adds_one_and_looks_like_once(
    cast: Cast, client: Client, disk: Disk, kind: str
) -> None:
    before = lines()

    answers = [
        post(client, cast, CONTENT, NAME) if kind == "file" else post_link(client, cast)
        for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert len(behind_goal(cast)) == 1
    assert len(disk.files) == (kind == "file")
    assert lines() == before + 1


def test_link_of_a_colleague_is_refused_kindly(cast: Cast, client: Client) -> None:
    colleague = Client()
    sign_in(colleague, cast.ours.people[Role.ADMIN])
    post_link(colleague, cast, "The run")

    answer = post_link(client, cast)

    assert answer.status_code == 422
    said = "Northgate admin has already added this link to this answer, as “The run”"
    assert said in words(answer)
    assert len(behind_goal(cast)) == 1


def test_own_file_under_another_name_is_refused_kindly(
    cast: Cast, client: Client, disk: Disk
) -> None:
    post(client, cast, CONTENT, NAME)

    answer = post(client, cast, CONTENT, "Second run.csv")

    said = "You have already added this file to this answer, as “Run.csv”"
    assert said in words(answer)
    assert disk.files == [CONTENT]


def test_same_link_behind_another_answer_is_added(cast: Cast, client: Client) -> None:
    post_link(client, cast)

    client.post(url(cast.ours.draft, "latency"), {"link": LINK, "link_name": "Run"})

    assert lines_of(cast, "latency") == 1


def lines_of(cast: Cast, question: str) -> int:
    with scopes_disabled():
        return cast.ours.draft.evidence.filter(question=question).count()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["file", "link"])
@pytest.mark.on_both
def test_double_click_adds_one(cast: Cast, disk: Disk, kind: str) -> None:
    before = lines()

    def click(_: int) -> int:
        client = Client()
        sign_in(client, cast.ours.contributor)
        form = {"file": SimpleUploadedFile(NAME, CONTENT)}
        try:
            if kind == "link":
                return post_link(client, cast).status_code
            return client.post(url(cast.ours.draft), form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(click, range(3)))

    # Only so many files are read at once; nobody is told that theirs was not needed.
    assert set(answers) <= {302, 503}
    assert len(behind_goal(cast)) == 1
    assert len(disk.files) == (kind == "file")
    assert lines() == before + 1
