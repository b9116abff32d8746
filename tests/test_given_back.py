"""Words that are given back wait in a session that does not grow."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.given_back import MOST_WAITING
from audits.models import Role
from audits.services.answers.answers import save_answers
from audits.services.reviews.audits import reopen_audit, submit_audit
from tests.casting import Cast
from tests.examples import some_of
from tests.pages import html_of

pytestmark = pytest.mark.once

LONG = "w" * 100_000


def floods(cast: Cast, page: str) -> tuple[Client, str, dict[str, Any]]:
    """Return who sends which long words to a page that cannot take them any more."""
    ours, client = cast.ours, Client()
    with scope(organization=ours.organization):
        if page == "ask":
            answers = {"quality_gap": "large"}
            save_answers(audit=ours.draft, by=ours.contributor, answers=answers)
            submit_audit(audit=ours.draft, by=ours.contributor)
        else:
            reopen_audit(audit=ours.submitted, by=ours.contributor)
    audit = ours.draft if page == "ask" else ours.submitted
    reviews = page == "review"
    client.force_login(ours.people[Role.REVIEWER] if reviews else ours.contributor)
    field = {"ask": "message", "cover": "why_now", "review": "words"}[page]
    return client, reverse(page, args=[audit.pk]), {field: LONG}


@pytest.mark.parametrize("page", some_of(["ask", "cover", "review"], 1))
def test_words_of_many_requests_do_not_fill_the_session(cast: Cast, page: str) -> None:
    client, url, sent = floods(cast, page)

    for count in range(40):
        field = dict.fromkeys(sent, f"{count} {LONG}")
        assert client.post(url, field).status_code == 302

    assert len(str(client.session.get("_messages", ""))) < 2 * MOST_WAITING
    result = reverse("result", args=[cast.ours.submitted.pk])
    shown = html_of(client.get(result, follow=True))
    told = re.findall(r"(\d+) www", shown)
    assert told == [str(count) for count in range(40 - len(told), 40)]
    assert 1 < len(told) < 40
