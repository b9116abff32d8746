"""What only a form may do is done by no link, picture or preview of a page."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from audits.models import Event, Role, Session
from tests.access.rows.row import ids_in
from tests.access.rows.rows import ROWS
from tests.casting import Cast
from tests.signed_in import let_prove, sign_in


@pytest.mark.once
def test_get_of_what_only_a_form_does_changes_nothing(cast: Cast) -> None:
    client, person = Client(), cast.ours.people[Role.ADMIN]
    sign_in(client, person)
    let_prove(client, person)
    read = {row.url[0] for row in ROWS if row.method == "GET"}
    sent = [row.url for row in ROWS if row.method == "POST" and row.url[0] not in read]
    with scopes_disabled():
        before = Event.objects.count()

    answers = {
        name: client.get(reverse(name, kwargs=ids_in(cast.ours, kwargs))).status_code
        for name, kwargs in sent
    }

    assert len(answers) > 40
    asks_first = {name for name, status in answers.items() if status == 200}
    assert asks_first == {"account_logout"}
    with scopes_disabled():
        assert Event.objects.count() == before
    assert Session.objects.filter(person=person).count() == 1
