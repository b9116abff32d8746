import pytest
from django.core.exceptions import ValidationError
from django_scopes import scope

from audits.models import UseCase
from audits.services.use_cases.use_cases import register_use_case, team_named
from tests.casting import Cast, register


def test_use_cases_are_numbered_within_their_organization(cast: Cast) -> None:
    tenant = cast.ours

    with scope(organization=tenant.organization):
        audit = register(tenant.organization, tenant.contributor, tenant.team, "Third")

    assert audit.use_case.reference == "UC-0003"


def test_new_audit_is_pinned_to_the_framework_in_force(cast: Cast) -> None:
    audit = cast.ours.draft

    assert (audit.framework, audit.framework_version) == ("fine_tuning", 2)
    assert len(audit.framework_hash) == 64


@pytest.mark.parametrize("name", ["", "x" * 81, "half a pair \ud800", "nul \x00"])
def test_use_case_with_an_unfit_name_is_refused(cast: Cast, name: str) -> None:
    tenant = cast.ours

    with scope(organization=tenant.organization):
        with pytest.raises(ValidationError) as refusal:
            register_use_case(
                organization=tenant.organization,
                by=tenant.contributor,
                owner=tenant.contributor,
                team=tenant.team,
                name=name,
                summary="What it does",
            )
        assert UseCase.objects.count() == 2

    assert list(refusal.value.message_dict) == ["name"]


def test_text_is_stored_in_one_form_without_controls(cast: Cast) -> None:
    tenant = cast.ours

    with scope(organization=tenant.organization):
        audit = register(
            tenant.organization,
            tenant.contributor,
            tenant.team,
            "Cafe\u0301\x07 a\r\nb",
        )
        name = UseCase.objects.get(pk=audit.use_case_id).name

    assert name == "Caf\u00e9 a\nb"


def test_team_of_a_name_is_founded_once(cast: Cast) -> None:
    tenant = cast.ours

    with scope(organization=tenant.organization):
        first = team_named(
            organization=tenant.organization, by=tenant.contributor, name="Fraud"
        )
        again = team_named(
            organization=tenant.organization, by=tenant.contributor, name=" fraud  "
        )

    assert first == again
