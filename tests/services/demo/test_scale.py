"""Many organizations are made quickly, each whole and like what it is copied from."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scope, scopes_disabled
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from audits.models import Audit, Membership, Organization, PortfolioRow, UseCase
from audits.services.demo.scale import load_scale, sizes
from tests.copies import Copies
from tests.loaded_demo import DEMO_AND_SAMPLE


@given(st.integers(1, 10**6), st.integers(1, 300), st.integers(0, 10**6))
def test_every_use_case_is_in_one_organization(
    use_cases: int, organizations: int, largest: int
) -> None:
    shared = sizes(use_cases, organizations, largest)

    assert len(shared) == organizations
    assert sum(shared) == use_cases
    assert min(shared) >= 0
    assert max(shared) == shared[0]
    assert max(shared[1:], default=0) - min(shared[1:], default=0) <= 1


def load_all() -> None:
    DEMO_AND_SAMPLE.put()
    assert list(load_scale(use_cases=150, organizations=3, largest=90)) == [
        90,
        120,
        150,
    ]


ALL = Copies(load_all)


@pytest.fixture
def scaled(db: None) -> list[Organization]:
    ALL.put()
    return list(
        Organization.objects.filter(slug__startswith="scale-").order_by("created_at")
    )


@pytest.mark.on_both
def test_one_is_the_largest_and_all_are_numbered(scaled: list[Organization]) -> None:
    counted = []
    for organization in scaled:
        with scope(organization=organization):
            numbers = UseCase.objects.order_by("number").values_list(
                "number", flat=True
            )
            assert list(numbers) == list(range(1, len(numbers) + 1))
            counted.append(len(numbers))
            assert Membership.objects.filter(role="admin").count() == 1

    assert counted == [90, 30, 30]


def test_copies_stand_as_their_audits_say(scaled: list[Organization]) -> None:
    with scope(organization=scaled[0]):
        portfolio_rows = PortfolioRow.objects.select_related("audit", "use_case")
        for portfolio_row in portfolio_rows:
            audit, use_case = portfolio_row.audit, portfolio_row.use_case
            assert audit.organization_id == use_case.organization_id == scaled[0].pk
            assert audit.use_case_id == use_case.pk
            assert (portfolio_row.state, portfolio_row.verdict) == (
                audit.state,
                audit.verdict,
            )
            assert (portfolio_row.name, portfolio_row.stage) == (
                use_case.name,
                use_case.stage,
            )
            assert portfolio_row.team.organization_id == scaled[0].pk
            assert audit.answers
        states = Counter(portfolio_row.state for portfolio_row in portfolio_rows)
        assert set(states) == {"draft", "in_review", "signed_off"}
        assert len({portfolio_row.spend for portfolio_row in portfolio_rows}) > 10


def test_demo_organizations_stay_as_they_are(scaled: list[Organization]) -> None:
    with scopes_disabled():
        kept = Audit.objects.exclude(organization__in=scaled)

        assert kept.count() == 47 + 16 + 3  # three have a paper signed before
        states = Counter(kept.values_list("state", flat=True))
        signed = {"signed_off": 5, "superseded": 3}
        assert states == {"in_review": 47 + 7, "draft": 4, **signed}


@pytest.mark.once
def test_many_take_few_queries(
    db: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    DEMO_AND_SAMPLE.put()

    with django_assert_max_num_queries(40):
        assert list(load_scale(use_cases=900, organizations=1, largest=0)) == [900]


@pytest.mark.once
def test_command_tells_how_far_it_is(
    db: None, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DEMO = True
    DEMO_AND_SAMPLE.put()

    call_command("demo", scale=70, organizations=2, largest=50)

    out = capsys.readouterr().out
    assert "50 of 70 use cases\n70 of 70 use cases" in out


@pytest.mark.once
@pytest.mark.parametrize(
    "options",
    [{"scale": 0}, {"scale": 5, "organizations": 0}, {"scale": 5, "largest": -1}],
)
def test_command_refuses_what_cannot_be_made(
    db: None, settings: Settings, options: dict[str, int]
) -> None:
    settings.DEMO = True

    with pytest.raises(CommandError, match="start at 1"):
        call_command("demo", **options)
