"""Rows are found by a list of ids that is one parameter."""

import uuid

import pytest
from django.core.exceptions import FieldError
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


def test_ids_of_a_generator_are_found_each_time(cast: Cast) -> None:
    first, second = make_rows(cast.ours, 2)
    ids = (row.use_case_id for row in (first, second))
    with scope(organization=cast.ours.organization):
        found = UseCase.objects.filter(pk__any_of=ids)

        assert found.count() == 2
        assert {*found} == {first.use_case, second.use_case}


def test_text_has_no_such_lookup_as_it_would_need_quotes(cast: Cast) -> None:
    with (
        scope(organization=cast.ours.organization),
        pytest.raises(FieldError, match="Unsupported lookup 'any_of'"),
    ):
        UseCase.objects.filter(name__any_of=["a,b"])
