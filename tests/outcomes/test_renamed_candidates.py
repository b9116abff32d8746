"""A newer file whose runs have other names: its sender says which is which."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, ResultsCheck
from tests.casting import Cast
from tests.outcomes.signed import MODEL, file_of, signed
from tests.pages import html_of
from tests.signed_in import sign_in

RENAMED = "prompt 8 <b>"
HOLDS = "All measured conditions that the file speaks of still hold."
GONE = "Something that was measured for this verdict no longer holds."


@pytest.fixture
def audit(cast: Cast) -> Audit:
    return signed(cast.ours)


def sheet(passed: int, *names: str) -> bytes:
    rows = [
        f"{n},{name},{'yes' if n < passed else 'no'}"
        for name in names
        for n in range(200)
    ]
    return "\n".join(["case,candidate,passed", *rows, ""]).encode()


def checked(client: Client, audit: Audit, content: bytes, **said: str) -> str:
    there = reverse("check_results", args=[audit.pk])
    sent = {"file": file_of(content, "new.csv"), **said}
    return html_of(client.post(there, sent, follow=True))


def fields_of(page: str) -> list[str]:
    return re.findall(r'<select[^>]* name="(is_[^"]+)"', page)


def kept(cast: Cast) -> list[ResultsCheck]:
    with scope(organization=cast.ours.organization):
        return [*ResultsCheck.objects.all()]


def test_sender_says_which_run_is_a_candidate_that_was_renamed(
    client: Client, cast: Cast, audit: Audit
) -> None:
    sign_in(client, cast.ours.contributor)
    content = sheet(190, RENAMED)

    asked = checked(client, audit, content)
    again = checked(client, audit, content, is_c1="prompt 9")
    fields = fields_of(asked)
    assert fields == fields_of(again) == ["is_c1"]
    assert kept(cast) == []
    none = checked(client, audit, content, is_c1="")
    states = [check.state for check in kept(cast)]

    assert re.search(f"Which run is “<bdi>[^<]*{MODEL}[^<]*</bdi>”", asked)
    assert "No run of this file has the name of a candidate" in asked
    assert "prompt 8 &lt;b&gt;</option>" in asked
    assert "nothing in it could be compared" in none
    assert states == ["not_known"]
    for passed, said in ((190, HOLDS), (60, GONE)):
        before = {each.pk for each in kept(cast)}
        renamed = dict.fromkeys(fields, RENAMED)
        page = checked(client, audit, sheet(passed, RENAMED), **renamed)
        assert said in page
        [check] = (each for each in kept(cast) if each.pk not in before)
        row = next(row for row in check.rows if MODEL in row[1])
        assert row[2].startswith(f"“{RENAMED}” in the file; when signed, ")
