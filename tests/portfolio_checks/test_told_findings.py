"""Checks of models, evidence, sponsors and purposes say what they found."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import (
    Audit,
    Cover,
    Evidence,
    Membership,
    PortfolioRow,
    ResultsFile,
    Role,
    Stage,
    Team,
    UseCase,
)
from audits.portfolio_checks.checks import CHECKS_BY_ID
from audits.services.people.back_office import record_membership
from tests.casting import Cast, Tenant, register

TODAY = date(2026, 11, 25)
ARGON = (
    "Gemini 4 Argon from 1 December 2026: a million tokens cost $4 in and $20 out "
    "instead of $2 in and $10 out"
)


def named(tenant: Tenant, name: str, **numbers: str) -> Audit:
    """Return a use case of ours with these numbers."""
    audit = register(tenant.organization, tenant.contributor, tenant.team, name)
    given = {key: {"value": value} for key, value in numbers.items()}
    Audit.objects.filter(pk=audit.pk).update(numbers=given)
    return audit


def told(check_id: str, today: date = TODAY) -> dict[str, str]:
    """Return what a check says of each row that it finds, by name."""
    check = CHECKS_BY_ID[check_id]
    rows = list(check.find(PortfolioRow.objects.all(), today).order_by("name"))
    said = check.tell(rows, today)
    return {row.name: said[row.pk] for row in rows}


@pytest.mark.on_both
def test_models_that_end_cost_more_or_were_not_checked_are_named(cast: Cast) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        named(ours, "prompted", model="gpt-5")
        named(ours, "smaller", smaller="gemini-3.1-flash-lite", today="prompt_smaller")
        named(ours, "tuned", tuned="gemini-3.1-flash-lite", today="fine_tune_hosted")
        named(ours, "compared", tuned="gemini-3.1-flash-lite", today="prompt")
        named(ours, "dearer", model="gemini-4-argon", smaller="gpt-6-luna")
        named(ours, "nothing named")
        stopped = named(ours, "stopped", model="gemini-4-argon")
        PortfolioRow.objects.filter(audit=stopped).update(stage=Stage.STOPPED)

        named(ours, "both", model="gpt-5", tuned="gpt-4o-mini", today="prompt")
        named(ours, "closed", tuned="gpt-4o-mini", today="fine_tune_hosted")

        prompted = "GPT-5: 11 December 2026"
        closed = "Tuning of GPT-4o mini: 6 January 2027, and the model: 14 January 2027"
        near = {"prompted": prompted, "both": prompted, "closed": closed}
        assert told("retiring") == near
        later = told("ending")
        assert later["smaller"] == "Gemini 3.1 Flash-Lite: 7 May 2027"
        assert "Gemini 3.1 Flash-Lite, and the model: 7 May 2027" in later["tuned"]
        assert later.keys() == {"smaller", "tuned"}
        assert told("price-rises") == {"dearer": ARGON}
        assert told("price-rises", date(2026, 12, 1)) == {}
        assert told("stale-prices") == {}
        stale = told("stale-prices", date(2027, 4, 1))
        assert stale.keys() == {*("prompted", "both", "smaller", "dearer")}
        assert stale["dearer"].startswith("Prices of Gemini 4 Argon: checked on ")
        assert "; Prices of GPT-6 Luna: checked on " in stale["dearer"]


def evidence(audit: Audit, question: str, year: int) -> None:
    Evidence.objects.create(
        organization_id=audit.organization_id,
        audit=audit,
        question=question,
        link="https://wiki.example/test",
        name="Test",
        added_by=audit.use_case.owner,
        added_at=datetime(year, 3, 5, tzinfo=UTC),
    )


@pytest.mark.on_both
def test_old_evidence_counts_unless_there_is_newer_for_the_same(cast: Cast) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        old, renewed, other, files = (
            named(ours, name) for name in ("old", "renewed", "other", "files")
        )
        evidence(old, "quality_gap", 2025)
        for year in (2025, 2026):
            evidence(renewed, "quality_gap", year)
        evidence(other, "goal", 2025)  # nobody measures it
        ResultsFile.objects.create(
            organization=ours.organization,
            use_case=files.use_case,
            name="run.json",
            digest="0" * 64,
            format="x",
            runs=[],
            size=1,
            added_by=ours.contributor,
            added_at=datetime(2025, 4, 2, tzinfo=UTC),
        )

        assert told("old-evidence") == {
            "files": "test results of 2 April 2025",
            "old": "“Gap to the target” of 5 March 2025",
        }
        # A year later all of it is old, and what nobody measures still does not count.
        assert told("old-evidence", date(2027, 11, 25)).keys() == {
            *("files", "old", "renewed")
        }


@pytest.mark.on_both
def test_sponsor_who_left_is_asked_about_and_a_bare_name_only_counted(
    cast: Cast, client: Client
) -> None:
    ours = cast.ours
    lead, viewer = ours.contributor, ours.people[Role.VIEWER]
    reviewer = ours.people[Role.REVIEWER]
    with scope(organization=ours.organization):
        for name, sponsor in (
            ("member", f"{lead.name.upper()}, Claims"),
            ("removed", f"{viewer.name}, Board"),
            ("only a name", "Ada Gone, Claims"),
            # Of another organization nothing is said, nor whether there is such a one.
            ("elsewhere", cast.theirs.contributor.name),
            ("address", reviewer.email),
            ("address of nobody", "ada@example.com"),
            ("unnamed", ""),
        ):
            Cover.objects.create(
                organization=ours.organization,
                audit=named(ours, name),
                sponsor=sponsor,
            )

        assert told("sponsor") == {"address of nobody": "Sponsor: ada@example.com"}
        for person in (lead, reviewer):
            person.is_active = False
            person.save()
        membership = Membership.objects.get(user=viewer)
        record_membership(
            membership=membership, by=lead, before=membership.role, after=None
        )
        membership.delete()
        assert told("sponsor").keys() == {
            *("address of nobody", "address", "member", "removed")
        }
    client.force_login(ours.people[Role.ADMIN])
    page = " ".join(client.get(reverse("portfolio_checks")).text.split())

    assert (
        "“Has the sponsor left?” does not ask about 2 use cases with a sponsor who "
        "never had an account here." in page
    )


@pytest.mark.on_both
def test_same_purpose_of_two_teams_is_asked_about_with_the_words(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)
    ours = cast.ours
    with scope(organization=ours.organization):
        other = Team.objects.create(organization=ours.organization, name="Garages")
        for name, team, summary in (
            ("Claims by urgency", ours.team, "Sort motor claims by damage"),
            ("Urgency of damage", other, "Sort claims of garages"),
            ("Claims again", other, "Draft letters about claims"),
        ):
            audit = register(ours.organization, ours.contributor, team, name)
            UseCase.objects.filter(pk=audit.use_case.pk).update(summary=summary)

        said = told("same-purpose")
        second = PortfolioRow.objects.get(name="Urgency of damage")
        assert said.keys() == {"Claims by urgency", "Urgency of damage"}
        assert said["Claims by urgency"] == (
            "Shares “claims”, “damage”, “sort”, “urgency” with "
            f"{second.reference} Urgency of damage of Garages"
        )
    client.force_login(ours.people[Role.VIEWER])
    page = client.get(reverse("portfolio_check", args=["same-purpose"])).text

    assert said["Claims by urgency"] in page
    assert "Ask both teams." in page


@pytest.mark.once
def test_queries_do_not_grow_with_what_is_found(cast: Cast) -> None:
    ours, old = cast.ours, datetime(2025, 3, 5, tzinfo=UTC)
    checks = (
        *("retiring", "ending", "price-rises"),
        *("old-evidence", "sponsor", "same-purpose"),
    )
    numbers = {"model": "gpt-5", "smaller": "gemini-4-argon"}

    def add(letters: str) -> None:
        for letter in letters:
            team = Team.objects.create(organization=ours.organization, name=letter)
            purpose = f"Urgency of damage claims {letter}"
            lead = ours.contributor
            audit = register(ours.organization, lead, team, purpose)
            given = {key: {"value": value} for key, value in numbers.items()}
            given["tuned"] = {"value": "gemini-3.1-flash-lite"}
            Audit.objects.filter(pk=audit.pk).update(numbers=given)
            organization = ours.organization
            Cover.objects.create(
                organization=organization, audit=audit, sponsor="ada@example.com"
            )
            evidence(audit, "quality_gap", old.year)

    def queries() -> dict[str, tuple[int, int]]:
        counts = {}
        for check in checks:
            with CaptureQueriesContext(connection) as captured:
                found = len(told(check))
            counts[check] = found, len(captured)
        return counts

    with scope(organization=ours.organization):
        add("AB")
        few = queries()
        add("CDE")
        many = queries()

    for check in checks:
        assert (few[check][0], many[check][0]) == (2, 5), check
        assert few[check][1] == many[check][1] <= 5, check
