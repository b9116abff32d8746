"""Portfolios that are drawn, and the amounts that pages print of them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django_scopes import scope
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from audits.frameworks.loading.loader import current
from audits.models import PortfolioRow, RecentCount
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs, codes_of
from audits.services.portfolio.money.row_money import money_columns
from tests.casting import Cast
from tests.examples import is_everyday, up_to
from tests.portfolio.rows_made import make_rows
from tests.scoring.worked_cases import (
    RETRIEVAL_CASE,
    TRAINING_CASE,
    TRAINING_LEVELS,
)
from tests.scoring.worked_numbers import TUNED_BY_TOKEN

DAY = date(2026, 11, 24)
CASES: Mapping[str, dict[str, Any]] = {
    "retrieve": RETRIEVAL_CASE,
    "train": TRAINING_CASE,
    "train later": TRAINING_CASE | {"mlops": ["none"]},
    "prompt": {"goal": ["format"], "state": "planned"},
    "unknown": {"goal": ["task_skill"], "state": "planned"},
}
# Small volumes without upkeep come to cents, which are where sums go wrong.
VOLUMES = ("1", "40", "3333", "100000", "45000000")[:: 2 if is_everyday() else 1]
# Each use case is assessed with each of them, which takes longer than what is tested.
_PLANS = ("prompt", "rag", "fine_tune_own", "few_shot", "", "fine_tune_hosted")
PLANS = _PLANS[:: 2 if is_everyday() else 1]
STAGES = ("planned", "building", "training", "live", "live", "stopped")
UPKEEP = ("upkeep_share_prompt", "upkeep_share_rag")
AMOUNT = re.compile(r"[+\u2212]?\$?[\d,]+(?:\.\d\d)?")
widely = settings(
    max_examples=up_to(1000),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A use case that was drawn: what is asked of the scoring, and its stage."""

    case: str
    plan: str
    volume: str
    has_upkeep: bool
    stage: str

    @property
    def assessment(self) -> Assessment:
        """Return its assessment, which equal ones share."""
        return assessed(self.case, self.plan, self.volume, has_upkeep=self.has_upkeep)


@cache
def assessed(case: str, plan: str, volume: str, *, has_upkeep: bool) -> Assessment:
    codes = CASES[case]
    numbers = TUNED_BY_TOKEN | {"requests": volume}
    if plan:
        numbers |= {"today": plan}
    if not has_upkeep:
        numbers |= dict.fromkeys(UPKEEP, "0")
    levels = TRAINING_LEVELS if case.startswith("train") else {}
    inputs = Inputs(codes=codes_of(codes), levels=levels, numbers=numbers)
    return assess_on(current(), inputs, DAY, open_only=True)


# Each example asks for pages and files, which takes longer.
on_pages = settings(widely, max_examples=up_to(1000, 36) * 2 // 3)

USE_CASES = st.builds(
    Drawn,
    case=st.sampled_from([*CASES]),
    plan=st.sampled_from(PLANS),
    volume=st.sampled_from(VOLUMES),
    has_upkeep=st.booleans(),
    stage=st.sampled_from(STAGES),
)
MOST = 6
PORTFOLIOS = st.lists(USE_CASES, min_size=1, max_size=MOST)


def blank_rows(cast: Cast) -> list[PortfolioRow]:
    """Make as many use cases as a portfolio may have, named by their place."""
    with scope(organization=cast.ours.organization):
        PortfolioRow.objects.all().delete()
    return [make_rows(cast.ours, 1, name=f"Drawn {place}")[0] for place in range(MOST)]


def fill(cast: Cast, blank: Sequence[PortfolioRow], portfolio: Sequence[Drawn]) -> None:
    """Make exactly these use cases, in the blank rows."""
    urgency = current().urgency
    rows = []
    for blank_row, drawn in zip(blank, portfolio, strict=False):
        found, row = drawn.assessment, copy(blank_row)
        family = None if found.prerequisite else found.family
        columns = money_columns(found) | {"verdict": found.verdict}
        columns |= {"stage": drawn.stage, "urgency": urgency[family]}
        for name, value in columns.items():
            setattr(row, name, value)
        rows.append(row)
    with scope(organization=cast.ours.organization):
        PortfolioRow.objects.all()._raw_delete(DEFAULT_DB_ALIAS)
        PortfolioRow.objects.bulk_create(rows)
    RecentCount.objects.all().delete()  # of how many files were asked for


def number(text: str) -> Decimal:
    """Read one printed amount; "None" is 0."""
    found = AMOUNT.search(text)
    if not found:
        return Decimal(0)
    return Decimal(re.sub(r"[+$,]", "", found[0]).replace("\u2212", "-"))


def cells(html: str) -> list[list[list[str]]]:
    """Return the words of each cell of each row, apart where they are on lines."""
    # Words for who listens, or has a phone, are on the line that they explain.
    aside = r'<span\s+class="(?:visually-hidden|show-sm)"\s*>(.*?)</span>'
    html = re.sub(aside, r"\1", html, flags=re.S)
    rows = re.findall(r"<tr\b.*?</tr>", html, re.S)
    return [
        [
            [word.strip() for word in re.split(r"<[^>]+>", cell) if word.strip()]
            for cell in re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.S)
        ]
        for row in rows
    ]


def added(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
