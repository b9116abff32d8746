"""A pack names what is signed off with a condition that is still open."""

from collections.abc import Iterator

import pytest
from django_scopes import scope

from audits.models import Audit, User
from audits.reports.packs.pack_context import build_pack
from audits.scoring.days import in_words
from audits.services.papers.board_packs import NothingToDecide, request_pack
from audits.services.reviews.condition_steps import meet_condition
from tests.casting import Cast
from tests.conditions import condition_of, sign_with, term
from tests.reports.packs.made_packs import add_decision


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


@pytest.fixture
def signed(cast: Cast, reviewer: User) -> Audit:
    audit = cast.ours.submitted
    sign_with(audit, reviewer, term(audit, "Test it on 30 cases."))
    return audit


def said_of_signed(cast: Cast) -> str:
    pack, _ = request_pack(
        organization=cast.ours.organization,
        by=cast.ours.contributor,
        audits=Audit.objects.exclude(state=Audit.State.DRAFT),
    )
    return build_pack(pack).signed


def test_pack_names_what_is_signed_and_when_its_condition_is_due(
    cast: Cast, signed: Audit, reviewer: User
) -> None:
    add_decision(cast.ours, "Articles")
    condition = condition_of(signed)

    still_open = said_of_signed(cast)
    meet_condition(condition=condition, by=reviewer, words="30 passed.")
    met = said_of_signed(cast)

    name = f"{signed.use_case.reference} “{signed.use_case.name}”"
    assert still_open == (
        "1 use case is signed off, with a condition that is still open: "
        f"{name} (1 condition open, due {in_words(condition.due_on)})."
    )
    assert met == ""


def test_refusal_of_a_pack_says_what_is_signed_with_open_conditions(
    cast: Cast, signed: Audit
) -> None:
    said = "1 use case is signed off, with a condition that is still open"
    with pytest.raises(NothingToDecide, match=said):
        request_pack(
            organization=cast.ours.organization,
            by=cast.ours.contributor,
            audits=Audit.objects.filter(pk=signed.pk),
        )
