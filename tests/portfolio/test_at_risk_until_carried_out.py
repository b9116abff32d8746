"""What stays at risk after an approval: the portfolio and a pack say the same of it."""

from decimal import Decimal

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django_scopes import scope

from audits.models import PortfolioRow, Role
from audits.reports.packs.pack_context import build_pack
from tests.board.boards import did, record
from tests.casting import Cast
from tests.pages import html_in, html_of
from tests.reports.packs.test_pack_board import pack_of, sign_beside_another
from tests.reviews.conftest import client_of

TRAINING = {
    "spend": Decimal(4659),
    "year": Decimal(45_780),
    "once": Decimal(19_322),
    "training_once": Decimal(19_322),
    "at_risk": True,
}


def _words(page: str) -> str:
    return " ".join(strip_tags(page).split())


def _portfolio(cast: Cast) -> str:
    client = client_of(cast, Role.VIEWER)
    return _words(html_of(client.get(reverse("portfolio"))))


def _pack(cast: Cast) -> str:
    made = build_pack(pack_of(cast))
    return _words(html_in(render_to_string("reports/packs/pack.html", {"pack": made})))


def test_training_that_the_board_ended_is_named_apart_until_it_has_stopped(
    cast: Cast,
) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        sign_beside_another(ours)
        rows = PortfolioRow.objects.filter(audit=ours.submitted)
        rows.update(**TRAINING)
        before, apart = _portfolio(cast), "board has already decided on $19,322"
        assert "At risk in training: up to $19,322 paid once" in before
        assert apart not in before

        decision = record(rows.get().audit, ours.contributor)
        rows.update(**TRAINING)
        portfolio, pack = _portfolio(cast), _pack(cast)
        assert "At risk in training: up to $19,322 paid once" in portfolio
        assert apart in portfolio
        assert "$19,322 once is for training" in pack
        assert "It is decided and not carried out." in pack
        assert f"{rows.get().name}Decided, not carried out" in pack

        did(decision, ours.contributor, "training")
        assert "At risk in training" not in _portfolio(cast)
        assert "not carried out" not in _pack(cast)


def test_what_runs_is_told_in_the_same_way(cast: Cast) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        sign_beside_another(ours)
        rows = PortfolioRow.objects.filter(audit=ours.submitted)
        record(rows.get().audit, ours.contributor)
        rows.update(**TRAINING, stage="live")

        portfolio, pack = _portfolio(cast), _pack(cast)

    assert "The board has already decided on $4,659 a month of the running" in portfolio
    assert "$45,780 over 12 months is for work that runs" in pack
    assert "It is decided and not carried out." in pack
