"""What changed since the last pack, and why as far as is known."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django_scopes import scope
from pytest_django import Settings

from audits.frameworks.loading.loader import current
from audits.models import BoardPack, PortfolioRow
from audits.reports.packs.compared.pack_changes import Earlier, cause, changes
from audits.reports.packs.pack_context import build_pack
from audits.services.reviews.audits import reopen_audit, submit_audit
from tests.casting import Cast, Tenant
from tests.proved import save_proved
from tests.reports.packs.made_packs import (
    add_decision,
    ask_for_pack,
    date_back,
    parts_of,
)
from tests.reports.test_tasks import IMMEDIATE
from tests.scoring.worked_cases import RETRIEVAL_CASE, TRAINING_CASE

EARLIER = Earlier(
    meeting="", requested_by="Ana", frozen_at=datetime(2026, 9, 10, tzinfo=UTC)
)
THEN: dict[str, Any] = {
    "team": 1,
    "verdict": "rag",
    "answers": {"goal": ["knowledge"], "state": "none"},
    "given": "0123456789abcdef",
    "on": "2026-09-10",
    "framework": "a hash",
}


@pytest.mark.thorough
@pytest.mark.usefixtures("stand_ins")
def test_pack_tells_what_changed_since_the_last_over_the_same_filter(
    cast: Cast, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    tenant = cast.ours
    with scope(organization=tenant.organization):
        first = ask_for_pack(tenant, filters="stage=live")
        for earlier in (first, tenant.pack):
            date_back(earlier, 60)
        answered_otherwise(tenant)
        add_decision(tenant, "Newcomer")

        other = ask_for_pack(tenant)
        pack = ask_for_pack(tenant, filters="stage=live")

        content = build_pack(BoardPack.objects.get(pk=pack.pk))
        overview, *_ = parts_of(pack)
        before = other.previous, pack.previous
    [change] = content.changes.verdicts if content.changes else []
    assert before == (tenant.pack, first)
    assert change.name == "Northgate handbook"
    assert change.then is not None
    assert (change.then.name, change.cause[:17]) == (
        "Retrieval (RAG)",
        "Answers changed: ",
    )
    assert content.changes is not None
    assert (content.changes.new, content.changes.gone) == (1, 0)
    assert content.changes.asked_new == ("Newcomer",)
    assert content.changes.asked_gone == ()
    assert "Here and not in that pack: Newcomer." in overview
    assert "1 use case is new here." in overview
    assert (
        content.changes.asked_for
        == "$0 is asked for over 12 months, signed off or not, as in that pack."
    )
    assert "Retrieval (RAG)" in overview
    assert sum(count.change or 0 for count in content.counts) == 1


def test_pack_says_what_the_board_decided_since_the_earlier_one() -> None:
    old, new = (
        {"id": number, "on": "2026-11-30", "said": said}
        for number, said in (("1", "Deferred"), ("2", "Approved, no step done"))
    )

    found = changes(
        current(),
        {"a": {**THEN, "board": old}, "b": THEN},
        {"a": {**THEN, "board": old}, "b": {**THEN, "board": new}},
        {"a": "Letters", "b": "Quotes"},
        EARLIER,
    )

    said = " ".join(
        strip_tags(
            render_to_string("reports/packs/changes.html", {"since": found})
        ).split()
    )
    decided = "“Quotes”: Approved, no step done, on 30 November 2026"
    assert found.decided == (decided,)
    assert f"The board decided since then: {decided}." in said
    assert "Letters" not in said


def test_pack_says_how_the_sum_asked_for_has_changed(cast: Cast) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        add_decision(ours, "Quotes")
        rows = PortfolioRow.objects.filter(is_provisional=False, vote_lacks="")
        rows.update(asked=Decimal(208_627))
        number = rows.exclude(state="draft").count()
        first = ask_for_pack(ours, meeting="Spring")
        date_back(first, 60)
        first.refresh_from_db()
        rows.update(asked=Decimal(34_795))

        pack = ask_for_pack(ours, meeting="Summer", since=str(first.pk))
        found = build_pack(BoardPack.objects.get(pk=pack.pk)).changes
        BoardPack.objects.filter(pk=first.pk).update(verdicts={})
        without = build_pack(BoardPack.objects.get(pk=pack.pk)).changes

    assert found is not None
    assert without is not None
    assert without.asked_for == ""
    before, after = number * 208_627, number * 34_795
    assert found.asked_for == (
        f"${after:,} is asked for over 12 months, signed off or not, and ${before:,} "
        f"was in that pack: ${before - after:,} less."
    )


def answered_otherwise(tenant: Tenant) -> None:
    lead = tenant.contributor
    audit = reopen_audit(audit=tenant.submitted, by=lead)
    nothing = dict.fromkeys(RETRIEVAL_CASE)
    save_proved(audit=audit, by=lead, answers=nothing | TRAINING_CASE)
    submit_audit(audit=audit, by=lead)


@pytest.mark.once
@pytest.mark.parametrize(
    ("different", "told"),
    [
        ({}, "Not known"),
        ({"on": "2026-11-24"}, "The market facts are now of 24 November 2026"),
        ({"given": "fedcba9876543210"}, "Evidence levels or numbers changed"),
        ({"framework": "another"}, "The framework version changed"),
        (
            {
                "answers": {"goal": ["knowledge"], "state": "planned"},
                "on": "2026-11-24",
            },
            "Answers changed: Where training stands; "
            "The market facts are now of 24 November 2026",
        ),
        (
            {"answers": {"goal": ["style"], "tried": [], "state": "x", "eval": []}},
            "Answers changed: What is wrong, Where training stands and 2 more",
        ),
    ],
)
def test_cause_is_what_is_different_and_no_more(
    different: dict[str, Any], told: str
) -> None:
    assert cause(current(), THEN, THEN | different) == told


@pytest.mark.once
def test_first_verdict_of_a_draft_has_its_first_answers_as_cause() -> None:
    assert cause(current(), THEN | {"verdict": ""}, THEN) == "First answers"


@pytest.mark.once
def test_changes_are_listed_by_name_and_what_left_is_counted() -> None:
    now = {i: THEN | {"verdict": "distil"} for i in ("1", "2", "3")}
    then = {"1": THEN, "2": THEN, "4": THEN}

    found = changes(current(), then, now, {"1": "Zones", "2": "Articles"}, EARLIER)

    assert [change.name for change in found.verdicts] == ["Articles", "Zones"]
    assert (found.new, found.gone) == (1, 1)
    many = replace(found, new=2, gone=2)
    one, several = (
        " ".join(render_to_string("reports/packs/changes.html", {"since": x}).split())
        for x in (found, many)
    )
    assert "1 use case is new here. 1 earlier use case is no longer in this" in one
    assert "2 use cases are new here. 2 earlier use cases are no longer in" in several
