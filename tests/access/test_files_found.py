"""Files of a use case and what was read of them: who finds them, beside which audit.

`python -m tests.mutation.access` removes each of the conditions.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django_scopes import scope

from audits.access.owned import owned
from audits.access.rescores import rescore_for_viewing
from audits.access.results_files import check_for_taking, results_for_editing
from audits.access.usage_uploads import usage_for_editing
from audits.models import Audit, Membership, ResultsCheck, Role, UseCase
from tests.access.test_who_may import HERE, member_of
from tests.casting import Cast

type Find = Callable[[Membership, Audit, UUID], Any]
pytestmark = pytest.mark.once


def test_file_is_found_by_its_id_beside_its_use_case_by_who_contributes(
    cast: Cast,
) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        contributor, viewer = (
            ours.people[role].memberships.get()
            for role in (Role.CONTRIBUTOR, Role.VIEWER)
        )
        read, unread = (
            ResultsCheck.objects.create(
                organization=ours.organization,
                audit=ours.draft,
                runs=runs,
                by=ours.contributor,
            )
            for runs in ([{"name": "a"}], [])
        )
        finds: list[tuple[Find, Any, Audit]] = [
            (results_for_editing, ours.results, of(ours.results)),
            (usage_for_editing, ours.usage, of(ours.usage)),
            (check_for_taking, read, ours.draft),
        ]

        for find, file, audit in finds:
            [other] = {ours.draft, ours.submitted} - {audit}
            assert find(contributor, audit, file.pk) == file
            for beside, unknown in ((audit, uuid4()), (other, file.pk)):
                with pytest.raises(Http404):
                    find(contributor, beside, unknown)
            with pytest.raises(PermissionDenied):
                find(viewer, audit, file.pk)
        with pytest.raises(Http404):
            check_for_taking(contributor, ours.draft, unread.pk)
        with pytest.raises(Http404):
            rescore_for_viewing(contributor, uuid4())


def of(file: Any) -> Audit:
    return Audit.objects.get(use_case=file.use_case_id)


def test_role_of_a_team_holds_for_its_use_cases_alone() -> None:
    told = []

    for team in (5, 6):
        member = member_of()
        vars(member)["team_roles"] = {5: "reviewer"}
        owned(member, UseCase(organization_id=HERE, team_id=team), "use case")
        told.append((member.may_review, member.may_contribute, member.administers))

    assert told == [(True, True, False), (False, False, False)]
