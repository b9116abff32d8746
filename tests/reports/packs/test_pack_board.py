"""A pack opens with what the board decided before, and what became of that."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django_scopes import scope

from audits.models import (
    Audit,
    BoardDecision,
    BoardPack,
    DecisionStep,
    PortfolioRow,
    Role,
)
from audits.reports.packs.pack_context import build_pack
from audits.services.answers.answers import fresh_audit, save_answers
from audits.services.board.approved_so_far import Approved
from audits.services.board.before_pack import (
    KEY,
    DecidedBefore,
    decided_before,
    frozen_decisions,
)
from audits.services.papers.covers import save_cover
from audits.services.papers.packs.board_packs import (
    NothingToDecide,
    is_as_asked,
    request_pack,
)
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.drafts.renewals import begin_again
from tests.board.boards import did, in_days, record, sign
from tests.casting import Cast, Tenant, register
from tests.outcomes.signed import sign as sign_now
from tests.pages import html_in, html_of
from tests.replayed import replayed
from tests.reviews.conftest import client_of
from tests.scoring.worked_cases import FIRM_RETRIEVAL_CASE


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


@pytest.fixture
def audit(cast: Cast) -> Audit:
    """Sign one verdict off, beside another that waits for its decision."""
    sign_beside_another(cast.ours)
    return fresh_audit(cast.ours.submitted)


@replayed
def sign_beside_another(ours: Tenant) -> None:
    other = register(ours.organization, ours.contributor, ours.team, "Another")
    save_answers(audit=other, by=ours.contributor, answers=FIRM_RETRIEVAL_CASE)
    submit_audit(audit=other, by=ours.contributor)
    sign(ours)


def pack_of(cast: Cast, meeting: str = "") -> BoardPack:
    pack, _ = request_pack(
        organization=cast.ours.organization,
        by=cast.ours.contributor,
        audits=Audit.objects.exclude(state=Audit.State.DRAFT),
        meeting=meeting,
    )
    return pack


def before_in(pack: BoardPack) -> DecidedBefore | None:
    return build_pack(pack).board


@pytest.mark.on_both
def test_pack_without_a_decision_has_no_such_part(cast: Cast, audit: Audit) -> None:
    pack = build_pack(pack_of(cast))

    page = html_in(render_to_string("reports/packs/pack.html", {"pack": pack}))

    assert pack.board is None
    assert "what became of it" not in page
    assert '<section class="part first">' in page
    assert all("board" not in row for row in pack_of(cast).verdicts.values())


@pytest.mark.thorough
def test_pack_says_first_what_became_of_earlier_decisions(
    cast: Cast, audit: Audit
) -> None:
    ours = cast.ours
    decision = record(audit, ours.contributor, amount=Decimal(4200))
    ask = {**decision.follow_ups[0], "kind": "money", "name": "Say how much is freed"}
    BoardDecision.objects.update(follow_ups=[*decision.follow_ups, ask])
    decision.refresh_from_db()
    first = pack_of(cast)
    before = build_pack(first).board
    assert before
    assert before.rows[0].released == "Nothing yet"
    did(decision, ours.contributor, "money")

    pack = pack_of(cast)

    assert not is_as_asked(first) or first.pk != pack.pk
    made = build_pack(pack)
    page = " ".join(
        html_in(render_to_string("reports/packs/pack.html", {"pack": made})).split()
    )
    line = "Decided before: 1 approved and not done yet,"
    order = ("Decisions needed", line, "what became of it", "Verdicts across")
    assert sorted(order, key=page.index) == [*order]
    found = made.board
    assert found is not None
    [row] = found.rows
    assert (row.said, row.amount, row.released, row.by) == (
        "Approved, 1 of 3 steps done",
        "$4,200",
        "$900 a month",
        in_days(30),
    )
    assert "1 decision. 1 approved and not done yet." in page
    assert "Approved so far, 1 decision" in page
    assert found.approved == Approved(number=1, approved=1, amount="$4,200")
    assert "Change the stage; Stop the training" in page
    assert len(made.asked) == 1


def test_pack_says_what_was_asked_for_where_the_board_approved_another_amount(
    cast: Cast, audit: Audit
) -> None:
    record(audit, cast.ours.contributor, amount=Decimal(36_000))

    def said(asked: int) -> tuple[str, bool]:
        BoardDecision.objects.update(asked=Decimal(asked))
        made = build_pack(pack_of(cast))
        page = html_in(render_to_string("reports/packs/pack.html", {"pack": made}))
        assert made.board
        return made.board.rows[0].asked, "Asked for: $73,832" in page

    assert said(73_832) == ("$73,832", True)
    assert said(36_000) == ("", False)


def test_next_pack_names_what_was_freed_and_by_whom_it_was_said(
    cast: Cast, audit: Audit
) -> None:
    """Also of a decision that is carried out, and older than the earlier pack."""
    ours = cast.ours
    decision = record(audit, ours.contributor)
    ask = {**decision.follow_ups[0], "kind": "money"}
    BoardDecision.objects.update(
        follow_ups=[ask], at=timezone.now() - timedelta(days=20)
    )
    decision.refresh_from_db()
    first = pack_of(cast, "Spring")
    first.state = BoardPack.State.READY
    first.frozen_at = timezone.now() - timedelta(days=10)
    first.save()
    did(decision, ours.contributor, "money", is_stated=False)
    did(decision, ours.contributor, "money", amount=Decimal(50), basis="once")
    for _ in range(4):
        did(decision, ours.contributor, "money", amount=Decimal(1), basis="once")

    made = build_pack(pack_of(cast, "Summer"))

    assert made.board is not None
    [row] = made.board.rows
    assert (row.said, row.released) == (
        "Approved and carried out",
        "$900 a month and $54 once",
    )
    assert made.board.says == (
        "1 decision. None that was approved is open. Freed so far: $900 a month (from "
        "usage); $54 once (stated)."
    )
    page = html_in(render_to_string("reports/packs/pack.html", {"pack": made}))
    day = date_format(timezone.localdate(), "j F Y")
    assert f"Freed: <bdi>$1, once, on {day} (stated), said by Northgate co" in page
    assert "Freed: <bdi>2 earlier amounts</bdi>" in page


@pytest.mark.parametrize(
    ("outcome", "is_told_again"), [("approved", True), ("refused", False)]
)
@pytest.mark.on_both
def test_next_pack_tells_what_is_open_and_what_is_new(
    cast: Cast, audit: Audit, outcome: str, *, is_told_again: bool
) -> None:
    record(audit, cast.ours.contributor, outcome)
    first = pack_of(cast, "Spring")
    assert before_in(first) is not None
    first.state = BoardPack.State.READY
    first.frozen_at = timezone.now() - timedelta(days=10)
    first.save()
    BoardDecision.objects.update(at=first.frozen_at - timedelta(days=1))

    second = pack_of(cast, "Summer")

    assert second.previous == first
    assert (before_in(second) is not None) is is_told_again
    found = before_in(second)
    if found:
        assert found.since == first.frozen_at.date()


@pytest.mark.thorough
def test_next_pack_has_what_was_deferred_apart_from_its_decisions(
    cast: Cast, audit: Audit
) -> None:
    ours = cast.ours
    told = {"purpose": "information", "decide_by": date(2098, 12, 19)}
    save_cover(audit=audit, by=ours.contributor, fields=told)
    record(audit, ours.contributor, "deferred", look_on=date(2099, 2, 1))

    made = build_pack(pack_of(cast))

    page = html_in(render_to_string("reports/packs/pack.html", {"pack": made}))
    assert [item.name for item in made.ready] == ["Another"]
    assert made.title.startswith("One decision")
    assert "One is deferred. US$ over 12" in " ".join(page.split())
    deferred = page.partition("Not for this meeting")[2]
    deferred = deferred.partition("</table>")[0]
    assert audit.use_case.name in deferred
    assert "Deferred by the board until 1 February 2099" in deferred
    assert "For information" not in deferred
    # The day of the deferral counts, and no longer that of the cover.
    assert "2098" not in deferred
    assert "Another" not in deferred
    assert made.asked[-1].name == audit.use_case.name
    assert [(page.purpose, page.place) for page in made.pages] == [
        ("Waits for sign-off", "1 of 1"),
        ("Not for decision at this meeting", "deferred 1 of 1"),
    ]


@pytest.mark.thorough
def test_what_was_deferred_is_decided_at_a_meeting_on_its_day(
    cast: Cast, audit: Audit
) -> None:
    record(audit, cast.ours.contributor, "deferred", look_on=date(2099, 2, 1))

    made = build_pack(pack_of(cast, "Board, 1 February 2099"))

    assert [item.deferred for item in made.ready] == [
        "Deferred by the board until 1 February 2099",
        "",
    ]
    assert made.title == "One decision to vote on"
    assert not made.deferred


@pytest.mark.thorough
def test_pack_without_a_decision_only_tells_what_became_of_the_last(
    cast: Cast,
) -> None:
    ours = cast.ours
    audit = sign(ours)
    decision = record(audit, ours.contributor, amount=Decimal(4200))
    did(decision, ours.contributor, "stage")

    first = pack_of(cast, "Spring")
    made = build_pack(first)

    page = html_in(render_to_string("reports/packs/pack.html", {"pack": made}))
    assert "<title>Nothing to decide</title>" in page
    assert '<h1 class="title">Nothing to decide</h1>' in page
    assert "1 decision. 1 approved and not done yet." in page
    assert "Decisions needed" not in page
    assert "Money at risk" not in page
    shown = client_of(cast, Role.VIEWER).get(reverse("pack", args=[first.pk]))
    assert "Nothing to decide: what became of earlier decisions" in html_of(shown)

    did(decision, ours.contributor, "training")
    first.state = BoardPack.State.READY
    first.frozen_at = timezone.now() - timedelta(days=10)
    first.save()
    second = pack_of(cast, "Summer")
    assert before_in(second) is not None
    assert is_as_asked(second)
    second.state = BoardPack.State.READY
    second.frozen_at = timezone.now() - timedelta(days=1)
    second.save()
    past = timezone.now() - timedelta(days=2)
    BoardDecision.objects.update(at=past)
    DecisionStep.objects.update(at=past)
    with pytest.raises(NothingToDecide, match="waiting for a decision"):
        pack_of(cast, "Autumn")


def test_pack_has_what_was_freed_before_a_renewal_was_signed(
    cast: Cast, audit: Audit
) -> None:
    """Of a verdict that is not in force any more, and only once."""
    ours = cast.ours
    decision = record(audit, ours.contributor)
    ask = {**decision.follow_ups[0], "kind": "money"}
    BoardDecision.objects.update(
        follow_ups=[ask, ask | {"kind": "training"}],
        at=timezone.now() - timedelta(days=20),
    )
    decision.refresh_from_db()
    first = pack_of(cast, "Spring")
    first.state = BoardPack.State.READY
    first.frozen_at = timezone.now() - timedelta(days=10)
    first.save()
    did(decision, ours.contributor, "money")
    renewed = begin_again(audit=fresh_audit(audit), by=ours.contributor)
    submitted = submit_audit(audit=fresh_audit(renewed), by=ours.contributor)
    sign_now(submitted, ours)

    made = build_pack(pack_of(cast, "Summer"))

    assert made.board is not None
    [row] = made.board.rows
    assert row.said == "Approved, 1 of 2 steps done, of an earlier verdict"
    assert (row.released, row.missing, row.is_open) == ("$900 a month", "", False)
    assert made.board.freed == "$900 a month (stated)"
    kept = PortfolioRow.objects.get(audit=submitted)
    assert kept.freed == 900
    assert (kept.freed_of, kept.spend_off) == (1, None)


def test_nothing_is_freed_yet_while_money_is_at_risk(cast: Cast, audit: Audit) -> None:
    record(audit, cast.ours.contributor)
    frozen = frozen_decisions([audit.use_case_id])[audit.use_case_id]
    at_risk = {**frozen, KEY: {**frozen[KEY], "runs_at_risk": "20306"}}
    names = {"A": ("Broker mail triage", "UC-0014")}

    none, some = (decided_before({"A": x}, names, None) for x in (frozen, at_risk))

    assert none
    assert some
    assert none.rows[0].released == "None"
    assert some.rows[0].released == "Nothing yet"
    assert (none.runs_at_risk, some.training_at_risk) == ((), ())
    assert some.runs_at_risk == (("Broker mail triage", Decimal(20_306)),)


@pytest.mark.thorough
def test_pack_says_what_the_board_changed(cast: Cast, audit: Audit) -> None:
    ours = cast.ours
    record(audit, ours.contributor, "amended", words="Only the test now.")

    made = build_pack(pack_of(cast))

    assert made.board
    assert made.board.rows[0].released == "None"
    page = html_in(render_to_string("reports/packs/pack.html", {"pack": made}))
    assert "Changed: “<bdi>Only the test now.</bdi>”" in page
    assert "Approved with changes, 0 of 2 steps done" in page
