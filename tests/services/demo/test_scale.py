"""Many organizations are made quickly, each whole and like what it is copied from."""

from collections import Counter
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Q
from django_scopes import scope, scopes_disabled
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from audits.models import Audit, Membership, Organization, PortfolioRow, UseCase
from audits.services.answers.answers import save_answers
from audits.services.demo.demo import SLUG as PUBLISHED
from audits.services.demo.sample import SLUG as SAMPLE
from audits.services.demo.scale import load_scale, sizes
from tests.casting import Cast
from tests.scoring.worked_cases import RETRIEVAL_CASE


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


@pytest.fixture
def demo(cast: Cast) -> Cast:
    """The cast, for the demo and the sample company: to load these takes far longer."""
    for tenant, slug in ((cast.ours, PUBLISHED), (cast.theirs, SAMPLE)):
        Organization.objects.filter(pk=tenant.organization.pk).update(slug=slug)
        with scope(organization=tenant.organization):
            by, draft = tenant.contributor, tenant.draft
            save_answers(audit=draft, by=by, answers=RETRIEVAL_CASE)
            PortfolioRow.objects.update(spend=1000)
    return cast


def load(*, use_cases: int, organizations: int, largest: int) -> list[Organization]:
    given = {
        "use_cases": use_cases,
        "organizations": organizations,
        "largest": largest,
    }
    assert list(load_scale(**given))[-1] == use_cases
    made = Organization.objects.filter(slug__startswith="scale-")
    return list(made.order_by("created_at"))


@pytest.mark.on_both
def test_one_is_the_largest_and_all_are_numbered(demo: Cast) -> None:
    counted = []
    for organization in load(use_cases=50, organizations=3, largest=30):
        with scope(organization=organization):
            numbers = UseCase.objects.order_by("number").values_list(
                "number", flat=True
            )
            assert list(numbers) == list(range(1, len(numbers) + 1))
            counted.append(len(numbers))
            assert Membership.objects.filter(role="admin").count() == 1

    assert counted == [30, 10, 10]


@pytest.mark.thorough
def test_copies_stand_as_their_audits_say(demo: Cast) -> None:
    [organization] = load(use_cases=60, organizations=1, largest=0)

    with scope(organization=organization):
        portfolio_rows = PortfolioRow.objects.select_related("audit", "use_case")
        for portfolio_row in portfolio_rows:
            audit, use_case = portfolio_row.audit, portfolio_row.use_case
            assert audit.organization_id == use_case.organization_id == organization.pk
            assert audit.use_case_id == use_case.pk
            assert (portfolio_row.state, portfolio_row.verdict) == (
                audit.state,
                audit.verdict,
            )
            assert (portfolio_row.name, portfolio_row.stage) == (
                use_case.name,
                use_case.stage,
            )
            assert portfolio_row.team.organization_id == organization.pk
            assert audit.answers
        states = Counter(portfolio_row.state for portfolio_row in portfolio_rows)
        assert set(states) == {"draft", "in_review", "signed_off"}
        assert len({portfolio_row.spend for portfolio_row in portfolio_rows}) > 10


def test_demo_organizations_stay_as_they_are(demo: Cast) -> None:
    def stored() -> list[list[Any]]:
        with scopes_disabled():
            ours = Q(
                organization__in=(demo.ours.organization, demo.theirs.organization)
            )
            return [
                list(model.objects.filter(ours).order_by("pk").values())
                for model in (UseCase, Audit, PortfolioRow)
            ]

    before = stored()
    load(use_cases=8, organizations=2, largest=4)

    assert list(map(len, before)) == [4, 4, 4]
    assert stored() == before


@pytest.mark.once
def test_many_take_few_queries(
    demo: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(15):
        load(use_cases=300, organizations=1, largest=0)


@pytest.mark.once
def test_command_tells_how_far_it_is(
    demo: Cast, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DEMO = True

    call_command("demo", scale=70, organizations=2, largest=50)

    out = capsys.readouterr().out
    assert "The demo is loaded." in out
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
