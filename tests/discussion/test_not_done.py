"""The owner of a use case is told once what the board approved is overdue."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django_scopes import scope

from audits.models import BoardDecision, Role
from audits.services.answers.answers import save_answers
from audits.services.papers.covers import save_cover
from audits.services.reviews.audits import submit_audit
from tests.board.boards import did, in_days, record, sign
from tests.casting import Cast, register
from tests.discussion.conftest import ClientOf
from tests.discussion.inboxes import of_kind, place, rows
from tests.pages import html_of
from tests.scoring.worked_cases import FIRM_RETRIEVAL_CASE


@pytest.mark.parametrize(
    ("days", "is_late"),
    [
        *((-1, True), (0, False)),
        pytest.param(1, False, marks=[pytest.mark.once, pytest.mark.thorough]),
    ],
)
@pytest.mark.on_both
def test_owner_is_told_of_what_is_approved_and_overdue(
    cast: Cast, client_of: ClientOf, days: int, *, is_late: bool
) -> None:
    ours, due = cast.ours, in_days(days)
    with scope(organization=ours.organization):
        audit = sign(ours)
        decision = record(
            audit, ours.contributor, decided_on=in_days(-9), carry_out_by=due
        )
        BoardDecision.objects.update(amount=300, asked=Decimal("383.6"))
    owner = client_of(Role.CONTRIBUTOR)

    found = of_kind(owner, "not-done")

    assert bool(found) is is_late
    assert of_kind(client_of(Role.ADMIN), "not-done") == []
    if is_late:
        assert f"{due:%-d %B %Y}" in found[0]
        assert "Change the stage; Stop the training" in found[0]
        assert "approved it, and $300 of the $384 asked for, to be" in found[0]
        assert reverse("board", args=[audit.pk]) in str(
            place(owner, "not-done", audit.pk)
        )
    with scope(organization=ours.organization):
        for kind in ("stage", "training"):
            did(decision, ours.contributor, kind)
    assert of_kind(owner, "not-done") == []


@pytest.mark.on_both
def test_owner_is_told_what_the_board_decided_until_it_is_carried_out(
    cast: Cast, client_of: ClientOf
) -> None:
    ours, due = cast.ours, in_days(9)
    owner = client_of(Role.CONTRIBUTOR)
    with scope(organization=ours.organization):
        audit = sign(ours)
    assert "waits for the board" in html_of(owner.get("/use-cases/"))
    with scope(organization=ours.organization):
        decision = record(
            *(audit, ours.people[Role.ADMIN], "amended"),
            words="Only the test.",
            carry_out_by=due,
        )
        BoardDecision.objects.update(amount=50_000, asked=Decimal("65531.6"))

    [row] = of_kind(owner, "carry-out")
    home = " ".join(html_of(owner.get("/use-cases/")).split())

    granted = "with changes, and $50,000 of the $65,532 asked for: carry out by"
    for words in (granted, f"{due:%-d %B %Y}", "Only the test."):
        assert words in row
    assert of_kind(client_of(Role.ADMIN), "carry-out") == []
    assert reverse("board", args=[audit.pk]) in str(
        place(owner, "carry-out", decision.pk)
    )
    assert f"{granted} {due:%-d %B %Y}" in home
    assert "Only the test." in home
    told = html_of(owner.get(reverse("result", args=[audit.pk])))
    assert "$50,000 of the $65,532 asked for is approved" in " ".join(told.split())
    moments = html_of(owner.get(reverse("timeline", args=[audit.pk])))
    assert "$50,000 of the $65,532 asked for" in moments
    with scope(organization=ours.organization):
        for kind in ("stage", "training"):
            did(decision, ours.contributor, kind)
    assert of_kind(owner, "carry-out") == []


@pytest.mark.thorough
def test_home_lists_what_waits_by_its_day(cast: Cast, client_of: ClientOf) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        for days, name in ((9, "Late one"), (2, "Soon one"), (5, "Middle one")):
            audit = register(ours.organization, ours.contributor, ours.team, name)
            save_answers(audit=audit, by=ours.contributor, answers=FIRM_RETRIEVAL_CASE)
            submit_audit(audit=audit, by=ours.contributor)
            fields = {"decide_by": in_days(days)}
            save_cover(audit=audit, by=ours.contributor, fields=fields)

    reviewer = client_of(Role.REVIEWER)
    page = html_of(reviewer.get("/use-cases/"))

    names = ("Soon one", "Middle one", "Late one")
    places = [page.index(name) for name in names]
    assert places == sorted(places)
    inbox = rows(reviewer, "/inbox/?show=to-review")
    found = [next(x for x in names if x in row) for row in inbox[:3]]
    assert found == [*names]
