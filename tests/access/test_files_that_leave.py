"""Every file that a member is sent is written in the record first, and is limited.

`test_permissions.py` finds the files among the pages.
"""

import pytest
from django.test import Client
from django_scopes import scope
from pytest_django import Settings

from audits.models import Event
from tests.access.files import FILES, ROW_OF, address_of, is_a_file, who_may
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import sign_in

DOES = {"EXPORTS_PER_HOUR": "export", "DOWNLOADS_PER_HOUR": "download"}


def lines(cast: Cast) -> int:
    with scope(organization=cast.ours.organization):
        return Event.objects.count()


@pytest.mark.parametrize("name", FILES)
def test_what_leaves_has_a_line_and_a_limit(
    cast: Cast, settings: Settings, name: str
) -> None:
    setattr(settings, FILES[name].setting, 1)
    client, row = Client(), ROW_OF[name]
    sign_in(client, cast.ours.people[who_may(row)])
    before = lines(cast)

    sent, refused = (client.get(address_of(row, cast.ours)) for _ in range(2))

    assert is_a_file(sent)
    assert sent.getvalue()
    assert lines(cast) == before + 1
    assert refused.status_code == 429
    does = DOES[FILES[name].setting]
    said = f"You can {does} 1 files an hour. Try again in 60 minutes.\n"
    assert html_of(refused) == said
