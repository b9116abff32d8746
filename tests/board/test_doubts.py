"""Who records a decision is named and told of; what does not fit is asked about."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import (
    Audit,
    BoardDecision,
    PortfolioRow,
    Role,
    Team,
    TeamRole,
    UseCase,
)
from audits.scoring.days import in_words
from audits.scoring.exchange import document
from audits.services.answers.answers import fresh_audit
from tests.board.boards import in_days, record, sign
from tests.casting import Cast
from tests.discussion.inboxes import of_kind, place
from tests.pages import html_of
from tests.reviews.conftest import client_of
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS

SURE = "At the end, tick what is so, or change it"
TYPED = {
    "outcome": "approved",
    "decided_on": in_days(-5).isoformat(),
    "meeting": "Board, winter",
    "amount": "900,000",
    "carry_out_by": in_days(-2).isoformat(),
    "link": "https://example.org/minute",
    "name": "Minute 12",
}


def signed(cast: Cast) -> Audit:
    """Return an audit that was submitted three days ago, and asks for a sum."""
    with scope(organization=cast.ours.organization):
        audit = sign(cast.ours)
        then = timezone.now() - timedelta(days=3)
        found = document.dump(assessed(ANSWERS["rag"], today="prompt"))
        Audit.objects.filter(pk=audit.pk).update(submitted_at=then, assessment=found)
        return fresh_audit(audit)


def decide(client: Client, audit: Audit, **form: Any) -> str:
    url = reverse("board_decided", args=[audit.pk])
    return html_of(client.post(url, {"read": "0", **TYPED, **form}, follow=True))


def test_what_does_not_fit_is_asked_about_once_and_stored_only_then(
    cast: Cast,
) -> None:
    audit, client = signed(cast), client_of(cast, Role.CONTRIBUTOR)
    keys = {
        "amount 900000": "$900,000 is more than the $45,548 asked for",
        f"decided_on {in_days(-5)}": f"the board met on {in_words(in_days(-5))}, "
        f"before the submission on {in_words(in_days(-3))}",
        f"carry_out_by {in_days(-2)}": f"by {in_words(in_days(-2))}, which has passed",
    }

    for ticked in ((), [*keys][:2], ["amount 800000", *[*keys][1:]]):
        page = decide(client, audit, sure=ticked)

        assert SURE in page, ticked
        for key, said in keys.items():
            assert said in page, said
            [box] = [x for x in re.findall(r"<input[^>]*>", page) if f'"{key}"' in x]
            assert (" checked" in box) is (key in ticked), key
        for kept in ("900,000", "Board, winter", "example.org/minute", "Minute 12"):
            assert kept in page, kept
        with scope(organization=cast.ours.organization):
            assert not BoardDecision.objects.exists()

    assert "$900,000" in decide(client, audit, sure=[*keys])
    with scope(organization=cast.ours.organization):
        assert BoardDecision.objects.get(audit=audit).amount == 900_000


@pytest.mark.thorough
def test_one_round_names_all_that_is_missing_and_asks_what_does_not_fit(
    cast: Cast,
) -> None:
    audit, client = signed(cast), client_of(cast, Role.CONTRIBUTOR)
    fits = {"decided_on": str(in_days(0)), "amount": "45,548"}

    page = decide(client, audit, **fits, outcome="amended", meeting="", carry_out_by="")

    summary = page.partition("There is a problem")[2].partition("</ul>")[0]
    for field, said in (
        ("meeting", "Name the meeting"),
        ("words", "Say what the board changed"),
        ("carry_out_by", "Enter the day until when it must be carried out"),
        ("sure", SURE),
    ):
        assert re.search(f'href="#id_{field}">{said}', summary), field
    assert summary.count("<li>") == 4
    # No day of the decision: nothing is called before it, or not after it.
    gone = {"carry_out_by": str(in_days(-2)), "look_on": str(in_days(-1))}
    without = decide(client, audit, amount="45,548", decided_on="", **gone)
    summary = without.partition("There is a problem")[2].partition("</ul>")[0]
    assert re.findall(r'href="#id_(\w+)"', summary) == ["decided_on", "sure"]
    # The question is about what was sent, and its error is beside its boxes.
    asked = page.partition("Does what you sent fit?")[2]
    assert "the full $45,548 asked for is approved, with other changes" in asked
    assert page.count(SURE) == 2
    assert SURE in asked


def test_typing_error_is_corrected_by_a_record_that_says_so(cast: Cast) -> None:
    audit, client = signed(cast), client_of(cast, Role.CONTRIBUTOR)
    fits = {"decided_on": str(in_days(0)), "carry_out_by": str(in_days(9))}
    page = decide(client, audit, **fits, amount="45,548", corrects="Not there yet")
    assert "Correct a typing error in the last" in page
    less = "the board approved $42, less than the $45,548 asked for"
    assert less in decide(client, audit, **fits, read="1", amount="42")
    with scope(organization=cast.ours.organization):
        assert BoardDecision.objects.get(audit=audit).words == ""

    board = reverse("board", args=[audit.pk])
    page = html_of(client.get(board, {"correct": 1}))
    for kept in (*fits.values(), "Board, winter", "example.org/minute", "Minute 12"):
        assert f'value="{kept}"' in page or f'/{kept}"' in page, kept
    page = decide(
        client, audit, **fits, read="1", amount="420", corrects="420 was meant"
    )

    assert "Corrected: 420 was meant" in page
    # Another record begins with what was granted, not with what was asked for.
    again = html_of(client.get(board))
    [amount] = [x for x in re.findall(r"<input[^>]*>", again) if "id_amount" in x]
    assert 'value="420' in amount
    with scope(organization=cast.ours.organization):
        [first, last] = BoardDecision.objects.filter(audit=audit).order_by("number")
        assert [first.outcome, last.outcome] == ["approved", "approved"]
        assert [first.amount, last.amount] == [Decimal(45548), Decimal(420)]
        assert first.asked == last.asked == Decimal(45548)
        assert first.words == ""
        assert last.words == "Corrected: 420 was meant"
    said = {"outcome": "refused", "words": "Too dear", "corrects": "The meeting"}
    page = decide(client, audit, **fits, read="2", **said)
    assert "A correction keeps the outcome" in page
    with scope(organization=cast.ours.organization):
        assert BoardDecision.objects.filter(audit=audit).count() == 2


@pytest.mark.thorough
def test_recorder_is_named_with_what_they_own_and_reviewers_are_told(
    cast: Cast,
) -> None:
    ours, audit = cast.ours, signed(cast)
    owner = ours.contributor
    with scope(organization=ours.organization):
        UseCase.objects.filter(pk=audit.use_case_id).update(owner=owner)
        PortfolioRow.objects.filter(audit=audit).update(owner=owner)
        told = record(fresh_audit(audit), owner, carry_out_by=in_days(0))
    said = f"{owner}, who owns it"
    reader = client_of(cast, Role.REVIEWER)
    pages = (
        reverse("board", args=[audit.pk]),
        reverse("result", args=[audit.pk]),
        reverse("portfolio"),
        reverse("timeline", args=[audit.pk]),
    )

    for page in pages:
        words = " ".join(html_of(reader.get(page)).split())
        assert f"ecorded by <bdi>{said}</bdi>" in words, page
    for role in (Role.REVIEWER, Role.ADMIN):
        [row] = of_kind(client_of(cast, role), "recorded")
        assert f"{owner}, who is no reviewer, recorded what the board decided" in row
    assert of_kind(client_of(cast, Role.CONTRIBUTOR), "recorded") == []
    assert place(reader, "recorded", told.pk) == pages[0]

    with scope(organization=ours.organization):
        reviewer = ours.people[Role.REVIEWER]
        record(fresh_audit(audit), reviewer)
    assert len(of_kind(client_of(cast, Role.ADMIN), "recorded")) == 1
    page = html_of(reader.get(pages[0]))
    assert f"ecorded by <bdi>{reviewer}</bdi>" in " ".join(page.split())


def test_who_reviews_in_the_team_alone_is_told_and_tells_nobody(cast: Cast) -> None:
    ours, audit = cast.ours, signed(cast)
    in_ours = {"organization": ours.organization}
    with scope(**in_ours):
        other = Team.objects.create(**in_ours, name="Other")
        record(fresh_audit(audit), ours.contributor, carry_out_by=in_days(0))

    def told(role: Role, reader: Role) -> list[int]:
        client, counted = client_of(cast, reader), []
        both = {other: Role.REVIEWER, ours.team: Role.CONTRIBUTOR}
        for roles in (both, {ours.team: Role.REVIEWER}):
            with scope(**in_ours):
                member = ours.people[role].memberships.get()
                for team, own in roles.items():
                    given = {"membership": member, "team": team, "role": own}
                    TeamRole.objects.create(**in_ours, **given)
            counted.append(len(of_kind(client, "recorded")))
            with scope(**in_ours):
                TeamRole.objects.filter(membership=member).delete()
        return counted

    assert told(Role.VIEWER, Role.VIEWER) == [0, 1]
    assert told(Role.CONTRIBUTOR, Role.ADMIN) == [1, 0]
