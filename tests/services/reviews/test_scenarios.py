"""A scenario that is kept becomes answers of a draft, with the levels that it had."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Role, Version
from audits.models.audits import values
from audits.scoring.what_if.changes import Changes, changed
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import ChangedSinceRead, submit_audit
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.reviews.drafts.scenarios import (
    NoPlaceToKeep,
    keep_scenario,
    may_keep,
)
from tests.casting import Cast
from tests.pages import html_of
from tests.proved import show
from tests.signed_in import sign_in

CHANGES = Changes(
    answers={"change_rate": "static", "knowledge_size": "small"},
    levels={"knowledge_size": "measured"},
    numbers={"requests": "250000"},
)


def keep(audit: Audit, cast: Cast, changes: Changes = CHANGES, **more: Any) -> Audit:
    given = {"revision": audit.revision, **more}
    by = cast.ours.people[Role.ADMIN]
    return keep_scenario(audit=audit, by=by, changes=changes, **given)


@pytest.mark.thorough
def test_scenario_of_a_signed_audit_becomes_a_new_draft(
    signed: Audit, cast: Cast
) -> None:
    show(signed, cast.ours.contributor, CHANGES.levels)
    before = signed.inputs
    assert before.levels["change_rate"] == "documented"

    draft = keep(signed, cast)

    assert (draft.supersedes, draft.state) == (signed, "draft")
    assert draft.inputs == changed(before, CHANGES)
    assert draft.inputs.levels["change_rate"] == "asserted"
    assert fresh_audit(signed).inputs == before
    admin = cast.ours.people[Role.ADMIN]
    mine = Version.objects.filter(audit=draft, by=admin, number__gt=1)
    assert {(version.kind, version.item) for version in mine} == {
        ("answer", "change_rate"),
        ("answer", "knowledge_size"),
        ("level", "change_rate"),
        ("number", "requests"),
    }


@pytest.mark.on_both
def test_scenario_goes_into_a_draft_as_it_was_compared(
    signed: Audit, cast: Cast
) -> None:
    show(signed, cast.ours.contributor, CHANGES.levels)
    draft = begin_again(audit=signed, by=cast.ours.contributor)
    before = fresh_audit(draft).inputs

    kept = keep(draft, cast)

    assert kept == draft
    assert fresh_audit(draft).inputs == changed(before, CHANGES)


def test_level_that_somebody_else_chose_too_is_kept(signed: Audit, cast: Cast) -> None:
    draft = begin_again(audit=signed, by=cast.ours.contributor)
    sent: Any = {("level", "change_rate"): Sent(value="asserted")}
    lead = cast.ours.contributor
    save_entries(audit=fresh_audit(draft), by=lead, sent=sent, sender=Sender())
    draft = fresh_audit(draft)

    keep(draft, cast, Changes(answers={"change_rate": "static"}))

    assert values(fresh_audit(draft).levels)["change_rate"] == "asserted"


@pytest.mark.on_both
def test_nothing_is_kept_in_a_draft_that_changed_since(
    signed: Audit, cast: Cast
) -> None:
    draft = begin_again(audit=signed, by=cast.ours.contributor)
    lead = cast.ours.contributor
    save_answers(audit=draft, by=lead, answers={"change_rate": "monthly"})

    with pytest.raises(ChangedSinceRead):
        keep(draft, cast)

    assert fresh_audit(draft).given_codes["change_rate"] == "monthly"


@pytest.mark.on_both
def test_nothing_is_kept_where_a_new_audit_was_started(
    signed: Audit, cast: Cast
) -> None:
    assert may_keep(signed)
    draft = begin_again(audit=signed, by=cast.ours.contributor)
    before = fresh_audit(draft)

    with pytest.raises(NoPlaceToKeep):
        keep(signed, cast)

    assert not may_keep(signed)
    assert fresh_audit(draft).answers == before.answers
    submit_audit(audit=draft, by=cast.ours.contributor)
    assert not may_keep(fresh_audit(draft))


def test_page_keeps_the_scenario_that_is_edited(
    signed: Audit, cast: Cast, client: Client
) -> None:
    there = reverse("what_if", args=[signed.pk])
    query = "a.change_rate=static&b.change_rate=monthly&scenario=b"
    page = html_of(client.get(f"{there}?{query}"))
    assert "Keep as a new draft" in page
    sent = {"query": query, "revision": signed.revision}

    response = client.post(reverse("what_if_keep", args=[signed.pk]), sent)

    with scope(organization=cast.ours.organization):
        draft = Audit.objects.get(supersedes=signed)
        assert draft.given_codes["change_rate"] == "monthly"
    assert response["Location"] == reverse("tasks", args=[draft.pk])
    again = client.post(reverse("what_if_keep", args=[signed.pk]), sent, follow=True)
    assert again.redirect_chain[0][0].startswith(there)
    assert "Nothing was kept" in html_of(again)
    assert "(scenario)" in html_of(client.get(f"{there}?{query}"))


def test_scenario_of_a_submitted_audit_is_kept_as_a_copy_of_its_use_case(
    cast: Cast, client: Client
) -> None:
    audit = cast.ours.submitted
    use_case = audit.use_case
    there = reverse("what_if", args=[audit.pk])
    query = "a.change_rate=static&a.number.requests=90000"
    page = html_of(client.get(f"{there}?{query}"))
    last = re.search(r'name="registered" value="(\d+)"', page)
    assert last
    sent = {"query": query, "copy": "1", "registered": last[1]}
    keep_it = reverse("what_if_keep", args=[audit.pk])
    stale = html_of(client.post(keep_it, sent | {"revision": 99}, follow=True))

    sent["revision"] = str(audit.revision)
    response = client.post(keep_it, sent, follow=True)
    again = client.post(keep_it, sent)

    assert "Nothing was kept" in stale
    assert f"“<bdi>{use_case.name} (scenario)</bdi>”" in " ".join(page.split())
    assert "with the changes of your scenario" in html_of(response)
    with scope(organization=cast.ours.organization):
        copy = Audit.objects.select_related("use_case").get(copied_from=audit)
        assert again["Location"] == reverse("tasks", args=[copy.pk])
        assert copy.use_case.name == f"{use_case.name} (scenario)"
        assert copy.use_case.team_id == use_case.team_id
        assert copy.given_codes == audit.given_codes | {"change_rate": "static"}
        assert copy.inputs.numbers["requests"] == "90000"
        assert {*copy.levels} == {*copy.given_codes}
        assert {each["value"] for each in copy.levels.values()} == {"asserted"}
        assert fresh_audit(audit).answers == audit.answers


@pytest.mark.thorough
def test_page_names_a_draft_that_changed_since(cast: Cast, client: Client) -> None:
    draft = cast.ours.draft
    with scope(organization=cast.ours.organization):
        before = fresh_audit(draft)
    where = reverse("what_if_keep", args=[draft.pk])
    query = {"query": "a.state=none"}

    for revision in ("", "x", str(before.revision + 1)):
        response = client.post(where, {**query, "revision": revision}, follow=True)
        assert "somebody changed the draft after you compared" in html_of(response)
    sign_in(client, cast.ours.people[Role.VIEWER])
    assert client.post(where, query).status_code == 403

    with scope(organization=cast.ours.organization):
        assert fresh_audit(draft).answers == before.answers
