"""The workers are shared: short work first, people and organizations in turn."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from audits.models import BoardPack, Import, Job, Report, Rescore, Role, User
from audits.reports.tasks import make_pack, queue_overdue_again, queue_report
from audits.services.jobs import fair_queue
from audits.services.jobs.fair_queue import TooManyWaiting, Work
from audits.services.use_cases.inventories import start_import
from tests.casting import Cast, Tenant
from tests.pages import html_of
from tests.reports.packs.made_packs import add_decision, ask_for_pack

HTML = {"Accept": "text/html"}


@pytest.fixture(autouse=True)
def no_other_work(cast: Cast, settings: Settings) -> None:
    settings.JOBS_PER_PERSON = settings.JOBS_PER_ORGANIZATION = 100
    with scopes_disabled():
        Rescore.objects.all().delete()


@pytest.fixture
def ours(cast: Cast) -> Iterator[Tenant]:
    with scope(organization=cast.ours.organization):
        yield cast.ours


def ask_for_packs(tenant: Tenant, by: User, many: int) -> list[BoardPack]:
    with scope(organization=tenant.organization):
        return [
            ask_for_pack(tenant, meeting=f"{by.pk} {n}", by=by) for n in range(many)
        ]


def queue() -> list[str]:
    """Return the ids of what is to be made, in the order in which workers take it."""
    return [task.args_kwargs["args"][1] for task in DBTaskResult.objects.ready()]


def ids(rows: list[Any]) -> list[str]:
    return [str(row.pk) for row in rows]


def clear_papers(tenant: Tenant) -> None:
    with scope(organization=tenant.organization):
        Report.objects.all().delete()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("stand_ins")
@pytest.mark.on_both
def test_paper_of_a_colleague_is_made_before_six_packs(ours: Tenant) -> None:
    clear_papers(ours)
    ask_for_packs(ours, ours.people[Role.VIEWER], 6)
    paper = queue_report(audit=ours.submitted, by=ours.people[Role.ADMIN])

    call_command(
        *("db_worker", "--batch", "--interval", "0", "--max-tasks", "1"), verbosity=0
    )

    paper.refresh_from_db()
    assert paper.state == Report.State.READY
    assert BoardPack.objects.waiting().count() == 6


@pytest.mark.thorough
def test_first_pack_of_a_colleague_comes_before_the_third_of_another(
    ours: Tenant,
) -> None:
    many = ids(ask_for_packs(ours, ours.people[Role.VIEWER], 10))
    first = ids(ask_for_packs(ours, ours.people[Role.ADMIN], 1))

    assert queue() == [many[0], *first, *many[1:]]


@pytest.mark.thorough
def test_two_organizations_take_turns(cast: Cast) -> None:
    a = ids(ask_for_packs(cast.ours, cast.ours.contributor, 4))
    b = ids(ask_for_packs(cast.theirs, cast.theirs.contributor, 4))

    assert queue() == [one for pair in zip(a, b, strict=True) for one in pair]


@pytest.mark.thorough
def test_large_organization_does_not_keep_a_small_one_waiting(cast: Cast) -> None:
    a = [
        *ask_for_packs(cast.ours, cast.ours.people[Role.VIEWER], 1),
        *ask_for_packs(cast.ours, cast.ours.people[Role.ADMIN], 1),
        *ask_for_packs(cast.ours, cast.ours.people[Role.REVIEWER], 1),
        *ask_for_packs(cast.ours, cast.ours.contributor, 1),
    ]
    b = ids(ask_for_packs(cast.theirs, cast.theirs.contributor, 1))

    assert queue().index(b[0]) == 1
    assert len(a) == 4


@pytest.mark.thorough
def test_papers_of_a_large_pack_come_after_the_work_of_others(
    ours: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    clear_papers(ours)
    monkeypatch.setattr(BoardPack, "MOST_IN_ONE", 1)
    audit = add_decision(ours, "Articles")
    [large] = ask_for_packs(ours, ours.people[Role.VIEWER], 1)
    DBTaskResult.objects.all().delete()
    make_pack.func(str(ours.organization.pk), str(large.pk))
    fanned = queue()

    other = ids(ask_for_packs(ours, ours.people[Role.ADMIN], 1))
    assert len(fanned) == 2
    assert queue() == [*other, *fanned]

    # One of them that is asked for by itself is made at once.
    paper = queue_report(audit=audit, by=ours.contributor)
    assert paper.asked_alone
    assert queue() == [str(paper.pk), *other, *fanned]


@pytest.mark.on_both
def test_papers_of_two_large_packs_take_turns_by_tens(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        for number in range(25):
            Report.objects.create(
                organization=tenant.organization,
                audit=tenant.submitted,
                key=str(number),
                requested_by=tenant.contributor,
                asked_alone=False,
            )
        priorities = [
            fair_queue.priority_of(
                work=Work.PAPER_OF_A_PACK, organization=tenant.organization, by=by
            )
            for by in (tenant.contributor, tenant.people[Role.ADMIN])
        ]

    assert priorities == [-2, 0]


@pytest.mark.on_both
def test_what_waits_long_is_moved_to_the_front_one_at_a_time(ours: Tenant) -> None:
    packs = ids(ask_for_packs(ours, ours.people[Role.VIEWER], 3))
    assert fair_queue.move_longest_waiting_to_front() == 0
    long_ago = timezone.now() - timedelta(minutes=11)
    for age, task in enumerate(DBTaskResult.objects.order_by("enqueued_at")):
        task.enqueued_at = long_ago + timedelta(seconds=age)
        task.save()
    clear_papers(ours)
    paper = queue_report(audit=ours.submitted, by=ours.people[Role.ADMIN])
    assert queue()[0] == str(paper.pk)

    call_command("housekeeping", verbosity=0)
    call_command("housekeeping", verbosity=0)

    assert queue() == [packs[0], str(paper.pk), *packs[1:]]


@pytest.mark.on_both
def test_work_given_to_another_worker_keeps_its_place(ours: Tenant) -> None:
    first, second = ask_for_packs(ours, ours.people[Role.VIEWER], 2)
    past = timezone.now() - timedelta(seconds=1)
    BoardPack.objects.filter(pk=first.pk).update(
        state=Job.State.MAKING, leased_until=past
    )

    assert queue_overdue_again() == 1
    assert set(queue()) == {str(first.pk), str(second.pk)}


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.on_both
def test_sixth_pack_is_refused_with_what_to_do_and_keeps_what_was_typed(
    ours: Tenant, settings: Settings
) -> None:
    settings.JOBS_PER_PERSON = 5
    viewer = ours.people[Role.VIEWER]
    ask_for_packs(ours, viewer, 5)
    before = DBTaskResult.objects.count()

    refused = client_of(viewer).post(
        reverse("packs"), {"meeting": "Board, 9 December", "stage": "planned"}
    )

    page = html_of(refused)
    assert refused.status_code == 429
    assert refused["Retry-After"] == "60"
    assert (
        "Five of your packs are still being made. Wait until one is ready, or cancel "
        "one." in page
    )
    assert 'autocomplete="off" value="Board, 9 December"' in page
    assert 'name="stage" value="planned"' in page
    assert BoardPack.objects.waiting().count() == 5
    assert DBTaskResult.objects.count() == before
    # A colleague is not concerned, and asking for one of the five again is no new job.
    ask_for_packs(ours, ours.people[Role.ADMIN], 1)
    ask_for_packs(ours, viewer, 1)


def test_organization_has_a_limit_too(ours: Tenant, settings: Settings) -> None:
    settings.JOBS_PER_ORGANIZATION = 2
    ask_for_packs(ours, ours.people[Role.VIEWER], 2)

    with pytest.raises(TooManyWaiting, match="Two packs, re-scores and imports of"):
        ask_for_packs(ours, ours.people[Role.ADMIN], 1)


def test_too_many_papers_of_one_person_are_refused(
    ours: Tenant, settings: Settings
) -> None:
    clear_papers(ours)
    settings.PAPERS_PER_PERSON = 1
    other = add_decision(ours, "Articles")
    queue_report(audit=ours.submitted, by=ours.contributor)

    refused = client_of(ours.contributor).post(
        reverse("request_paper", args=[other.pk]), headers=HTML
    )

    page = html_of(refused)
    assert refused.status_code == 429
    assert "One of your board papers are" not in page
    said = "Your board paper or annex is still being made. Wait until it is ready, then"
    assert said in page
    assert reverse("result", args=[other.pk]) in page


@pytest.mark.parametrize("name", ["request_paper", "request_annex"])
def test_refusal_says_that_annexes_count_with_the_papers(
    ours: Tenant, settings: Settings, name: str
) -> None:
    clear_papers(ours)
    settings.PAPERS_PER_PERSON = 2
    for number in range(2):
        other = add_decision(ours, f"Articles {number}")
        queue_report(audit=other, by=ours.contributor)

    refused = client_of(ours.contributor).post(
        reverse(name, args=[ours.submitted.pk]), headers=HTML
    )

    said = "Two of your board papers and annexes are still being made."
    assert said in html_of(refused)


@pytest.mark.once
def test_import_that_is_refused_keeps_the_chosen_columns(
    ours: Tenant, settings: Settings
) -> None:
    settings.JOBS_PER_PERSON = 1
    ask_for_packs(ours, ours.contributor, 1)
    inventory = start_import(
        organization=ours.organization,
        by=ours.contributor,
        name="x.csv",
        file=ContentFile(b"Ref,Title,Alias,Team,Does\nA-1,X,Y,Claims,Sorts\n"),
    )
    columns = {"reference": "Ref", "name": "Alias", "team": "Team", "summary": "Does"}

    refused = client_of(ours.contributor).post(
        reverse("import", args=[inventory.pk]), columns
    )

    page = html_of(refused)
    assert refused.status_code == 429
    said = "Your pack is still being made. Wait until it is ready, or cancel it."
    assert said in page
    assert '<option value="Alias" selected>' in page
    assert Import.objects.get(pk=inventory.pk).state == Import.State.READ


@pytest.mark.once
def test_rescore_that_is_refused_leads_back_to_its_day(
    ours: Tenant, settings: Settings
) -> None:
    settings.JOBS_PER_PERSON = 1
    ask_for_packs(ours, ours.contributor, 1)

    refused = client_of(ours.contributor).post(
        reverse("rescore"), {"on": "2023-01-01"}, headers=HTML
    )

    assert refused.status_code == 429
    assert "/time-machine/?on=2023-01-01" in html_of(refused)
    assert not Rescore.objects.exists()
