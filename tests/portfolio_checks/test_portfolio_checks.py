"""Each check finds what it is named for, and nothing else."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from audits.frameworks.loading import loader
from audits.frameworks.schema import Family
from audits.models import (
    Audit,
    BoardDecision,
    Membership,
    Organization,
    Override,
    PortfolioRow,
    Review,
    Role,
    Team,
    User,
)
from audits.portfolio_checks.checks import CHECKS, CHECKS_BY_ID
from audits.services.answers.answers import fresh_audit
from audits.services.answers.evidence import add_link
from audits.services.portfolio.rows import update_portfolio_row
from tests.board.boards import record, sign
from tests.casting import CANARY, Cast, Tenant, register
from tests.examples import thorough
from tests.pages import html_of
from tests.portfolio.rows_made import make_rows

TODAY = date(2026, 11, 25)
# Seventeen checks, of which one reads texts; the person, the membership, the session.
QUERIES = 20

Change = Callable[[Tenant], None]


@pytest.fixture(autouse=True)
def on_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


def found(tenant: Tenant) -> dict[str, list[str]]:
    """Return the names that each check finds, without checks that find none."""
    with scope(organization=tenant.organization):
        rows = PortfolioRow.objects.all()
        each = {x.id: x.find(rows, TODAY).order_by("name") for x in CHECKS}
        names = {x: [row.name for row in rows] for x, rows in each.items()}
    return {check: names for check, names in names.items() if names}


def portfolio_row(**columns: Any) -> Change:
    """Set columns of our draft's portfolio_row."""

    def change(tenant: Tenant) -> None:
        PortfolioRow.objects.filter(use_case=tenant.draft.use_case).update(**columns)

    return change


def audit(**columns: Any) -> Change:
    def change(tenant: Tenant) -> None:
        Audit.objects.filter(pk=tenant.draft.pk).update(**columns)

    return change


def given(**numbers: str | None) -> Change:
    return audit(numbers={key: {"value": value} for key, value in numbers.items()})


def both(*changes: Change) -> Change:
    def change(tenant: Tenant) -> None:
        for each in changes:
            each(tenant)

    return change


def closed_account(tenant: Tenant) -> None:
    User.objects.filter(pk=tenant.contributor.pk).update(is_active=False)


def left(tenant: Tenant) -> None:
    Membership.objects.filter(user=tenant.contributor).delete()


def documented(tenant: Tenant) -> None:
    audit = fresh_audit(tenant.submitted)
    audit.levels = {"goal": {"value": "documented", "version": 1, "shown": True}}
    update_portfolio_row(audit)


def renamed(name: str) -> Change:
    return portfolio_row(name=name)


OLD = datetime(2026, 10, 16, tzinfo=UTC)
YESTERDAY = TODAY - timedelta(days=1)


def family(name: Family) -> int:
    return loader.current().urgency[name]


TRIAGE, HANDBOOK = "Northgate triage", "Northgate handbook"


FOUND: list[tuple[Change, str, list[str]]] = [
    (closed_account, "ownerless", [HANDBOOK, TRIAGE]),
    (left, "ownerless", [HANDBOOK, TRIAGE]),
    (audit(scored_at=OLD), "stale", [TRIAGE]),
    (both(audit(scored_at=OLD), portfolio_row(state="in_review")), "stale", []),
    (audit(scored_at=OLD + timedelta(days=15)), "stale", []),
    (audit(created_at=OLD), "stale", [TRIAGE]),
    (portfolio_row(stage="live"), "provisional", [TRIAGE]),
    (portfolio_row(stage="training"), "provisional", [TRIAGE]),
    (portfolio_row(stage="live", state="signed_off"), "provisional", []),
    (portfolio_row(stage="building"), "provisional", []),
    # The draft has a file behind an answer.
    (portfolio_row(verdict="rag"), "no-evidence", [HANDBOOK]),
    (documented, "no-evidence", []),
    (portfolio_row(urgency=0, stage="training"), "contradicted", [TRIAGE]),
    (portfolio_row(urgency=0, stage="live"), "contradicted", [TRIAGE]),
    (portfolio_row(urgency=0, stage="stopped"), "contradicted", []),
    (portfolio_row(urgency=2, stage="live"), "contradicted", []),
    (given(model="gpt-5"), "retiring", [TRIAGE]),
    (given(model="claude-sonnet-5-5"), "retiring", []),
    (given(smaller="gpt-4o-mini"), "retiring", [TRIAGE]),
    # It is planned or used, whatever the verdict, unless another plan is named.
    (given(tuned="gpt-4o-mini"), "retiring", [TRIAGE]),
    (given(tuned="gpt-4o-mini", today="fine_tune_hosted"), "retiring", [TRIAGE]),
    (given(tuned="gpt-4o-mini", today=None), "retiring", [TRIAGE]),
    (given(tuned="gpt-4o-mini", today="prompt"), "retiring", []),
    (
        both(
            given(tuned="gpt-4o-mini", today="prompt"),
            portfolio_row(urgency=family("tune")),
        ),
        "retiring",
        [TRIAGE],
    ),
    (
        both(
            given(tuned="gpt-4o-mini", today="prompt"),
            portfolio_row(urgency=family("keep")),
        ),
        "retiring",
        [TRIAGE],
    ),
    (
        both(given(tuned="gpt-4o-mini"), portfolio_row(urgency=family("rebuild"))),
        "retiring",
        [TRIAGE],
    ),
    (portfolio_row(spend=Decimal(5)), "no-verdict", [TRIAGE]),
    (portfolio_row(spend=Decimal(5), verdict="rag"), "no-verdict", []),
    (portfolio_row(spend=Decimal(0)), "no-verdict", []),
    (portfolio_row(spend=Decimal(5), stage="stopped"), "no-verdict", []),
    (
        renamed("north gate HANDBOOK"),
        "duplicates",
        [HANDBOOK, "north gate HANDBOOK"],
    ),
    (renamed("Northgate handbook 2"), "duplicates", []),
    (portfolio_row(state="signed_off", due_on=TODAY), "review-due", [TRIAGE]),
    (portfolio_row(state="signed_off", review_cause="x"), "review-due", [TRIAGE]),
    (portfolio_row(state="in_review", due_on=YESTERDAY), "review-due", []),
    (
        portfolio_row(state="signed_off", due_on=TODAY + timedelta(days=1)),
        "review-due",
        [],
    ),
]


@contextmanager
def undone() -> Iterator[None]:
    """Take back what is written within."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.on_both
def test_check_finds_what_it_is_named_for(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        for number, (change, check, names) in enumerate(FOUND):
            with undone():
                change(cast.ours)
                rows = CHECKS_BY_ID[check].find(PortfolioRow.objects.all(), TODAY)
                found = sorted(row.name for row in rows)
            assert found == sorted(names), (number, check)


def test_evidence_backs_what_is_only_asserted(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        Audit.objects.filter(pk=tenant.submitted.pk).update(state=Audit.State.DRAFT)
        add_link(
            audit=tenant.submitted,
            by=tenant.contributor,
            question="goal",
            link="https://wiki.example/handbook",
            name="",
        )

    assert "no-evidence" not in found(tenant)


@pytest.mark.on_both
def test_checks_of_one_organization_know_nothing_of_the_other(cast: Cast) -> None:
    with scope(organization=cast.theirs.organization):
        both(closed_account, portfolio_row(stage="live", urgency=0))(cast.theirs)
        renamed(HANDBOOK)(cast.theirs)

    assert found(cast.ours) == {"no-evidence": [HANDBOOK]}
    assert {"ownerless", "contradicted"} <= found(cast.theirs).keys()


def client_of(cast: Cast, role: Role = Role.VIEWER) -> Client:
    client = Client()
    client.force_login(cast.ours.people[role])
    return client


@pytest.mark.on_both
def test_one_person_alone_is_found_until_another_records_the_decision(
    cast: Cast,
) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        audit, reviewer = sign(ours), ours.people[Role.REVIEWER]
        record(audit, reviewer)
        assert "one-person" not in found(ours)
        Override.objects.create(
            organization=ours.organization,
            audit=audit,
            number=1,
            verdict="rag",
            computed=audit.verdict,
            words="The table changes often.",
            by=reviewer,
        )
        PortfolioRow.objects.filter(audit=audit).update(override="rag")
        assert found(ours)["one-person"] == [HANDBOOK]
        # What others did later of another use case changes nothing.
        for model in (Review, Override, BoardDecision):
            later = model.objects.get(audit=audit)
            later.pk = later._meta.pk.get_default()
            later.audit, later.by = ours.draft, ours.contributor
            if isinstance(later, Review):
                later.at += timedelta(days=1)
            else:
                later.number += 1
            later.save(force_insert=True)
            assert found(ours)["one-person"] == [HANDBOOK]

        record(audit, ours.contributor)

        assert "one-person" not in found(ours)


@pytest.mark.thorough
def test_page_counts_and_leads_to_the_list(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        portfolio_row(stage="live")(cast.ours)
    client = client_of(cast, Role.CONTRIBUTOR)

    page = html_of(client.get(reverse("portfolio_checks")))
    listed = html_of(client.get(reverse("portfolio_check", args=["provisional"])))

    counts = dict(re.findall(r'/portfolio-checks/([a-z-]+)/">(\d+)<', page))
    assert counts == {"provisional": "1", "no-evidence": "1"}
    assert "Nothing found" in page
    assert TRIAGE in listed
    assert HANDBOOK not in listed
    assert reverse("tasks", args=[cast.ours.draft.pk]) in listed


def test_reviewer_is_led_to_the_review_and_a_viewer_to_the_result(cast: Cast) -> None:
    url = reverse("portfolio_check", args=["no-evidence"])
    review = reverse("review", args=[cast.ours.submitted.pk])

    assert review in html_of(client_of(cast, Role.REVIEWER).get(url))
    assert review not in html_of(client_of(cast).get(url))


def test_unknown_check_is_not_found(cast: Cast) -> None:
    assert client_of(cast).get("/portfolio-checks/nonsense/").status_code == 404


@pytest.mark.once
@pytest.mark.parametrize("size", [thorough(1), 3, thorough(120)])
def test_queries_do_not_grow_with_the_portfolio(
    cast: Cast, size: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        for number in range(size):
            register(
                tenant.organization, tenant.contributor, tenant.team, f"N {number}"
            )
    client = client_of(cast)
    pages = [(reverse("portfolio_checks"), QUERIES)]
    pages += [(reverse("portfolio_check", args=[check]), 6) for check in CHECKS_BY_ID]

    for url, most in pages:
        with django_assert_max_num_queries(most):
            assert CANARY not in html_of(client.get(url))


@pytest.mark.on_both
def test_long_lists_are_paged(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        make_rows(tenant, 60, state="draft")
        PortfolioRow.objects.update(stage="live")
    client = client_of(cast)
    url = reverse("portfolio_check", args=["provisional"])

    first, last = client.get(url), client.get(url, {"page": "2"})

    assert "Next page" in html_of(first)
    assert html_of(first).count("<tr>") - 1 == 50
    assert html_of(last).count("<tr>") - 1 == 12


def test_empty_organization_is_sound(cast: Cast) -> None:
    empty = Organization.objects.create(name="Newly founded", slug="new")
    with scope(organization=empty):
        Membership.objects.create(
            user=cast.unassigned, organization=empty, role=Role.ADMIN
        )
        Team.objects.create(organization=empty, name="One")
    client = Client()
    client.force_login(cast.unassigned)

    page = html_of(client.get(reverse("portfolio_checks")))

    assert "No check has findings" in page
