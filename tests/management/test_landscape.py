"""An operator's market facts are looked at first, and then in force everywhere."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.landscape import in_force
from audits.landscape.loader import built_in
from audits.models import (
    Audit,
    Event,
    LandscapeFile,
    Organization,
    PortfolioRow,
    Rescore,
)
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.market.landscapes import stored_in_force
from audits.services.portfolio.rescoring import Question, build_history
from audits.services.portfolio.scored_again import score_drafts_again
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.services.verdicts.assessments import assess_today
from audits.time_machine.tasks import queue_rescore
from tests.casting import Cast, Tenant
from tests.landscape.made_files import DEARER, NOT_TUNED
from tests.pages import html_of
from tests.proved import save_proved
from tests.reports.papers import words_of
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS
from tests.scoring.worked_numbers import CALLS

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 29)


@pytest.fixture(autouse=True)
def on_one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand on one day, whenever the tests run."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: DAY)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "facts.yaml"
    file.write_text(DEARER, "utf-8")
    return file


def run(capsys: pytest.CaptureFixture[str], *options: object) -> list[str]:
    capsys.readouterr()
    call_command("landscape", *map(str, options))
    return capsys.readouterr().out.splitlines()


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
    }


def draft_with(cast: Cast, numbers: dict[str, str]) -> Audit:
    ours = cast.ours
    sent = {("answer", "goal"): Sent(value=["knowledge"])}
    sent |= {("number", name): Sent(value=value) for name, value in numbers.items()}
    with scope(organization=ours.organization):
        save_entries(audit=ours.draft, by=ours.contributor, sent=sent, sender=Sender())
        return fresh_audit(ours.draft)


def submitted_with(
    cast: Cast, numbers: dict[str, str], of: Tenant | None = None, **answers: Any
) -> Audit:
    tenant = of or cast.ours
    lead = tenant.contributor
    with scope(organization=tenant.organization):
        audit = reopen_audit(audit=tenant.submitted, by=lead)
        save_proved(audit=audit, by=lead, answers=answers, levels=TRAINING_LEVELS)
        sent = {("number", key): Sent(value=value) for key, value in numbers.items()}
        save_entries(audit=fresh_audit(audit), by=lead, sent=sent, sender=Sender())
        return submit_audit(audit=fresh_audit(audit), by=lead)


def month_of_prompt(audit: Audit) -> Decimal:
    """Return what a month of the long prompt costs as pages would show it now."""
    with scope(organization=audit.organization), stored_in_force():
        costs = assess_today(audit).costs
    assert costs is not None
    price = costs.plan.of("prompt").price
    assert price is not None
    return price.month.expected


def test_status_says_which_facts_are_in_force_and_how_old(
    cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys) == [
        "The built-in market facts are in force, of 27 November 2026, 2 days old.",
        f"Landscape SHA-256: {built_in().sha256}",
        "Newest price checked on 20 November 2026.",
    ]

    run(capsys, file, "--apply")
    row = LandscapeFile.objects.get()
    with stored_in_force():
        digest = in_force.current().sha256

    assert run(capsys) == [
        "An operator’s market facts are in force, of 28 November 2026, 1 day old.",
        f"Landscape SHA-256: {digest}",
        "Newest price checked on 28 November 2026.",
        f"File SHA-256: {row.sha256}, over those built in, of 27 November 2026, 2 days "
        "old.",
        f"Since {row.since:%Y-%m-%d %H:%M} UTC, by {row.command}",
    ]
    assert row.command.endswith("manage.py landscape facts.yaml --apply")


@pytest.mark.thorough
def test_preview_names_the_verdict_and_its_cause_and_stores_nothing(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text(NOT_TUNED, "utf-8")
    answers = {**TRAINING_CASE}
    del answers["platform"]
    audit = submitted_with(cast, CALLS | {"tuned": "gpt-4o"}, **answers)
    before = everything()

    lines = run(capsys, file)

    assert everything() == before
    assert lines[1:4] == [
        "  Adds source letter",
        "  Changes model gpt-4o: context_window; tuning; price; drops price_periods; "
        "drops prompt_cache; released; retires; drops replaced_by; drops note; ends on "
        "2026-12-31",
        "Verdicts that change: 1 of 2 submitted audits",
    ]
    [name, cause] = lines[4:6]
    assert name.startswith(f"  northgate {audit.use_case.reference} ")
    assert name.endswith(": Fine-tune -> Retrieval (RAG)")
    assert cause == "    Tuning service: It is closing -> No"
    assert lines[-1] == "Nothing was stored."


@pytest.mark.thorough
def test_preview_names_the_sum_that_moves_and_stores_nothing(
    cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    audit = submitted_with(cast, CALLS | {"today": "prompt"}, **TRAINING_CASE)
    before = everything()

    lines = run(capsys, file)

    assert everything() == before
    assert "Verdicts that change: 0 of 2 submitted audits" in lines
    place = lines.index("Sums of 12 months that move: 2")
    assert lines[place + 1] == (
        f"  northgate {audit.use_case.reference} Northgate handbook, current plan: "
        "$16,392 -> $302,760"
    )


@pytest.mark.thorough
def test_preview_begins_with_the_largest_move_of_all_organizations(
    cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    numbers = CALLS | {"today": "prompt"}
    more = numbers | {"requests": "200000"}
    submitted_with(cast, numbers, **TRAINING_CASE)
    submitted_with(cast, more, cast.theirs, **TRAINING_CASE)

    lines = run(capsys, file)

    place = lines.index("Sums of 12 months that move: 4")
    names = [line.split()[0] for line in lines[place + 1 : place + 3]]
    assert names == ["zanzibar", "northgate"]


@pytest.mark.on_both
def test_page_paper_and_assess_follow_the_file_and_its_removal(
    cast: Cast,
    client: Client,
    file: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    draft = draft_with(cast, CALLS)
    numbers = {name: int(x) if x.isdecimal() else x for name, x in CALLS.items()}
    line = {"facts": {"goal": ["knowledge"]}, "numbers": numbers}
    facts = tmp_path / "facts.jsonl"
    facts.write_text(json.dumps(line), "utf-8")

    def told() -> tuple[Decimal, str, Any]:
        capsys.readouterr()
        call_command("assess", str(facts))
        answer = json.loads(capsys.readouterr().out)
        page = html_of(client.get(reverse("result", args=[draft.pk])))
        return month_of_prompt(draft), page, answer["costs"]

    before = told()
    run(capsys, file, "--apply")
    month, page, costs = told()
    with stored_in_force():
        digest = in_force.current().sha256
        submitted = submitted_with(cast, CALLS | {"today": "prompt"}, **TRAINING_CASE)
    run(capsys, "--remove")

    # 6,500 tokens at $30 a million and 300 at $150, 100,000 times; some are repeated.
    assert 24_000 < month < 24_000 * Decimal("1.06")
    assert f"{month:,.0f}" in page
    assert f"{month:,.0f}" not in before[1]
    told_by_page = f"recorded on 28 November 2026, hash {digest[:12]}."
    assert told_by_page in page
    assert told_by_page not in before[1]
    assert costs != before[2]
    after = told()
    assert (after[0], after[2]) == (before[0], before[2])
    assert f"{month:,.0f}" not in after[1]
    paper = paper_of(cast, submitted)
    assert f"{month:,.0f}" in paper
    assert f"Market facts hash {digest}, of the file of 28 November" in paper


def paper_of(cast: Cast, audit: Audit) -> str:
    with scope(organization=cast.ours.organization):
        return " ".join(words_of(build_paper(audit)))


def test_refused_file_is_told_with_its_line_and_stores_nothing(
    cast: Cast, file: Path
) -> None:
    file.write_text(DEARER.replace("    kind: mid", "    kind: middle"), "utf-8")
    before = everything()

    with pytest.raises(CommandError) as caught:
        call_command("landscape", str(file), "--apply")

    assert caught.value.returncode == 2
    line = DEARER[: DEARER.index("    kind: mid")].count("\n") + 1
    assert str(caught.value) == (
        f"{file}:{line}: models[claude-sonnet-5-5].kind: unknown value "
        '"middle" (did you mean "mid"?)'
    )
    assert everything() == before


@pytest.mark.parametrize(
    "options", [["--apply"], ["x.yaml", "--remove"], ["--remove", "--apply"], ["none"]]
)
def test_what_cannot_be_meant_is_refused(options: list[str]) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("landscape", *options)

    assert caught.value.returncode == 2


def test_same_file_is_applied_and_queued_once(
    cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Organization.objects.update(watched_on=DAY)
    run(capsys, file, "--apply")

    watched = Organization.objects.values_list("watched_on", flat=True)
    assert set(watched) == {None}
    assert LandscapeFile.objects.get().drafts_are_due
    once = everything()
    assert run(capsys, file, "--apply")[-1] == (
        "This file is in force already; nothing was stored."
    )
    assert everything() == once
    for tenant in (cast.ours, cast.theirs):
        with scope(organization=tenant.organization):
            [event] = Event.objects.filter(verb="landscape.applied")
            assert event.subject == LandscapeFile.objects.get().sha256


@pytest.mark.thorough
def test_drafts_are_scored_again_once_and_what_is_submitted_stays(
    cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = draft_with(cast, CALLS | {"today": "prompt"})
    with scope(organization=cast.ours.organization):
        row = PortfolioRow.objects.get(audit=draft)
        kept = PortfolioRow.objects.filter(audit=cast.ours.submitted).values().get()
    run(capsys, file, "--apply")

    with stored_in_force():
        scored = [score_drafts_again(), score_drafts_again()]

    assert scored == [1, 0]
    with scope(organization=cast.ours.organization):
        again = PortfolioRow.objects.get(audit=draft)
        assert again.spend == month_of_prompt(draft)
        assert row.spend is not None
        assert again.spend > 10 * row.spend
        same = PortfolioRow.objects.filter(audit=cast.ours.submitted).values().get()
        assert same == kept


@pytest.mark.on_both
def test_interrupted_scoring_goes_on_in_the_next_run(
    cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft_with(cast, CALLS)
    run(capsys, file, "--apply")

    with stored_in_force():
        assert score_drafts_again(seconds=-1) == 0
        assert score_drafts_again() == 1


def test_member_needs_no_query_more_for_the_facts_of_an_operator(
    cast: Cast, client: Client, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = draft_with(cast, CALLS)
    page = reverse("result", args=[draft.pk])

    def queries() -> int:
        client.get(page)
        with CaptureQueriesContext(connection) as captured:
            client.get(page)
        return len(captured)

    before = queries()
    run(capsys, file, "--apply")

    assert queries() == before


@pytest.mark.on_both
def test_file_that_a_release_refuses_leaves_the_built_in_facts_in_force(
    cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, file, "--apply")
    with scopes_disabled():
        LandscapeFile.objects.update(content="models: [1]", sha256="ab" * 32)

    with stored_in_force():
        assert in_force.current() is built_in()
    assert run(capsys)[0] == (
        "The stored file no longer fits this release, so the built-in are in force, of "
        "27 November 2026, 2 days old."
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.on_both
def test_worker_re_scores_a_portfolio_once_with_the_facts_of_an_operator(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text(NOT_TUNED, "utf-8")
    answers = {q: x for q, x in TRAINING_CASE.items() if q != "platform"}
    submitted_with(cast, CALLS | {"tuned": "gpt-4o"}, **answers)
    ours, everyone = cast.ours, Question(filters={})
    with scope(organization=ours.organization):
        Rescore.objects.all().delete()
        queue_rescore(
            organization=ours.organization, by=ours.contributor, question=everyone
        )
        call_command("worker", "--batch", "--no-startup-delay", verbosity=0)
        run(capsys, file, "--apply")
        with stored_in_force():
            for _ in range(2):
                queue_rescore(
                    organization=ours.organization,
                    by=ours.contributor,
                    question=everyone,
                )
            expected = json.loads(json.dumps(build_history(everyone).to_json()))
        call_command("worker", "--batch", "--no-startup-delay", verbosity=0)

        old, new = Rescore.objects.order_by("requested_at")
        assert (old.state, new.state) == ("ready", "ready")
        assert new.result == expected != old.result
