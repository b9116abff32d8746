"""What is found is what was asked for, and for whom it is: each filter alone.

`python -m tests.mutation.access` removes each of them. In the table of permissions, an
organization has one of each, so that another one would be taken for it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.access.audits import (
    audit_for_answering,
    audit_for_saving,
    audit_for_viewing,
    audit_with_notices,
    version_for_editing,
)
from audits.access.board_decisions import step_for_taking_back
from audits.access.bulk_changes import bulk_change_for_editing
from audits.access.calendars import feed_by_secret
from audits.access.cancelling import may_cancel
from audits.access.conditions import (
    condition_for_confirming,
    condition_for_telling,
    condition_for_viewing,
)
from audits.access.directory import (
    decides_alone,
    domain_for_managing,
    group_for_managing,
    provider_for,
    provider_of_organization,
    token_for_managing,
    token_that_opens,
    works_elsewhere,
)
from audits.access.discussion import ask_for_closing, comment_for_editing
from audits.access.evidence import evidence_for_viewing, proof_for_viewing
from audits.access.imports import (
    import_for_editing,
    import_for_removing,
    unused_imports,
)
from audits.access.invitations import invitation_by_secret, invitation_for_managing
from audits.access.members import member_for_managing
from audits.access.papers import pack_for_viewing, report_for_viewing
from audits.access.shares import share_for_ending
from audits.access.teams import team_for_viewing
from audits.models import (
    BulkChange,
    DirectoryGroup,
    Import,
    Invitation,
    MailDomain,
    Membership,
    Organization,
    ProofFile,
    ProvisioningToken,
    Role,
    SignOffCondition,
    SignOnProvider,
    User,
    Version,
)
from audits.services.board.steps import take_step_back
from audits.services.conditions.conditions import Term
from audits.services.portfolio.saved_views import make_feed
from audits.services.reviews.condition_steps import may_confirm, may_tell
from tests.board.boards import did, record, sign
from tests.casting import Cast, Tenant
from tests.conditions import sign_with, term
from tests.sign_on.directories import directory_of

type Find = Callable[[Membership, Any], object]
pytestmark = pytest.mark.once


def member_of(tenant: Tenant, role: Role) -> Membership:
    found: Membership = tenant.people[role].memberships.get()
    return found


def test_unknown_id_finds_nothing_beside_what_there_is(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        sign_with(cast.ours.submitted, cast.ours.people[Role.REVIEWER], a_term(cast))
        member = member_of(cast.ours, Role.ADMIN)
        token_of(cast.ours)
        ProofFile.objects.create(
            organization=cast.ours.organization,
            audit=cast.ours.submitted,
            size=0,
            added_by=cast.ours.contributor,
        )

        for find in (
            *(audit_for_viewing, audit_for_answering, audit_for_saving),
            *(audit_with_notices, version_for_editing, step_for_taking_back),
            *(bulk_change_for_editing, condition_for_viewing, token_for_managing),
            *(ask_for_closing, comment_for_editing, evidence_for_viewing),
            proof_for_viewing,
            *(pack_for_viewing, report_for_viewing, share_for_ending),
            *(team_for_viewing, member_for_managing),
        ):
            with pytest.raises(Http404):
                find(member, uuid4())
        person = cast.ours.contributor
        found = member_for_managing(member, person.public_id)
        assert found.user == person
        with pytest.raises(PermissionDenied):
            member_for_managing(member_of(cast.ours, Role.REVIEWER), person.public_id)


def test_step_is_taken_back_once_and_by_whom_the_role_lets(cast: Cast) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        reviewer = ours.people[Role.REVIEWER]
        step = did(record(sign(ours), reviewer), reviewer, "stage")
        member = member_of(ours, Role.CONTRIBUTOR)

        assert step_for_taking_back(member, step.public_id) == step
        with pytest.raises(Http404):
            step_for_taking_back(member, uuid4())
        with pytest.raises(PermissionDenied):
            step_for_taking_back(member_of(ours, Role.VIEWER), step.public_id)
        undone = take_step_back(step=step, by=reviewer, words="It was another")
        assert undone
        with pytest.raises(Http404):
            step_for_taking_back(member, undone.public_id)


def test_who_only_reads_by_now_cancels_and_changes_nothing_but_their_own_work(
    cast: Cast,
) -> None:
    ours, viewer = cast.ours, cast.ours.people[Role.VIEWER]
    with scope(organization=ours.organization):
        BulkChange.objects.filter(pk=ours.change.pk).update(by=viewer)
        member = member_of(ours, Role.VIEWER)
        pack = ours.pack

        with pytest.raises(PermissionDenied):
            bulk_change_for_editing(member, ours.change.pk)
        pack.requested_by = ours.contributor
        assert not may_cancel(member, pack)
        assert may_cancel(member_of(ours, Role.REVIEWER), pack)
        pack.requested_by = viewer
        assert may_cancel(member, pack)


def test_condition_is_told_and_confirmed_by_whom_it_concerns(cast: Cast) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        sign_with(ours.submitted, ours.people[Role.REVIEWER], a_term(cast))
        found = SignOffCondition.objects.get()

        with pytest.raises(PermissionDenied):
            condition_for_telling(member_of(ours, Role.VIEWER), found.pk)
        with pytest.raises(PermissionDenied):
            condition_for_confirming(member_of(ours, Role.VIEWER), found.pk)
        owner = found.owner.memberships.get()
        assert condition_for_telling(owner, found.pk) == found
        found.handed_to = ours.people[Role.VIEWER]
        found.audit.use_case.owner = ours.people[Role.ADMIN]
        assert may_tell(found, member_of(ours, Role.VIEWER))
        assert not may_tell(found, owner)
        signer, admin = ours.people[Role.REVIEWER], ours.people[Role.ADMIN]
        signer.memberships.update(role=Role.VIEWER)
        assert [may_confirm(found, x) for x in (signer, admin)] == [True, True]
        found.handed_to = admin
        assert not may_confirm(found, admin)
        found.handed_to = None
        Version.objects.create(
            organization=found.audit.organization,
            audit=found.audit,
            kind="answer",
            item="goal",
            number=7,
            value="none",
            by=admin,
            at=found.audit.created_at,
        )
        assert not may_confirm(found, admin)
    with scope(organization=cast.theirs.organization):
        assert not may_confirm(found, cast.theirs.people[Role.ADMIN])


def test_calendar_is_read_while_its_owner_belongs_and_the_organization_is_open(
    cast: Cast,
) -> None:
    ours, person = cast.ours, cast.ours.contributor
    with scope(organization=ours.organization):
        feed, secret = make_feed(member=member_of(ours, Role.CONTRIBUTOR), view=None)
    assert feed_by_secret(secret) == feed

    with left_closed(ours.organization), pytest.raises(Http404):
        feed_by_secret(secret)
    with scopes_disabled():
        elsewhere = cast.theirs.organization
        person.memberships.update(ended_at=timezone.now())
        person.memberships.create(organization=elsewhere, role=Role.VIEWER)
    with pytest.raises(Http404):
        feed_by_secret(secret)


def test_token_opens_one_open_directory_until_it_is_revoked(cast: Cast) -> None:
    ours, theirs = cast.ours.organization, cast.theirs.organization
    token = directory_of(ours).token
    found = token_that_opens(token, ours.pk)
    assert found is not None
    assert (found.organization, token_that_opens(token, theirs.pk)) == (ours, None)
    assert token_that_opens(f"{token}x", ours.pk) is None
    with left_closed(ours):
        assert token_that_opens(token, ours.pk) is None

    with scope(organization=ours):
        member = member_of(cast.ours, Role.ADMIN)
        assert token_for_managing(member, found.public_id) == found
        with pytest.raises(Http404):
            token_for_managing(member, None)
        with pytest.raises(PermissionDenied):
            token_for_managing(member_of(cast.ours, Role.REVIEWER), found.public_id)
        ProvisioningToken.objects.update(revoked_at=timezone.now())
    assert token_that_opens(token, ours.pk) is None


def test_provider_is_that_of_one_organization_closed_or_not(cast: Cast) -> None:
    ours, theirs = cast.ours.organization, cast.theirs.organization
    with scope(organization=ours):
        found = SignOnProvider.objects.create(
            organization=ours, issuer="https://sign.example"
        )
    assert provider_of_organization(ours.pk) == found

    with pytest.raises(Http404):
        provider_of_organization(theirs.pk)
    with left_closed(ours):  # its administrators come in by it to open it again
        assert provider_of_organization(ours.pk) == found


def test_provider_is_found_by_a_domain_that_was_proved_alone(cast: Cast) -> None:
    ours, theirs = cast.ours.organization, cast.theirs.organization
    with scopes_disabled():
        of_ours, of_theirs = (
            SignOnProvider.objects.create(organization=each, issuer="https://a.example")
            for each in (ours, theirs)
        )
        for each, day in ((ours, None), (theirs, timezone.now())):
            domain = f"{each.slug}.example"
            for name, proved in ((domain, timezone.now()), ("both.example", day)):
                MailDomain.objects.create(
                    organization=each, domain=name, proved_at=proved
                )

    for address, found in (
        ("a@northgate.example", of_ours),
        ("a@zanzibar.example", of_theirs),
        ("a@both.example", of_theirs),
        ("a@neither.example", None),
    ):
        assert provider_for(address) == found, address


def test_page_of_questions_has_the_evidence_of_its_audit_alone(cast: Cast) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        member = member_of(ours, Role.CONTRIBUTOR)
        draft, other = (
            vars(audit_for_answering(member, each.pk))["questions_with_evidence"]
            for each in (ours.draft, ours.submitted)
        )

    assert (draft, other or "") == ("quality_gap", "")


def test_groups_domains_and_invitations_are_managed_by_an_administrator(
    cast: Cast,
) -> None:
    ours = cast.ours.organization
    with scope(organization=ours):
        domain = MailDomain.objects.create(organization=ours, domain="sign.example")
        group = DirectoryGroup.objects.create(organization=ours, name="Claims")
        member, reviewer = (
            member_of(cast.ours, role) for role in (Role.ADMIN, Role.REVIEWER)
        )
        finds: list[tuple[Find, Any]] = [
            (domain_for_managing, domain),
            (group_for_managing, group),
            (invitation_for_managing, cast.ours.invitation),
        ]

        for find, one in finds:
            assert find(member, one.public_id) == one
            for unknown in (None, uuid4()):
                with pytest.raises(Http404):
                    find(member, unknown)
            with pytest.raises(PermissionDenied):
                find(reviewer, one.public_id)
        digest = Invitation.digest_of("a secret")
        Invitation.objects.filter(pk=cast.ours.invitation.pk).update(digest=digest)

    assert invitation_by_secret("a secret") == cast.ours.invitation
    assert invitation_by_secret("another") is None


def test_who_works_elsewhere_left_this_organization_and_no_other(cast: Cast) -> None:
    ours, left, never = cast.ours, cast.ours.people[Role.VIEWER], cast.unassigned
    elsewhere = cast.theirs.organization
    known, of_another = (
        User.objects.create_user(f"{name}@example.org", None) for name in "ab"
    )
    with scopes_disabled():
        left.memberships.update(ended_at=timezone.now())
        for person in (left, never, ours.contributor, known, of_another):
            person.memberships.create(organization=elsewhere, role=Role.VIEWER)
        known.provider_accounts.create(organization=ours.organization)
        of_another.provider_accounts.create(organization=elsewhere)

    assert {*works_elsewhere(ours.organization)} == {left.pk, known.pk}


def test_organization_decides_about_who_never_belonged_to_another(cast: Cast) -> None:
    ours, theirs = cast.ours.organization, cast.theirs.organization
    person = cast.ours.contributor
    assert decides_alone(ours.pk, person)
    assert decides_alone(ours.pk, cast.unassigned)
    assert not decides_alone(theirs.pk, person)

    with scopes_disabled():
        now = timezone.now()
        person.memberships.create(organization=theirs, role=Role.VIEWER, ended_at=now)
    assert not decides_alone(ours.pk, person)


@contextmanager
def left_closed(organization: Organization) -> Iterator[None]:
    for closed_at in (timezone.now(), None):
        organization.closed_at = closed_at
        organization.save(update_fields=["closed_at"])
        if closed_at:
            yield


def test_upload_is_imported_and_removed_by_whom_it_is_of_while_they_contribute(
    cast: Cast,
) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        stored = Import.objects.filter(pk=ours.inventory.pk)
        for by in (ours.people[Role.VIEWER], ours.contributor):
            stored.update(by=by, state=Import.State.READ)
            own = by.memberships.get()
            other = member_of(ours, Role.REVIEWER)
            listed = [[*unused_imports(each)] for each in (own, other)]
            assert listed == [[ours.inventory], []]
            for find in (import_for_editing, import_for_removing):
                if by == ours.contributor:
                    assert find(own, ours.inventory.pk) == ours.inventory
                else:
                    with pytest.raises(PermissionDenied):
                        find(own, ours.inventory.pk)
                with pytest.raises(Http404):
                    find(other, uuid4())
        stored.update(state=Import.State.DONE)
        assert [*unused_imports(own)] == []


def token_of(tenant: Tenant) -> str:
    return directory_of(tenant.organization).token


def a_term(cast: Cast) -> Term:
    return term(cast.ours.submitted, "Test it")
