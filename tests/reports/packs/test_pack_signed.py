"""A pack has what is signed off and not decided, and its conditions still open."""

from collections.abc import Iterator

import pytest
from django.template.loader import render_to_string
from django_scopes import scope

from audits.models import Audit, BoardPack, Cover, User
from audits.reports.packs.pack_context import build_pack
from audits.services.papers.covers import save_cover
from audits.services.papers.packs import pack_conditions
from audits.services.papers.packs.board_packs import (
    NothingToDecide,
    is_as_asked,
    request_pack,
)
from audits.services.papers.packs.pack_conditions import OpenCondition, SignedOpen
from audits.services.portfolio.rows import follow_use_cases
from audits.services.reviews.condition_steps import meet_condition
from tests.casting import Cast
from tests.conditions import condition_of, sign_with, term
from tests.pages import html_in
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


def pack_of(cast: Cast) -> BoardPack:
    pack, _ = request_pack(
        organization=cast.ours.organization,
        by=cast.ours.contributor,
        audits=Audit.objects.exclude(state=Audit.State.DRAFT),
    )
    return pack


def signed_in(cast: Cast) -> SignedOpen | None:
    return build_pack(pack_of(cast)).signed


@pytest.mark.thorough
def test_signed_decision_stays_in_the_pack_until_the_board_has_decided(
    cast: Cast, reviewer: User
) -> None:
    audit = cast.ours.submitted
    submitted = pack_of(cast)
    before = build_pack(submitted)
    sign_with(audit, reviewer, term(audit, "Test it on 30 cases."))

    after = build_pack(pack_of(cast))

    said = html_in(render_to_string("reports/packs/pack.html", {"pack": after}))
    assert not is_as_asked(submitted)
    assert [x.reference for x in after.asked] == [x.reference for x in before.asked]
    assert [x.signed for x in before.asked] == [""]
    assert [x.signed for x in after.asked] == ["Signed off, 1 condition open"]
    assert "Signed off, 1 condition open" in said
    assert after.unsigned == "It is signed off by a reviewer."
    assert after.totals.rows == before.totals.rows
    assert [len(pack.papers) for pack in (before, after)] == [1, 1]
    assert after.goes_on == before.goes_on
    assert after.in_training == before.in_training


@pytest.mark.thorough
def test_signed_paper_for_information_or_of_a_stopped_use_case_is_left_out(
    cast: Cast, signed: Audit
) -> None:
    add_decision(cast.ours, "Articles")
    signed.use_case.stage = "stopped"
    signed.use_case.save(update_fields=["stage"])
    follow_use_cases([signed.use_case])

    assert [x.name for x in build_pack(pack_of(cast)).asked] == ["Articles"]


@pytest.mark.thorough
def test_pack_lists_what_is_signed_with_each_condition_that_is_open(
    cast: Cast, signed: Audit, reviewer: User
) -> None:
    add_decision(cast.ours, "Articles")
    condition = condition_of(signed)

    still_open = signed_in(cast)
    meet_condition(condition=condition, by=reviewer, words="30 passed.")
    met = signed_in(cast)

    assert still_open is not None
    assert still_open.says == (
        "1 use case is signed off, with a condition that is still open."
    )
    assert still_open.more == 0
    assert still_open.rows == (
        OpenCondition(
            reference=signed.use_case.reference,
            name=signed.use_case.name,
            words="Test it on 30 cases.",
            owner=str(condition.owner),
            due_on=condition.due_on,
        ),
    )
    assert met is None


@pytest.mark.on_both
def test_pack_lists_the_conditions_that_are_due_first(
    cast: Cast, reviewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack_conditions, "_MOST_LISTED", 3)
    audit, days = cast.ours.submitted, (30, 10, 50, 40, 20)
    terms = [term(audit, f"Within {n} days.", days=n) for n in days]
    sign_with(audit, reviewer, *terms)
    add_decision(cast.ours, "Articles")

    found = signed_in(cast)

    assert found is not None
    first = [f"Within {n} days." for n in sorted(days)[:3]]
    assert [row.words for row in found.rows] == first
    assert (found.use_cases, found.more) == (1, 2)


def test_refusal_of_a_pack_says_what_is_signed_with_open_conditions(
    cast: Cast, signed: Audit
) -> None:
    save_cover(
        audit=signed,
        by=cast.ours.contributor,
        fields={"purpose": Cover.Purpose.INFORMATION},
    )

    said = "1 use case is signed off, with a condition that is still open"
    with pytest.raises(NothingToDecide, match=said):
        request_pack(
            organization=cast.ours.organization,
            by=cast.ours.contributor,
            audits=Audit.objects.filter(pk=signed.pk),
        )
