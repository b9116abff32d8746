"""Rows are found by a list of ids that is one parameter."""

import uuid

import pytest
from django_scopes import scope

from audits.models import PortfolioRow, UseCase
from tests.casting import Cast
from tests.portfolio.rows_made import make_rows

pytestmark = pytest.mark.on_both


def test_as_many_rows_are_found_as_ids_are_known(cast: Cast) -> None:
    first, second, third = make_rows(cast.ours, 3)
    two = [first.use_case_id, third.use_case_id, uuid.uuid4()]
    with scope(organization=cast.ours.organization):
        rows = PortfolioRow.objects.filter(use_case_id__any_of=two)
        use_cases = UseCase.objects.filter(pk__any_of=[second.use_case_id.hex])
        nobody = UseCase.objects.filter(owner_id__any_of=[])
        theirs = UseCase.objects.filter(owner_id__any_of=[cast.ours.contributor.pk])

        assert {*rows} == {first, third}
        assert [*use_cases] == [second.use_case]
        assert not nobody.exists()
        assert {*theirs} >= {first.use_case, second.use_case, third.use_case}
