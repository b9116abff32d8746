"""What no page can show, since another line of access holds beside it.

`python -m tests.mutation.access` removes each of them alone.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404
from django_scopes import scope

from audits.access.audits import audit_for_viewing, version_for_editing
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
from audits.access.papers import pack_for_viewing, report_for_viewing
from audits.access.rescores import rescore_for_viewing
from audits.access.shares import share_for_ending
from audits.access.teams import team_for_viewing
from audits.models import Role
from tests.casting import Cast

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
