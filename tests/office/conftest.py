"""A paper and a pack whose slides and documents are made."""

from dataclasses import replace

import pytest
from django_scopes import scope

from audits.reports.context import Paper
from audits.reports.packs.pack_context import build_pack
from audits.reports.packs.pack_paper import PackPaper
from audits.reports.page_one import ROOM
from audits.reports.typesetting.branding import Branding
from tests.casting import Cast
from tests.reports.packs.made_packs import add_decision, ask_for_pack, state_money
from tests.reports.test_appendix import paper
from tests.reports.test_budgets import at_its_fullest, filled
from tests.scoring.worked_cases import RETRIEVAL_CASE
from tests.scoring.worked_numbers import ON_OWN_GPUS


@pytest.fixture
def priced(cast: Cast) -> Paper:
    found = paper(cast, RETRIEVAL_CASE, ON_OWN_GPUS | {"requests": "20000000"})
    return replace(found, branding=Branding(accent="#7A1FA2"))


@pytest.fixture
def packed(cast: Cast) -> PackPaper:
    """A pack of two decisions with money, each with texts as long as they may be."""
    tenant = cast.ours
    with scope(organization=tenant.organization):
        for name in ("Letters", "Claims"):
            state_money(add_decision(tenant, name), requests="20000000")
        pack = build_pack(ask_for_pack(tenant, meeting=filled("en", ROOM["meeting"])))
    papers = [
        replace(each, one=replace(at_its_fullest(each.one, "de"), use_case=each.title))
        for each in pack.papers
    ]
    asked = tuple(
        replace(each, asked=filled("de", ROOM["decision_asked"]), name=filled("de", 44))
        for each in pack.asked
    )
    return replace(pack, papers=tuple(papers), asked=asked)
