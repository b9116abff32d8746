"""Many use cases of the portfolio are changed at once, and that is undone."""

import gc
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from pytest_django import Settings

from audits.models import (
    Audit,
    BulkChange,
    Cover,
    CoverVersion,
    Event,
    PortfolioRow,
    Role,
    Stage,
    Team,
    UseCase,
)
from audits.scoring.days import in_words
from audits.services.jobs import leases
from audits.services.record.record_checks import check_record
from audits.services.reviews.drift import why_valid_until
from audits.services.timelines.changes import Change, changes_of
from audits.services.use_cases.bulk import changes, plans
from audits.services.use_cases.changing import change_use_case
from tests.casting import Cast
from tests.pages import html_of
from tests.portfolio.changing_many import make, plan, ticked, words
from tests.portfolio.portfolio_pages import page
from tests.portfolio.rows_made import make_rows
from tests.signed_in import sign_in

HTMX = {"HX-Request": "true"}


@pytest.mark.on_both
def test_ticked_use_cases_are_changed_and_put_back(cast: Cast, client: Client) -> None:
    rows = make_rows(cast.ours, 4, stage=Stage.LIVE, state=Audit.State.DRAFT)
    organization, admin = cast.ours.organization, cast.ours.people[Role.ADMIN]
    with scope(organization=organization):
        team = Team.objects.create(organization=organization, name="Fraud")
        before = list(PortfolioRow.objects.order_by("number").values())
        Cover.objects.create(
            organization=organization,
            audit=rows[2].audit,
            sponsor="Bea",
            sponsor_agreed_on=date(2026, 2, 3),
        )
    table = page(client)
    assert table.count('name="case"') == 6  # with the two of the cast
    there = plan(
        client,
        ticked(*rows[:3]),
        owner=str(admin.public_id),
        team=str(team.public_id),
        stage="stopped",
        sponsor="Ada",
        add="Pilot, EU",
    )

    said = words(client.get(there))
    assert "3 of 3 use cases will change. Nothing has changed yet." in said
    assert "Stage: from “ Live ” to “ Stopped ”" in said
    done = make(client, there)

    named = ", ".join(f"{x.use_case.reference} {x.name}" for x in rows[:3])
    assert f"3 use cases are changed. {named} ." in done.replace(" ,", ",")
    with scope(organization=organization):
        for row in rows[:3]:
            use_case = UseCase.objects.get(pk=row.use_case_id)
            stored = PortfolioRow.objects.get(use_case=use_case)
            for one in (use_case, stored):
                assert (one.owner, one.team, one.stage) == (admin, team, "stopped")
                assert one.tags == "EU, Pilot"
            assert stored.stage_rank == Stage.values.index("stopped")
            assert Cover.objects.get(audit=stored.audit_id).sponsor == "Ada"
            line = Event.objects.get(verb="use_case.changed", subject=row.reference)
            assert line.details["changed"] == ["owner", "team", "stage", "tags"]
            assert line.details["team"] == [row.team.name, "Fraud"]
            assert line.details["owner"] == [row.owner_id, admin.pk]
        assert CoverVersion.objects.filter(words={"sponsor": "Ada"}).count() == 2
        # Who agreed was another one, and nobody asked her who is back after an undo.
        [emptied] = CoverVersion.objects.filter(words__has_key="sponsor_agreed_on")
        assert emptied.audit == rows[2].audit
        assert emptied.words == {"sponsor": "Ada", "sponsor_agreed_on": None}
        assert Cover.objects.get(audit=rows[2].audit).sponsor_agreed_on is None
        whole = Event.objects.get(verb="use_cases.changed")
        assert whole.details["changed"] == 3

        # Somebody changes one of them afterwards.
        other = UseCase.objects.select_related("team").get(pk=rows[0].use_case_id)
        change_use_case(
            use_case=other, by=admin, name=other.name, team=other.team, tags="Own"
        )
    client.post(f"{there}undo/")
    undone = words(client.get(there))

    assert "Undone. 3 use cases are as before the change." in undone
    assert f"{rows[0].reference} {rows[0].name} : changed since by {admin}" in undone
    with scope(organization=organization):
        other.refresh_from_db()
        assert (other.tags, other.stage, other.owner_id) == (
            "Own",
            "live",
            rows[0].owner_id,
        )
        before[2] |= {"tags": "Own", "tag_keys": "\nown\n"}
        assert list(PortfolioRow.objects.order_by("number").values()) == before
        assert Cover.objects.get(audit=rows[1].audit_id).sponsor == ""
        back = Cover.objects.get(audit=rows[2].audit_id)
        assert (back.sponsor, back.sponsor_agreed_on) == ("Bea", None)
        assert not [*check_record(organization).faults]


@pytest.mark.once
def test_change_of_many_is_on_timelines_and_in_a_list(
    cast: Cast, client: Client
) -> None:
    rows = make_rows(cast.ours, 3, stage=Stage.LIVE, state=Audit.State.DRAFT)
    old, new = cast.ours.contributor, cast.ours.people[Role.ADMIN]
    of_all = {"stage": "stopped", "sponsor": "Ada", "add": "Pilot, EU"}
    there = plan(client, ticked(*rows), owner=str(new.public_id), **of_all)
    # An administrator reviews.
    plain = html_of(client.get(there)).partition(f"{new}</bdi> signs verdicts off.")
    assert plain[2].startswith(" As owner they may")
    assert "<svg" not in plain[0].rpartition('class="note"')[2]  # it is no error
    listed = reverse("bulk_changes")
    assert "Nobody has changed several" in words(client.get(listed))
    make(client, there)

    told = words(client.get(reverse("timeline", args=[rows[1].audit_id])))
    assert f"{old} changed this use case together with 2 others." in told
    assert f"Owner: from “ {rows[1].owner} ” to “ {new} ”" in told
    assert "Stage: from “ Live ” to “ Stopped ”" in told
    assert "Tags: from “ none ” to “ EU, Pilot ”" in told
    assert "Sponsor: from “ none ” to “ Ada ”" in told

    assert listed in page(client)
    of_own = html_of(client.get(listed))
    assert there in of_own
    told = words(client.get(listed))
    assert f"3 use cases Owner: {new} · Stage: Stopped · Tags: add" in told
    assert f"{old} , " in told
    assert "Undo until" in told
    # Who may change use cases sees it, and who made it undoes it.
    given = f"{old} made you the owner of 3 use cases, including this one"
    assert given not in words(client.get(reverse("inbox")))
    sign_in(client, new)
    assert words(client.get(reverse("inbox"))).count("made you the owner") == 1
    assert given in words(client.get(reverse("inbox")))
    there_is = client.get(reverse("notice", args=["given", rows[0].audit_id]))
    assert there_is["Location"].endswith(f"/portfolio/?owner={new.public_id}")
    of_others = client.get(listed)
    assert f"3 use cases Owner: {new}" in words(of_others)
    assert there not in html_of(of_others)
    sign_in(client, old)
    client.post(f"{there}undo/")
    assert "Undone" in words(client.get(listed))
    # One use case leads to its result, and what was put back is told to nobody.
    make(client, plan(client, ticked(rows[2]), owner=str(new.public_id)))
    sign_in(client, new)
    assert f"{old} made you the owner, just now" in words(client.get(reverse("inbox")))
    assert "of 3 use cases" not in words(client.get(reverse("inbox")))
    alone = client.get(reverse("notice", args=["given", rows[2].audit_id]))
    assert alone["Location"].endswith(f"/audits/{rows[2].audit_id}/result/")


@pytest.mark.once
def test_all_that_a_filter_finds_are_planned_and_who_cannot_is_named(
    cast: Cast, client: Client
) -> None:
    many = ", ".join(f"t{number}" for number in range(9))
    make_rows(cast.ours, 2, name="Signed", state=Audit.State.SIGNED_OFF)
    full = make_rows(cast.ours, 1, name="Full", state=Audit.State.DRAFT)
    with scope(organization=cast.ours.organization):
        use_case = UseCase.objects.select_related("team").get(pk=full[0].use_case_id)
        change_use_case(
            use_case=use_case,
            by=cast.ours.contributor,
            name=use_case.name,
            team=use_case.team,
            tags=many,
        )

    there = plan(client, "which=all&q=Signed", sponsor="Ada", add="new")
    said = words(client.get(there))
    assert "2 of 2 use cases will change." in said
    assert "Sponsor Ada 0 0 2 " in said
    assert (
        "Left out: Sponsor: its verdict is signed off, so page 1 keeps its sponsor."
        in said
    )
    there = plan(client, ticked(full[0]), add="one, two, T3", remove="T1")
    assert "“ one, t0, t2, t3, t4, t5, t6, t7, t8, two ”" in words(client.get(there))
    there = plan(client, ticked(full[0]), add="one, two, T3")
    said = words(client.get(there))
    assert "Nothing would change" in said
    assert "Tags: Use 10 tags or fewer; these are 11." in said
    make_rows(cast.ours, 50)
    last = {"which": "page", "page": "5", "sort": "name"}
    last_page = words(client.get(reverse("change_many"), last))
    assert "Change 7 use cases" in last_page
    assert "Signed" in last_page
    # Only the latest plan of a person is kept.
    with scope(organization=cast.ours.organization):
        own = BulkChange.objects.filter(by=cast.ours.contributor)
        assert [str(change.pk) in there for change in own] == [True]


@pytest.mark.thorough
@pytest.mark.once
def test_form_says_what_is_wrong_and_loses_nothing(cast: Cast, client: Client) -> None:
    [row] = make_rows(cast.ours, 1)
    there = reverse("change_many")
    fields = {"chosen": ticked(row), "sponsor": "S" * 41, "add": "kept"}

    refused = html_of(client.post(there, fields))

    assert "Use 40 characters or fewer for the sponsor" in refused
    assert 'value="kept"' in refused
    assert "</bdi>." in refused  # the full stop is beside the last name
    assert f"case={row.use_case_id}" in refused
    none = client.post(there, {"chosen": ticked(row)})
    assert "Choose at least one change" in html_of(none)
    assert "No use case is chosen" in html_of(client.get(there))
    viewer = cast.ours.people[Role.VIEWER]
    for owner in (viewer, cast.theirs.contributor):
        fields = {"chosen": ticked(row), "owner": str(owner.public_id)}
        assert client.post(there, fields).status_code == 422


@pytest.mark.once
def test_use_cases_of_others_are_never_found(cast: Cast, client: Client) -> None:
    theirs = cast.theirs.draft.use_case
    [row] = make_rows(cast.ours, 1)
    chosen = f"{ticked(row)}&case={theirs.pk}"

    there = plan(client, chosen, add="tag")
    assert "1 of 1 use cases" in words(client.get(there)).replace(
        "use case ", "use cases "
    )
    # Nor does a stored id reach beyond the organization.
    with scope(organization=cast.ours.organization):
        BulkChange.objects.filter(pk=there.split("/")[-2]).update(
            cases=[row.use_case_id.hex, theirs.pk.hex]
        )
    make(client, there)
    with scope(organization=cast.theirs.organization):
        assert UseCase.objects.get(pk=theirs.pk).tags == ""
    with scope(organization=cast.ours.organization):
        assert UseCase.objects.get(pk=row.use_case_id).tags == "tag"


@pytest.mark.on_both
def test_nothing_changes_if_somebody_changed_one_since_the_plan(
    cast: Cast, client: Client
) -> None:
    rows = make_rows(cast.ours, 2, stage=Stage.LIVE)
    there = plan(client, ticked(*rows), stage="stopped")
    shown = re.findall(r'name="shown" value="(\w{64})"', html_of(client.get(there)))
    with scope(organization=cast.ours.organization):
        UseCase.objects.filter(pk=rows[0].use_case_id).update(stage=Stage.PLANNED)

    client.post(f"{there}write/", {"shown": shown[0]})

    assert changes.OVERTAKEN in words(client.get(there))
    with scope(organization=cast.ours.organization):
        assert not UseCase.objects.filter(stage=Stage.STOPPED).exists()
    assert "2 use cases are changed." in make(client, there)


@pytest.mark.once
def test_worker_makes_and_undoes_a_large_change(
    cast: Cast, client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = "django.tasks.backends.immediate.ImmediateBackend"
    settings.TASKS = {"default": {"BACKEND": backend}}
    monkeypatch.setattr("audits.portfolio.changing.views.AT_ONCE", 1)
    make_rows(cast.ours, 3, stage=Stage.LIVE)
    there = plan(client, "which=all&stage=live", stage="stopped")

    assert "3 use cases are changed." in make(client, there)
    client.post(f"{there}undo/")

    assert "Undone. 3 use cases" in words(client.get(there))
    with scope(organization=cast.ours.organization):
        assert PortfolioRow.objects.filter(stage=Stage.LIVE).count() == 3
        # A plan that is not that of the page changes nothing, and says so.
        change = changes.start_change(
            organization=cast.ours.organization,
            by=cast.ours.contributor,
            cases=[
                cast.ours.draft.use_case_id.hex,
                cast.ours.submitted.use_case_id.hex,
            ],
            wanted={"stage": "live"},
        )
    client.post(reverse("bulk_write", args=[change.pk]), {"shown": "0" * 64})
    assert changes.OVERTAKEN in words(
        client.get(reverse("bulk_change", args=[change.pk]))
    )


@pytest.mark.on_both
def test_reviews_are_brought_forward_and_put_back(cast: Cast, client: Client) -> None:
    today = timezone.localdate()
    until, day, first, early = (today + timedelta(days=n) for n in (300, 100, 50, 20))
    signed = make_rows(cast.ours, 4, state=Audit.State.SIGNED_OFF, due_on=until)
    [draft] = make_rows(cast.ours, 1, state=Audit.State.DRAFT, due_on=None)
    free, condition, sooner, due = signed
    with scope(organization=cast.ours.organization):
        audits = Audit.objects.filter(portfolio_row__in=signed)
        audits.update(valid_until=until, signed_off_at=datetime(2025, 1, 9, tzinfo=UTC))
        Audit.objects.filter(pk=sooner.audit_id).update(valid_until=early)
        rows = PortfolioRow.objects.order_by("number")
        rows.filter(pk=condition.pk).update(condition_due_on=first)
        rows.filter(pk=due.pk).update(review_cause="The market changed")
        before = list(rows.values()), list(audits.order_by("pk").values())
    past = client.post(
        reverse("change_many"), {"chosen": ticked(free), "review": "2020-01-01"}
    )
    assert "Enter a review date that is still to come" in words(past)

    there = plan(client, ticked(*signed, draft), review=day.isoformat())

    said = words(client.get(there))
    assert "2 of 5 use cases will change." in said
    assert f"Review date: from “ {in_words(until)} ” to “ {in_words(day)} ”" in said
    for left in (plans.UNSIGNED, plans.SOONER, plans.DUE):
        assert f"Review date: {left}" in said
    assert "2 use cases are changed." in make(client, there)
    with scope(organization=cast.ours.organization):
        kept = dict(audits.values_list("pk", "valid_until"))
        assert (kept[free.audit_id], kept[due.audit_id]) == (day, until)
        assert kept[sooner.audit_id] == early
        assert rows.get(pk=free.pk).due_on == day
        assert rows.get(pk=condition.pk).due_on == first
        [line] = Event.objects.filter(verb="use_case.changed", subject=free.reference)
        assert line.details["review"] == [until.isoformat(), day.isoformat()]
        why = why_valid_until(audits.select_related("use_case").get(pk=free.audit_id))
        assert why == "somebody brought the review forward to this day"
        [told] = changes_of(UseCase.objects.get(pk=free.use_case_id))
        assert told.changes == (Change("Review date", *map(in_words, (until, day))),)
    client.post(f"{there}undo/")
    assert "Undone. 2 use cases are as before" in words(client.get(there))
    with scope(organization=cast.ours.organization):
        rows.filter(pk=condition.pk).update(due_on=until)  # it was not the earliest
        after = list(rows.values()), list(audits.order_by("pk").values())
        assert after == before
        assert not [*check_record(cast.ours.organization).faults]


def test_large_change_says_how_many_it_has_compared(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("AT_ONCE", 1), ("BATCH", 2)):
        monkeypatch.setattr(changes, name, value)
    make_rows(cast.ours, 3, stage=Stage.LIVE)
    there = plan(client, "which=all&stage=live", stage="stopped")
    with scope(organization=cast.ours.organization):
        change = BulkChange.objects.get(pk=there.split("/")[-2])
        changes.ask_to_write(change=change, shown="of another page")
        said = words(client.get(there))
        leases.claim(job=change, waiting_in=BulkChange.State.WRITING)
        told, collects = list[str](), [gc.isenabled()]
        extend = leases.extend

        def extend_and_look(*, job: BulkChange, done: int) -> None:
            extend(job=job, done=done)
            told.append(words(client.get(f"{there}?seen=writing-0", headers=HTMX)))
            collects.append(gc.isenabled())

        monkeypatch.setattr(leases, "extend", extend_and_look)
        with pytest.raises(changes.PlanChanged):
            changes.write(change=change)

    assert [*collects, gc.isenabled()] == [True, False, False, True]
    assert "Comparing with what you read: 0 of 3" in said
    assert "Comparing with what you read: 2 of 3" in told[0]
    assert "Changing 3 use cases, all at once" in told[1]
    same = client.get(f"{there}?seen=writing-3", headers=HTMX)
    assert same.status_code == 204
