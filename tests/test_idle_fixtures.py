"""What pytest sets up for a test, and what is left out because it would do nothing."""

import os

import pytest

from audits.models import Organization
from tests.casting import Cast
from tests.idle_fixtures import DOES_SOMETHING_FOR

FOR_ALL = {"only_this_machine", "test_settings", "_dj_autoclear_mailbox"}


def set_up_for(request: pytest.FixtureRequest) -> set[str]:
    return {*request.node.fixturenames}


def test_what_asks_for_nothing_has_only_what_every_test_has(
    request: pytest.FixtureRequest,
) -> None:
    there = set_up_for(request)

    assert there >= FOR_ALL
    assert there & {*DOES_SOMETHING_FOR, "monkeypatch"} == set()


def test_every_name_is_that_of_a_fixture(request: pytest.FixtureRequest) -> None:
    fixtures = request.node.session._fixturemanager

    found = {
        name: bool(fixtures.getfixturedefs(name, request.node))
        for name in DOES_SOMETHING_FOR
    }

    assert found == dict.fromkeys(DOES_SOMETHING_FOR, True)


@pytest.mark.once
@pytest.mark.django_db
def test_marked_test_has_an_empty_database(request: pytest.FixtureRequest) -> None:
    assert "_django_db_marker" in set_up_for(request)
    assert not Organization.objects.exists()


@pytest.mark.once
def test_stage_is_set_where_the_cast_is_asked_for(
    cast: Cast, request: pytest.FixtureRequest
) -> None:
    assert "_stage_by_the_right_clock" in set_up_for(request)
    assert Organization.objects.filter(pk=cast.ours.organization.pk).exists()


def test_what_is_changed_for_a_test_is_there_for_it(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("ATTUNE_DEMO", "of this test")

    assert "monkeypatch" in set_up_for(request)
    assert os.environ["ATTUNE_DEMO"] == "of this test"
