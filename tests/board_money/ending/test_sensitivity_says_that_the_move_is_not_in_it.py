"""A sensitivity of a use case that moves says that the move is not in it."""

from decimal import Decimal

from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django_scopes import scope

from audits.models import Audit, Role, UseCase
from audits.reports.pdf_client import manuscript_of
from audits.scoring.exchange import document
from audits.scoring.money.of_assessment import money_of
from audits.templatetags.figures import less_or_more
from tests.board_money.printed_papers import paper_of
from tests.casting import Cast
from tests.pages import html_of
from tests.reviews.conftest import client_of
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.costs.worked_moves import ENDS, MOVES
from tests.scoring.twelve_verdicts import ANSWERS

_REVISION = 6001  # a frozen assessment is read once for each revision of an audit
WITHOUT = (
    "Not counting the move that is asked for: if it replaced the tuned model today"
)
EACH = (
    "Each row shows the difference, not counting the move, if one number is low or "
    "high."
)


def words(html: str) -> str:
    return " ".join(strip_tags(html).split()).replace("\xa0", " ")


def result_of(cast: Cast) -> str:
    audit = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        found = Audit.objects.filter(pk=audit.pk)
        stored = document.dump(assessed(MOVES, **ENDS))
        found.update(assessment=stored, revision=_REVISION)
        UseCase.objects.filter(audits=audit).update(stage="live")
    client: Client = client_of(cast, Role.VIEWER)
    return words(html_of(client.get(reverse("result", args=[audit.pk]))))


def test_result_and_paper_tell_both_differences_apart(cast: Cast) -> None:
    money = money_of(assessed(MOVES, **ENDS))
    assert money
    asked = money.saving_year
    assert asked is not None
    assert less_or_more(Decimal(asked)) == "$18,373 more over 12 months"

    pages = (
        result_of(cast),
        words(manuscript_of(paper_of(cast, MOVES, **ENDS)).html),
    )

    for said in pages:
        assert WITHOUT in said
        assert "With the move, the advice costs $18,373 more over 12 months." in said
        assert EACH in said
    assert "changes the cost most, not counting the move" in pages[0]
    assert "Not counting the move, the difference is" in pages[1]


def test_nothing_is_left_out_where_no_move_is_asked_for(cast: Cast) -> None:
    said = words(manuscript_of(paper_of(cast, ANSWERS["fine_tune"], "planned")).html)

    assert "Each row shows that difference if one number is low or high." in said
    assert "ot counting the move" not in said
