from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scope, scopes_disabled
from pytest_django import Settings

from audits.frameworks.answering import flow
from audits.frameworks.answering.answers import read
from audits.frameworks.loading.cases import published_cases
from audits.frameworks.loading.loader import current
from audits.management.commands import demo
from audits.models import Audit, Membership, Organization, Team, UseCase
from audits.models.audits import values
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.decision import decide
from audits.services.demo.demo import load_demo
from tests.loaded_demo import DEMO


@pytest.fixture
def organization(db: None) -> Organization:
    DEMO.put()
    return Organization.objects.get(slug="demo")


def test_every_published_case_is_scored_and_in_review(
    organization: Organization,
) -> None:
    with scope(organization=organization):
        states = Counter(Audit.objects.values_list("state", flat=True))
        scored = Audit.objects.exclude(verdict="").count()

    assert states == {"in_review": 47}
    assert scored == 47


@pytest.mark.thorough
@pytest.mark.once
def test_case_brings_its_facts_its_outcome_and_its_source(
    organization: Organization,
) -> None:
    case = next(c for c in published_cases() if c["id"] == "honeycomb")

    with scope(organization=organization):
        use_case = UseCase.objects.get(name=case["name"])
        [audit] = use_case.audits.all()

    assert use_case.what_was_done == case["used"]
    assert use_case.what_happened == case["outcome"]
    assert use_case.source == case["source"]
    assert audit.answers["tried"]["value"] == case["facts"]["tried"]


@pytest.mark.once
def test_teams_are_industries_and_roles_are_people(organization: Organization) -> None:
    with scope(organization=organization):
        teams = set(Team.objects.values_list("name", flat=True))
        roles = Counter(Membership.objects.values_list("role", flat=True))

    assert teams == {case["team"] for case in published_cases()}
    assert roles == {"viewer": 1, "contributor": 1, "reviewer": 1, "admin": 1}


@pytest.mark.once
def test_loading_again_changes_nothing(organization: Organization) -> None:
    assert load_demo() is False
    with scopes_disabled():
        assert UseCase.objects.count() == 47


@pytest.mark.once
def test_demo_command_says_who_can_sign_in(
    db: None,
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.DEMO = True
    # tests/loaded_demo.py loads both.
    for load in ("load_demo", "load_sample"):
        monkeypatch.setattr(demo, load, lambda: True)

    call_command("demo")

    out = capsys.readouterr().out
    assert "Loaded the published cases." in out
    assert "Loaded the sample company with invented amounts." in out
    assert "Head of AI             Lena Brandt <head@demo.example>" in out
    assert "Head of AI, sample company Ingrid Vik <head@sample.example>" in out


@pytest.mark.once
def test_demo_command_refuses_outside_demo_mode(db: None) -> None:
    with pytest.raises(CommandError, match="ATTUNE_DEMO=1"):
        call_command("demo")


@pytest.mark.once
def test_measurements_of_a_case_are_as_well_known_as_its_file_says(
    organization: Organization,
) -> None:
    case = next(c for c in published_cases() if c["id"] == "ambience_icd")
    measured = {q: x for q, x in case["facts"].items() if q in current().measurements}

    with scope(organization=organization):
        [audit] = Audit.objects.filter(use_case__name=case["name"])

    assert case["default_level"] == "documented"
    assert values(audit.levels) == {
        question: "documented" for question, x in measured.items() if x != "unknown"
    }
    assert len(audit.levels) > 2


@pytest.mark.once
def test_verdicts_are_those_that_the_cases_come_to(organization: Organization) -> None:
    with scope(organization=organization):
        found = dict(Audit.objects.values_list("use_case__name", "verdict"))

    decided = {
        case["name"]: decide(
            current(),
            flow.relevant(current(), read(current(), case["facts"])),
            Circumstances(unmarked=case["default_level"]),
        ).verdict
        for case in published_cases()
    }
    assert found == decided
    assert {"fine_tune", "distil", "train_small_part"} & set(found.values())
