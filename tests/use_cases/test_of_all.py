"""What a reviewer reads at home of all use cases: votes to record, models that end."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django_scopes import scope

from audits.landscape.announced import ends
from audits.landscape.catalogue import catalogue
from audits.models import Audit, PortfolioRow, Role
from audits.scoring.days import in_words
from audits.use_cases.of_all import ending_on, of_all
from tests.board.boards import in_days, record, sign
from tests.casting import Cast
from tests.pages import html_of
from tests.portfolio.rows_made import make_rows
from tests.signed_in import sign_in

TUNED = "gpt-4o-mini"


def home_of(cast: Cast, role: Role) -> str:
    client = Client()
    sign_in(client, cast.ours.people[role])
    return " ".join(strip_tags(html_of(client.get(reverse("use_cases")))).split())


@pytest.mark.on_both
def test_who_reviews_reads_which_votes_wait_for_the_board(cast: Cast) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        audit = sign(ours)
        day = in_days(9)
        PortfolioRow.objects.filter(audit=audit).update(board_due_on=day, vote_lacks="")

    said = "1 decision waits for the board; record what it decides. It is due on"
    assert f"{said} {in_words(day)}." in home_of(cast, Role.REVIEWER)
    assert "record what it decides" not in home_of(cast, Role.CONTRIBUTOR)
    with scope(organization=ours.organization):
        record(audit, ours.contributor)
    assert "record what it decides" not in home_of(cast, Role.REVIEWER)


@pytest.mark.once
def test_verdict_whose_base_model_ends_soon_may_be_out_of_date(cast: Cast) -> None:
    last = max(ends(catalogue(in_days(0)).on)[TUNED], in_days(0))
    day = last - timedelta(days=10)
    made = {"state": Audit.State.SIGNED_OFF, "stage": "live"}
    with scope(organization=cast.ours.organization):
        for name, verdict in (("Kept", "keep"), ("Moves", "migrate"), ("No", "rag")):
            [row] = make_rows(cast.ours, 1, name=name, verdict=verdict, **made)
            tuned = {} if name == "No" else {"tuned": {"value": TUNED}}
            Audit.objects.filter(pk=row.audit_id).update(numbers=tuned)

        found, early = ending_on(day), ending_on(last - timedelta(days=100))
        reader = cast.ours.people[Role.CONTRIBUTOR].memberships.get()
        assert of_all(reader).ending is None

    assert early is None
    assert found
    name = catalogue(day).model(TUNED).name
    said = f"its base model {name} retires on {in_words(last)}"
    assert (found.name, found.said, found.others) == ("Kept", said, 0)
