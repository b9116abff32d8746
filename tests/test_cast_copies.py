"""What a test finds in its database: nothing, or the cast as it was built."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.models import Audit, Membership, Organization, User
from tests import cast_copies
from tests.cast_copies import OF_THE_MACHINE, Clocks, cast_of_this_test
from tests.casting import Cast
from tests.copies import Copies

LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.on_both
def test_database_alone_is_empty() -> None:
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.on_both
def test_database_alone_is_empty_after_the_cast_was_there() -> None:
    assert not User.objects.exists()


def _make_old() -> None:
    organization = Organization.objects.create(name="Old", slug="old")
    Organization.objects.filter(pk=organization.pk).update(created_at=LONG_AGO)


@pytest.mark.django_db
@pytest.mark.on_both
def test_copy_is_as_old_as_what_it_copies() -> None:
    copies = Copies(_make_old)
    for _ in range(3):
        copies.put()

        assert Organization.objects.get().created_at == LONG_AGO
        Organization.objects.all().delete()


@pytest.mark.parametrize("run", ["first", "again"])
@pytest.mark.on_both
def test_cast_is_whole_whatever_was_committed_before(
    cast: Cast, transactional_db: None, run: str
) -> None:
    people = [*cast.ours.people.values(), *cast.theirs.people.values()]
    assert User.objects.count() == len(people) + 1, run
    with scopes_disabled():
        assert Membership.objects.count() == len(people)
        Membership.objects.all().delete()


@pytest.fixture
def another_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: LONG_AGO.date())


# As in a file whose fixture sets a clock for every test: it comes before the cast.
@pytest.mark.once
def test_cast_stands_before_a_fixture_sets_a_clock(
    another_clock: None, cast: Cast, stage: Clocks
) -> None:
    assert timezone.localdate() == LONG_AGO.date()
    assert stage == OF_THE_MACHINE


@pytest.mark.usefixtures("another_clock")
def test_cast_is_not_built_by_the_clock_of_a_test() -> None:
    with pytest.raises(AssertionError, match="set a clock before the cast was built"):
        cast_copies._build()


@pytest.mark.on_both
def test_casts_share_the_assessment_that_is_stored(cast: Cast) -> None:
    submitted, other = cast.ours.submitted, cast_of_this_test().ours.submitted

    assert other is not submitted
    assert other.assessment is submitted.assessment
    with scope(organization=cast.ours.organization):
        stored = Audit.objects.get(pk=submitted.pk)
    assert stored.assessment == submitted.assessment
