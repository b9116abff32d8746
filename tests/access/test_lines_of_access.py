"""What no page can show, since another line of access holds beside it.

`python -m tests.mutation.access` removes each of them alone.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.access.audits import (
    audit_for_saving,
    audit_for_viewing,
    audit_to_override,
    set_aside_version,
    signed_audit_for_files,
    version_for_editing,
    version_to_restore,
)
from audits.access.bulk_changes import bulk_change_for_editing
from audits.access.discussion import ask_for_closing, comment_for_editing
from audits.access.evidence import evidence_for_viewing
from audits.access.imports import (
    import_for_editing,
    import_for_removing,
    unused_imports,
)
from audits.access.invitations import invitation_for_managing
from audits.access.members import member_for_managing
from audits.access.opened_pages import ticket_of
from audits.access.papers import pack_for_viewing, report_for_viewing
from audits.access.rescores import rescore_for_viewing
from audits.access.sent_forms import PAGE_OF
from audits.access.shares import share_for_ending
from audits.access.teams import team_for_viewing
from audits.models import Role, Version
from tests.casting import Cast
from tests.conditions import sign_with, term
from tests.pages import html_of
from tests.signed_in import let_prove, sign_in

type Find = Callable[[Any, Any], object]


@pytest.mark.once
def test_member_finds_nothing_of_another_organization_in_its_scope(cast: Cast) -> None:
    """So a wrong scope alone shows nothing: who asks has to belong to what is found."""
    ours, theirs = cast.ours, cast.theirs
    finds: list[tuple[Find, object]] = [
        (audit_for_viewing, theirs.draft.pk),
        (version_for_editing, theirs.set_aside.public_id),
        (bulk_change_for_editing, theirs.change.pk),
        (ask_for_closing, theirs.ask.pk),
        (comment_for_editing, theirs.comment.public_id),
        (evidence_for_viewing, theirs.evidence.pk),
        (import_for_editing, theirs.inventory.pk),
        (import_for_removing, theirs.inventory.pk),
        (invitation_for_managing, theirs.invitation.public_id),
        (member_for_managing, theirs.contributor.public_id),
        (pack_for_viewing, theirs.pack.pk),
        (report_for_viewing, theirs.report.pk),
        (rescore_for_viewing, theirs.rescore.pk),
        (share_for_ending, theirs.share.public_id),
        (team_for_viewing, theirs.team.public_id),
    ]
    with scope(organization=ours.organization):
        member = ours.people[Role.ADMIN].memberships.get()
    with scope(organization=theirs.organization):
        own = theirs.people[Role.ADMIN].memberships.get()
        assert [*unused_imports(own)] == [theirs.inventory]

        assert [*unused_imports(member)] == []
        for find, of in finds:
            with pytest.raises(Http404):
                find(member, of)


@pytest.mark.once
def test_what_was_signed_is_changed_and_overridden_by_whom_the_role_lets(
    cast: Cast,
) -> None:
    ours, audit = cast.ours, cast.ours.submitted
    with scope(organization=ours.organization):
        sign_with(audit, ours.people[Role.REVIEWER], term(audit, "Test it"))
        viewer, contributor, reviewer = (
            ours.people[role].memberships.get()
            for role in (Role.VIEWER, Role.CONTRIBUTOR, Role.REVIEWER)
        )

        for find, member in (
            (signed_audit_for_files, viewer),
            (audit_for_saving, viewer),
            (audit_to_override, contributor),
        ):
            with pytest.raises(PermissionDenied):
                find(member, audit.pk)
        assert signed_audit_for_files(contributor, audit.pk) == audit
        assert audit_for_saving(contributor, audit.pk) == audit
        assert audit_to_override(reviewer, audit.pk) == audit


@pytest.mark.once
def test_version_is_restored_and_settled_only_as_what_it_is(cast: Cast) -> None:
    """What waits for a choice is settled; what is told of candidates never returns."""
    one, ours = cast.ours.set_aside, cast.ours
    with scope(organization=ours.organization):
        member, known = ours.contributor.memberships.get(), one.public_id
        stored = Version.objects.filter(pk=one.pk)
        assert set_aside_version(member, known) == one
        assert version_to_restore(member, known) == one

        stored.update(set_aside=False)
        with pytest.raises(Http404):
            set_aside_version(member, known)
        stored.update(kind=Version.Kind.CANDIDATE)
        with pytest.raises(Http404):
            version_to_restore(member, known)


@pytest.mark.once
def test_form_of_another_persons_page_is_refused_to_who_just_proved_themselves(
    cast: Cast,
) -> None:
    """Who has not is asked first, so the table of permissions shows nothing of it."""
    client, person = Client(), cast.ours.contributor
    client.force_login(person)
    let_prove(client, person)
    of_another = {PAGE_OF: ticket_of(cast.ours.people[Role.VIEWER])}
    said = "This page was opened by Northgate viewer."

    for name in (
        *("export_person", "erase_person", "add_app", "add_passkey"),
        *("remove_factor", "recovery_codes", "found", "end_session"),
        "accept_own_invitation",
    ):
        answer = client.post(reverse(name), of_another)

        assert (answer.status_code, said in html_of(answer)) == (409, True), name


@pytest.mark.once
def test_who_had_a_part_in_an_audit_is_refused_before_their_form_is_read(
    cast: Cast,
) -> None:
    ours, audit = cast.ours, cast.ours.submitted
    submitter, answerer = Client(), Client()
    sign_in(submitter, ours.contributor)
    sign_in(answerer, ours.people[Role.ADMIN])
    review, opinion, override = (
        reverse(name, args=[audit.pk])
        for name in ("review", "second_opinion", "override")
    )
    with scope(organization=ours.organization):
        ours.contributor.memberships.update(role=Role.REVIEWER)
        Version.objects.create(
            organization=ours.organization,
            audit=audit,
            kind="answer",
            item="goal",
            number=7,
            value="none",
            by=ours.people[Role.ADMIN],
            at=audit.created_at,
        )
        told = [x.get(opinion).status_code for x in (submitter, answerer)]
        page = html_of(answerer.get(review))
        sign_with(audit, ours.people[Role.REVIEWER], term(audit, "Test it"))
        told += [x.post(override).status_code for x in (submitter, answerer)]

    assert told == [403] * 4
    assert ('value="sent_back"' in page, 'value="approved"' in page) == (True, False)
