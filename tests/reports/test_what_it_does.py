"""Page 1 says what the use case does and its stage, in papers and packs."""

from collections.abc import Iterator

import pytest
from django_scopes import scope
from pytest_django import Settings

from audits.models import Audit, UseCase
from audits.reports.context import build_paper
from audits.reports.pdf_client import Print
from audits.services.papers.reports import request_report
from tests.casting import Cast, Tenant
from tests.printed import Printed
from tests.reports.packs.made_packs import ask_for_pack, parts_of, state_money
from tests.reports.papers import front_of, words_of
from tests.reports.test_budgets import squeezed
from tests.reports.test_tasks import IMMEDIATE

pytestmark = pytest.mark.once

DOES = "Flags adjusters’ notes that point to fraud."
STAGE = "Building"


@pytest.fixture
def tenant(cast: Cast, settings: Settings) -> Iterator[Tenant]:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    with scope(organization=cast.ours.organization):
        yield cast.ours


def describe(tenant: Tenant, summary: str, stage: str = "building") -> Audit:
    audit = Audit.objects.get(pk=tenant.submitted.pk)
    UseCase.objects.filter(pk=audit.use_case_id).update(summary=summary, stage=stage)
    return audit


def paper_of(tenant: Tenant, summary: str) -> tuple[Print, list[str]]:
    made = front_of(build_paper(describe(tenant, summary)))
    return made, [*Printed(made.pdf).words]


@pytest.mark.thorough
@pytest.mark.usefixtures("stand_ins")
def test_page_1_and_the_page_of_a_pack_say_what_the_use_case_does(
    tenant: Tenant,
) -> None:
    first, appendix = words_of(build_paper(describe(tenant, DOES)))
    _, decision, *_ = parts_of(ask_for_pack(tenant))

    for page in (first, decision):
        assert f"{STAGE} · {DOES} " in page
    assert DOES not in appendix


@pytest.mark.thorough
def test_stop_that_is_signed_and_carried_out_is_no_decision(tenant: Tenant) -> None:
    audit = describe(tenant, DOES, "stopped")
    state_money(audit)
    waits = build_paper(audit)
    Audit.objects.filter(pk=audit.pk).update(state=Audit.State.SIGNED_OFF)
    audit.refresh_from_db()

    done = build_paper(audit)

    assert (waits.one.purpose, done.one.purpose) == (
        *("For decision", "For information"),
    )
    assert done.money
    assert done.money.at_risk is None
    page, _ = words_of(done)
    assert "At risk" not in page
    assert "Decision needed" not in page
    # No board has decided: a reviewer signed it.
    assert "Signed off There is nothing to decide: it has stopped" in page


@pytest.mark.thorough
def test_use_case_that_nobody_described_says_nothing(tenant: Tenant) -> None:
    said = words_of(build_paper(describe(tenant, "")))

    assert f"{STAGE} ·" not in "".join(said)


def test_long_summary_is_whole_and_fits(tenant: Tenant) -> None:
    long = " ".join(f"It reads {number} kinds of notes." for number in range(1, 19))

    made, pages = paper_of(tenant, long)

    assert 470 < len(long) <= 500
    assert made.notice == ""
    assert squeezed(f"{STAGE} · {long}") in squeezed(pages[0])


@pytest.mark.thorough
@pytest.mark.usefixtures("stand_ins")
def test_new_description_or_stage_makes_another_paper_and_pack(tenant: Tenant) -> None:
    papers, packs = [], []
    for summary, stage in [(DOES, "building"), (DOES, "live"), ("Else.", "live")]:
        audit = describe(tenant, summary, stage)
        papers.append(request_report(audit=audit, by=tenant.contributor)[0].pk)
        packs.append(ask_for_pack(tenant).pk)

    assert len(set(papers)) == len(set(packs)) == 3
