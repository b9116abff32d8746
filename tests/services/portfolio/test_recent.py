"""“Recently changed by you”: where somebody saved anything last, in one query."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from audits.models import Audit, Membership, PortfolioRow, Role, User, Version
from audits.services.portfolio.recent import recently_changed
from tests.casting import Cast, Tenant
from tests.pages import html_of
from tests.portfolio.rows_made import make_rows
from tests.signed_in import sign_in

HEADING = "Recently changed by you"


def change(
    row: PortfolioRow,
    by: User,
    minutes: int,
    *,
    audit: Audit | None = None,
    **more: Any,
) -> None:
    """Let somebody give an answer some minutes after the audit began."""
    of = audit or row.audit
    Version.objects.create(
        organization=of.organization,
        audit=of,
        kind=Version.Kind.ANSWER,
        item="goal",
        number=Version.objects.filter(audit=of).count() + 1,
        value="unknown",
        by=by,
        at=of.created_at + timedelta(minutes=minutes),
        **more,
    )


def recent(tenant: Tenant, person: User) -> list[str]:
    member = Membership.objects.get(user=person, organization=tenant.organization)
    return [each.name for each in recently_changed(member)]


def test_last_five_are_named_the_latest_first(cast: Cast) -> None:
    rows, me = make_rows(cast.ours, 8), cast.ours.people[Role.REVIEWER]
    with scope(organization=cast.ours.organization):
        for minutes, place in enumerate([0, 1, 2, 3, 4, 5, 2]):
            change(rows[place], me, minutes)

        names = recent(cast.ours, me)

    assert names == [rows[place].name for place in (2, 5, 4, 3, 1)]


def test_what_others_changed_or_what_never_counted_is_left_out(cast: Cast) -> None:
    rows, me = make_rows(cast.ours, 8), cast.ours.people[Role.REVIEWER]
    with scope(organization=cast.ours.organization):
        change(rows[0], me, 1)
        change(rows[1], cast.ours.people[Role.ADMIN], 2)
        change(rows[2], me, 3, set_aside=True)
        change(rows[3], me, -5)  # a copy has it from the use case that was copied

        assert recent(cast.ours, me) == [rows[0].name]


def test_nothing_is_named_of_another_organization(cast: Cast) -> None:
    me = cast.ours.people[Role.REVIEWER]
    theirs = make_rows(cast.theirs, 8)
    make_rows(cast.ours, 8)
    with scope(organization=cast.theirs.organization):
        change(theirs[0], me, 1)

    with scope(organization=cast.ours.organization):
        assert recent(cast.ours, me) == []


@pytest.mark.parametrize(("more", "is_named"), [(3, False), (4, True)])
def test_nothing_is_named_below_six_use_cases(
    cast: Cast, more: int, is_named: bool
) -> None:
    rows, me = make_rows(cast.ours, more), cast.ours.people[Role.REVIEWER]
    with scope(organization=cast.ours.organization):
        assert PortfolioRow.objects.count() == more + 2
        change(rows[0], me, 1)

        assert bool(recent(cast.ours, me)) is is_named


def test_deleted_use_case_is_left_out(cast: Cast) -> None:
    rows, me = make_rows(cast.ours, 8), cast.ours.people[Role.REVIEWER]
    with scope(organization=cast.ours.organization):
        change(rows[0], me, 1)
        change(rows[1], me, 2)
        rows[1].use_case.delete()

        assert recent(cast.ours, me) == [rows[0].name]


def test_draft_is_gone_on_with_and_a_signed_audit_is_read(cast: Cast) -> None:
    rows, me = make_rows(cast.ours, 8), cast.ours.people[Role.REVIEWER]
    with scope(organization=cast.ours.organization):
        member = Membership.objects.get(user=me)
        viewer = Membership(user=me, role=Role.VIEWER)
        signed = next(row for row in rows if row.state == Audit.State.SIGNED_OFF)
        renewal = Audit.objects.get(pk=signed.audit_id)
        renewal.pk, renewal.state, renewal.supersedes = None, "draft", signed.audit
        renewal.save(force_insert=True)
        PortfolioRow.objects.filter(pk=signed.pk).update(
            renewal=renewal, renewal_state=renewal.state
        )
        change(signed, me, 1, audit=renewal)

        [found] = recently_changed(member)
        [read] = recently_changed(viewer)

    assert (found.audit_id, found.is_draft) == (renewal.pk, True)
    assert (read.audit_id, read.is_draft) == (signed.audit_id, False)


@pytest.fixture
def reviewer(cast: Cast) -> Client:
    client = Client()
    sign_in(client, cast.ours.people[Role.REVIEWER])
    return client


@pytest.mark.parametrize("page", ["use_cases", "search"])
def test_pages_name_them_with_a_link(cast: Cast, reviewer: Client, page: str) -> None:
    rows, me = make_rows(cast.ours, 8), cast.ours.people[Role.REVIEWER]
    with scope(organization=cast.ours.organization):
        draft = next(row for row in rows if row.state == Audit.State.DRAFT)
        change(draft, me, 1)

    told = html_of(reviewer.get(reverse(page)))
    _, _, after = told.partition(HEADING)
    found = html_of(reviewer.get(reverse("search"), {"q": "Case"}))

    assert f'href="{reverse("tasks", args=[draft.audit_id])}"' in after
    assert HEADING not in found


@pytest.mark.parametrize("place", ["first", "second"])
def test_own_list_names_them_once_on_its_first_page(
    cast: Cast, client: Client, place: str
) -> None:
    rows = make_rows(cast.ours, 58)
    with scope(organization=cast.ours.organization):
        change(rows[0], cast.ours.contributor, 1)

    number = {"first": "1", "second": "2"}[place]
    told = html_of(client.get(reverse("use_cases"), {"page": number}))

    assert (HEADING in told) is (place == "first")


def test_short_own_list_that_has_them_all_does_not_repeat_them(
    cast: Cast, client: Client
) -> None:
    other = cast.ours.people[Role.REVIEWER]
    rows = make_rows(cast.ours, 8)
    with scope(organization=cast.ours.organization):
        PortfolioRow.objects.filter(pk__in=[row.pk for row in rows]).update(owner=other)
        for row in rows:
            row.use_case.owner = other
            row.use_case.save()
    alone = html_of(client.get(reverse("use_cases")))
    with scope(organization=cast.ours.organization):
        change(rows[0], cast.ours.contributor, 1)
    beside = html_of(client.get(reverse("use_cases")))

    assert HEADING not in alone
    assert HEADING in beside


@pytest.mark.parametrize("changes", [1, 600])
def test_they_cost_one_query_however_much_was_changed(
    cast: Cast,
    django_assert_num_queries: DjangoAssertNumQueries,
    changes: int,
) -> None:
    rows, me = make_rows(cast.ours, 8), cast.ours.people[Role.REVIEWER]
    with scope(organization=cast.ours.organization):
        member = Membership.objects.select_related("user").get(user=me)
        Version.objects.bulk_create(
            Version(
                organization=cast.ours.organization,
                audit=rows[0].audit,
                kind=Version.Kind.NOTE,
                item="goal",
                number=number,
                value="",
                by=me,
                at=timezone.now(),
            )
            for number in range(1, changes + 1)
        )

        with django_assert_num_queries(1):
            found = recently_changed(member)

    assert [each.name for each in found] == [rows[0].name]
