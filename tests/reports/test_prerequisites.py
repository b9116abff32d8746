"""Papers and packs where a step comes before all that the verdict says."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import Settings

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.models import Audit, BoardPack, Cover, PortfolioRow
from audits.portfolio.columns.values import verdict_in_words
from audits.reports.context import build_paper
from audits.reports.packs.pack_context import build_pack
from audits.reports.page_one import PageOne, page_one
from audits.reports.pdf_client import print_paper
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.exchange import document
from audits.scoring.inputs import Inputs
from audits.scoring.money.of_assessment import money_of
from audits.services.papers.page_one_words import words_of_page_one
from audits.services.portfolio.rows import update_portfolio_row
from tests.casting import Cast
from tests.examples import some_of, thorough
from tests.printed import Printed
from tests.reports.packs.made_packs import (
    add_decision,
    ask_for_pack,
    date_back,
    parts_of,
)
from tests.reports.papers import words_of
from tests.reports.test_tasks import IMMEDIATE
from tests.scoring.twelve_verdicts import ANSWERS, LEVELS
from tests.scoring.worked_cases import TRAINING_CASE
from tests.scoring.worked_numbers import ON_OWN_GPUS

pytestmark = pytest.mark.once

DAY = date(2026, 11, 24)
FRAMEWORK = current()
NAME = "First settle whether this use is allowed"
WAITING = [
    verdict
    for verdict, words in FRAMEWORK.verdicts.items()
    if words.family not in ("keep", "move", "stop")
]
# What only a verdict says: to approve, to measure, to fund or to build something.
NOT_YET = (
    *("Only once", "Measure first", "Meanwhile", "hours", "Approve", "Fund "),
    *("No unanswered question", "Recommended:", "costs about", "one-off", "Forbids"),
)


@cache
def assessed(verdict: str, regulatory: str = "not_settled") -> Assessment:
    codes = read(FRAMEWORK, ANSWERS[verdict] | {"regulatory": regulatory})
    levels = {name: level for name, level in LEVELS.items() if name in codes}
    inputs = Inputs(codes=codes, levels=levels, numbers=ON_OWN_GPUS)
    return assess_on(FRAMEWORK, inputs, DAY)


def one(verdict: str) -> PageOne:
    assessment = assessed(verdict)
    money = money_of(assessment)
    cover = Cover(decide_by=DAY)
    return page_one(FRAMEWORK, assessment, cover, "A case", money, on=DAY)


@pytest.mark.parametrize("verdict", some_of(WAITING))
def test_page_1_asks_for_that_step_alone(cast: Cast, verdict: str) -> None:
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.submitted.pk)
        audit.assessment = document.dump(assessed(verdict))
        cover = Cover(audit=audit, decide_by=DAY)
        printed = print_paper(build_paper(audit, cover, on=DAY))
    pages = Printed(printed.pdf).words
    first = pages[0]

    assert assessed(verdict).verdict == verdict
    assert printed.notice == ""
    assert len(pages) <= 6
    name = FRAMEWORK.verdicts[assessed(verdict).verdict].name
    assert first.count(f"the answers so far lead to “{name}”.") == 1
    rest = first.replace(f"lead to “{name}”", "")
    assert [said for said in (name, *NOT_YET) if said in rest] == []
    assert f"{NAME}. Until then, leave the work to people" in first
    assert " ".join(one(verdict).outcomes) in first
    assert "No amount is asked for." in first
    assert "Settle whether this use is allowed by 24 November 2026." in first


@pytest.mark.parametrize("verdict", WAITING)
def test_page_1_recommends_one_thing_under_every_title(verdict: str) -> None:
    said = one(verdict)

    title = "A case: first settle whether this use is allowed"
    assert said.title == (f"Provisional: {title}" if said.is_provisional else title)
    assert said.recommendation.startswith(". Until then")
    assert [(option.name, option.is_chosen) for option in said.options] == [
        (f"{NAME} (recommended)", True),
        ("Go ahead without it", False),
        ("Do nothing", False),
    ]
    [why] = said.why
    assert (why.condition, why.holds, why.found) == (
        "It is settled whether this use is allowed",
        "Does not hold",
        "The permission for this use is open",
    )
    assert (said.measurements, said.conditions) == (None, ())
    assert said.why_now == ""
    assert said.outcomes[1] == "If it is not allowed, stop: no model does this work."
    assert said.if_nothing.startswith("It stays open whether this use is allowed. ")
    assert said.standing in ("", "None is asked for now.")
    assert said.change == "Reconsider if: it is settled whether this use is allowed."
    assert said.unknown.startswith("Not settled: whether this use is allowed")


def test_result_names_the_date_as_the_paper_does(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.submitted.pk)
        cover = Cover(audit=audit, decide_by=DAY)
        words = words_of_page_one(audit, assessed("fine_tune"), cover)
        settled = words_of_page_one(audit, assessed("fine_tune", "low"), cover)

    assert ("What the paper is for", ("To settle first",)) in [
        (field.label, field.lines) for field in words.fields
    ]
    label = "Settle whether this use is allowed by"
    assert (label, ("24 November 2026",)) in [(f.label, f.lines) for f in words.fields]
    assert "Decide by" in [f.label for f in settled.fields]
    assert one("fine_tune").next_date == f"{label} 24 November 2026."


@pytest.mark.thorough
def test_appendix_marks_the_answer_that_comes_first(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.submitted.pk)
        audit.assessment = document.dump(assessed("fine_tune"))
        paper = build_paper(audit)
        audit.assessment = document.dump(assessed("fine_tune", "low"))
        settled = build_paper(audit)

    assert [row.label for row in paper.answers if row.comes_first] == ["Oversight"]
    _, appendix = words_of(paper)
    assert "Oversight Permission not settled Asserted Comes first" in appendix
    assert [row for row in settled.answers if row.comes_first] == []


@pytest.mark.parametrize("verdict", ["fine_tune", "rag", "gather_evidence"])
def test_money_states_today_alone_and_marks_nothing(verdict: str) -> None:
    money = money_of(assessed(verdict))

    assert money
    assert [row.technique for row in money.stated] == ["fine_tune_own"]
    assert money.advised is None
    assert money.recommended is None
    assert money.message == "No amount is asked for"
    assert money.at_risk_if == "we_go_on"
    assert money.note.startswith("At risk if the plan goes on: $")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("on", "said"),
    [
        thorough((DAY, "24 November 2026.")),
        (
            DAY + timedelta(days=1),
            "24 November 2026: this date has passed, so set a new one.",
        ),
    ],
)
@pytest.mark.usefixtures("stand_ins")
def test_page_1_says_that_its_date_has_passed(
    cast: Cast, settings: Settings, on: date, said: str
) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    tenant = cast.ours
    with scope(organization=tenant.organization):
        audit = add_decision(tenant, "Labels")
        Cover.objects.create(
            audit=audit, organization=audit.organization, decide_by=DAY
        )
        pack = ask_for_pack(tenant)
        noon = datetime.combine(on, time(12), tzinfo=UTC)
        BoardPack.objects.filter(pk=pack.pk).update(frozen_at=noon)
        content = build_pack(BoardPack.objects.get(pk=pack.pk))

    [page] = [paper.one for paper in content.papers if paper.one.use_case == "Labels"]
    [asked] = [item for item in content.asked if item.name == "Labels"]
    assert page.next_date == f"Decide by {said}"
    assert asked.is_late == ("passed" in said)


def test_what_nobody_has_to_settle_is_said_as_before() -> None:
    settled = assessed("fine_tune", "low")
    money = money_of(settled)

    assert settled.named == ("tune", "fine-tune", "Fine-tune", "")
    assert money
    assert money.stated == (money.rows[0],)
    assert money.advised == money.chosen.technique


@pytest.mark.thorough
@pytest.mark.usefixtures("stand_ins")
def test_pack_asks_to_settle_and_counts_no_money(
    cast: Cast, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    tenant = cast.ours
    with scope(organization=tenant.organization):
        waiting = TRAINING_CASE | {"regulatory": "not_settled"}
        audit = add_decision(tenant, "Labels", waiting)
        Cover.objects.create(
            audit=audit, organization=audit.organization, decide_by=DAY
        )
        pack = ask_for_pack(tenant)
        content = build_pack(BoardPack.objects.get(pk=pack.pk))
        overview, *pages = parts_of(pack)

    [asked] = [item for item in content.asked if item.name == "Labels"]
    assert asked.verdict == ("gather", "gather", NAME, "")
    assert content.title == "One decision waits for its sign-off"
    assert "One more waits until something is settled." in content.beside_title
    assert "What is decided, and what is settled first" in overview
    [labels] = [paper.one for paper in content.papers if "Labels" in paper.title]
    assert labels.purpose == "To settle first"
    # What the board can vote on once it is signed comes first.
    votes, settles = pages[: len(content.asked)]
    assert votes.startswith("Waits for sign-off · 1 of 1 Northgate handbook: ")
    assert settles.startswith("To settle first · 1 of 1 · not signed off yet")
    assert "Labels: first settle whether this use is allowed" in settles
    assert sum(count.now for count in content.counts if count.family.trains) == 0
    assert [count.now for count in content.counts if count.kind == "gather"] == [1]
    late = "Settle whether this use is allowed: overdue since 24 Nov 2026"
    assert late in overview
    assert "Fine-tune" not in overview.split("Verdicts across the portfolio")[0]


@pytest.mark.usefixtures("stand_ins")
def test_pack_tells_that_the_step_is_done(cast: Cast, settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    tenant = cast.ours
    with scope(organization=tenant.organization):
        waiting = TRAINING_CASE | {"regulatory": "not_settled"}
        add_decision(tenant, "Labels", waiting)
        earlier = ask_for_pack(tenant)
        frozen = BoardPack.objects.get(pk=earlier.pk).verdicts
        for found in frozen.values():
            found["comes_first"] = ""
        BoardPack.objects.filter(pk=earlier.pk).update(verdicts=frozen)
        date_back(earlier, 1)
        pack = ask_for_pack(tenant, meeting="Later")
        content = build_pack(BoardPack.objects.get(pk=pack.pk))

    [change] = content.changes.verdicts if content.changes else []
    assert change.then
    assert change.now
    assert (change.then.name, change.now.name) == ("Fine-tune", NAME)


def test_portfolio_names_the_step_and_states_no_cost(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        waiting = TRAINING_CASE | {"regulatory": "not_settled"}
        audit = add_decision(tenant, "Labels", waiting)
        row = PortfolioRow.objects.get(audit=audit)
        update_portfolio_row(audit, assessed("fine_tune"))
        priced = PortfolioRow.objects.get(audit=audit)
    client = Client()
    client.force_login(tenant.contributor)
    page = client.get(reverse("portfolio")).content.decode()

    assert (row.verdict, row.comes_first) == ("fine_tune", NAME)
    assert verdict_in_words(row) == NAME
    assert row.urgency == FRAMEWORK.urgency["gather"]
    assert (priced.cost, priced.saving, priced.at_risk) == (None, None, True)
    assert page.count(NAME) == 2  # what waits for a sign-off, and the table
