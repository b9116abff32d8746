"""Large portfolios: by a worker, with progress, one result for every day."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from pytest_django import Settings

from audits.frameworks.loading import loader
from audits.landscape.facts import FIRST_DAY
from audits.models import Audit, Rescore
from audits.models.audits import values
from audits.scoring.history.portfolio_history import PortfolioHistory, from_json
from audits.scoring.history.time_machine import TimeMachine
from audits.scoring.inputs import Inputs
from audits.services.answers.answers import save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.jobs import jobs, leases
from audits.services.portfolio import rescoring
from audits.services.portfolio.rescoring import Question
from audits.time_machine.tasks import forget_old, make_rescore, queue_overdue_again
from tests.casting import Cast, register
from tests.frameworks.edited_pack import NEWEST, changed
from tests.loaded_demo import DEMO
from tests.pages import html_of
from tests.proved import save_proved

IMMEDIATE = "django.tasks.backends.immediate.ImmediateBackend"
ALL = Question(filters={})


@pytest.fixture
def large(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Northgate's portfolio of four, told to be large."""
    monkeypatch.setattr(rescoring, "AT_ONCE", 1)
    monkeypatch.setattr(rescoring, "CHUNK", 1)
    add(cast, "Labelling")
    add(cast, "Routing")
    with scope(organization=cast.ours.organization):
        Rescore.objects.all().delete()
    return cast


def add(cast: Cast, name: str) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        audit = register(tenant.organization, tenant.contributor, tenant.team, name)
        save_proved(audit=audit, by=tenant.contributor)


def client_of(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.ours.contributor)
    return client


def page_of(client: Client, **query: Any) -> str:
    return html_of(client.get(reverse("time_machine"), query))


def asked(cast: Cast) -> Rescore:
    """Return the portfolio's re-scoring, asked for and not begun."""
    with scope(organization=cast.ours.organization):
        rescore, to_make = rescoring.request_rescore(
            organization=cast.ours.organization,
            by=cast.ours.contributor,
            question=ALL,
        )
    assert to_make
    return rescore


@pytest.mark.thorough
@pytest.mark.once
def test_own_day_and_version_give_the_stored_verdict_of_all_cases(db: None) -> None:
    DEMO.put()
    framework = loader.current()
    machine = TimeMachine(framework, FIRST_DAY, timezone.localdate())
    with scopes_disabled():
        audits = list(Audit.objects.all())

    assert len(audits) == 47
    for audit in audits:
        inputs = Inputs(
            codes=audit.codes,
            levels=values(audit.levels),
            numbers=values(audit.numbers),
        )
        assert audit.landscape_date
        assert machine.verdict(inputs, audit.landscape_date) == audit.verdict
        assert machine.history(inputs).on(audit.landscape_date) == audit.verdict


@pytest.mark.on_both
def test_large_portfolio_is_asked_for_and_then_told(
    large: Cast, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    client = client_of(large)
    before = page_of(client, on="2022-12-01")
    assert "Re-score 4 use cases" in before
    assert "<svg xmlns" not in before

    answer = client.post(reverse("rescore"), {"on": "2022-12-01"})

    assert answer["Location"] == reverse("time_machine") + "?on=2022-12-01"
    for day in ("2022-12-01", "2024-08-06", "2026-01-01"):
        page = page_of(client, on=day)
        assert "of 3 verdicts since" in page
        assert "1 more use case could not be re-scored: no answers yet." in page
        assert "Re-score 4 use cases" not in page
    with scope(organization=large.ours.organization):
        assert Rescore.objects.get().done == 4


@pytest.mark.on_both
def test_worker_tells_the_same_as_the_page_would(large: Cast) -> None:
    rescore = asked(large)
    with scope(organization=large.ours.organization):
        assert jobs.start_job(job=rescore)
        rescoring.make_rescore(rescore=rescore)
        rescore.refresh_from_db()
        at_once = rescoring.build_history(ALL)

    assert rescore.state == Rescore.State.READY
    assert from_json(rescore.result or {}).to_json() == at_once.to_json()


@pytest.mark.thorough
def test_progress_is_said_and_a_page_that_shows_it_gets_nothing_new(
    large: Cast,
) -> None:
    rescore = asked(large)
    client = client_of(large)
    with scope(organization=large.ours.organization):
        Rescore.objects.update(state=Rescore.State.MAKING, done=2)
    page = page_of(client)

    assert "2 of 4 re-scored" in page
    assert '<progress max="4" value="2"' in page
    assert 'hx-trigger="every 1s"' in page
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page

    htmx = {"HX-Request": "true"}
    url = reverse("time_machine")
    assert client.get(f"{url}?seen=making-2", headers=htmx).status_code == 204
    part = html_of(client.get(f"{url}?seen=making-1", headers=htmx)).strip()
    assert part.startswith('<section class="section" id="progress"')
    with scope(organization=large.ours.organization):
        Rescore.objects.filter(pk=rescore.pk).update(
            state=Rescore.State.READY, result=rescoring.build_history(ALL).to_json()
        )
    assert client.get(f"{url}?seen=making-2", headers=htmx)["HX-Refresh"] == "true"


@pytest.mark.on_both
def test_cancelled_work_stops_after_its_next_few_and_can_be_asked_again(
    large: Cast, settings: Settings
) -> None:
    rescore = asked(large)
    client = client_of(large)
    with scope(organization=large.ours.organization):
        assert jobs.start_job(job=rescore)

        client.post(reverse("cancel_rescore", args=[rescore.pk]))

        with pytest.raises(leases.LeaseLost):
            rescoring.make_rescore(rescore=rescore)
        rescore.refresh_from_db()
    assert (rescore.state, rescore.done) == (Rescore.State.CANCELLED, 0)
    page = page_of(client)
    assert "Cancelled after 0 of 4." in page
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    client.post(reverse("rescore"))
    assert "of 3 verdicts since" in page_of(client)


@pytest.mark.on_both
def test_worker_whose_lease_another_has_keeps_nothing(large: Cast) -> None:
    first = asked(large)
    with scope(organization=large.ours.organization):
        assert jobs.start_job(job=first)
        Rescore.objects.update(leased_by="another")
        with pytest.raises(leases.LeaseLost):
            rescoring.make_rescore(rescore=first)
        first.refresh_from_db()

    assert (first.state, first.result) == (Rescore.State.MAKING, None)


@pytest.mark.on_both
def test_lost_work_is_taken_back_and_given_up_after_three(large: Cast) -> None:
    rescore = asked(large)
    past = timezone.now() - timedelta(minutes=1)
    for attempts, state in ((1, "queued"), (3, "failed")):
        with scope(organization=large.ours.organization):
            Rescore.objects.update(
                state=Rescore.State.MAKING, leased_until=past, attempts=attempts
            )
        call_command("housekeeping")
        with scope(organization=large.ours.organization):
            rescore.refresh_from_db()
        assert rescore.state == state
    assert queue_overdue_again() == 0
    assert "stopped each time" in page_of(client_of(large))


@pytest.mark.on_both
def test_fault_ends_in_a_reason(large: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    rescore = asked(large)
    with scope(organization=large.ours.organization):
        Rescore.objects.update(filters={"team": "no number"})
    make_rescore.call(str(rescore.organization_id), str(rescore.pk))

    page = page_of(client_of(large))
    assert "The portfolio could not be re-scored. Tell an administrator." in page
    assert "Re-score 4 use cases" in page


@pytest.mark.thorough
def test_changed_portfolio_keeps_its_old_result_and_offers_a_new_one(
    large: Cast, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    client = client_of(large)
    client.post(reverse("rescore"))
    add(large, "Another")

    page = page_of(client)

    assert "of 3 verdicts since" in page
    assert "The portfolio or the date has changed since then." in page
    client.post(reverse("rescore"))
    assert "of 4 verdicts since" in page_of(client)


@pytest.mark.thorough
def test_results_of_earlier_days_are_forgotten(large: Cast) -> None:
    asked(large)
    old = timezone.now() - timedelta(days=3)
    with scope(organization=large.ours.organization):
        Rescore.objects.update(requested_at=old, state=Rescore.State.READY)

    assert forget_old() == 1
    with scope(organization=large.ours.organization):
        assert not Rescore.objects.exists()


@pytest.mark.once
def test_other_version_counts_what_it_reads_and_what_not(
    large: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "v3.yaml"
    text = changed(("\nversion: 2\n", "\nversion: 3\n"), pack=NEWEST)
    file.write_text(text, encoding="utf-8")
    newer = loader.load(file)
    published = loader.published
    monkeypatch.setattr(
        loader,
        "published",
        lambda name, version: newer if version == 3 else published(name, version),
    )
    with scope(organization=large.ours.organization):
        audit = Audit.objects.get(use_case__name="Routing")
        audit.answers = {"gone": {"value": "yes"}}
        audit.save()
        own = Audit.objects.get(use_case__name="Labelling")
        own.framework_version = 9
        own.save()

        of_own = rescoring.build_history(ALL)
        of_newer = rescoring.build_history(
            Question(filters={}, version="fine_tuning/3")
        )

    assert of_own.left_out == {"no_answers": 1, "no_framework": 1}
    assert of_newer.left_out == {"no_answers": 1, "nothing_fits": 1}
    assert of_newer.total == 2


@pytest.mark.once
def test_history_kept_as_json_is_the_same(db: None) -> None:
    DEMO.put()
    with scopes_disabled():
        told = rescoring.build_history(ALL)
    kept = from_json(told.to_json())

    assert kept.total == told.total
    for day in (FIRST_DAY, date(2024, 8, 5), date(2024, 8, 6), told.last):
        assert kept.on(day) == told.on(day)
    assert kept.flips(FIRST_DAY, told.last) == told.flips(FIRST_DAY, told.last)
    assert sum(told.on(told.last).values()) == told.total


@pytest.mark.once
def test_flips_beyond_the_list_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audits.scoring.history.portfolio_history.MOST_LISTED", 1)
    from tests.scoring.history.test_time_machine import CASES  # noqa: PLC0415 - slow to make

    machine = TimeMachine(loader.current(), FIRST_DAY, date(2026, 11, 24))
    history = PortfolioHistory(FIRST_DAY, date(2026, 11, 24))
    for name, inputs in CASES:
        history.add(name, machine.history(inputs))

    assert history.flipped(FIRST_DAY, history.last) == 5
    assert len(history.flips(FIRST_DAY, history.last)) == 1


@pytest.mark.thorough
@pytest.mark.once
def test_large_portfolio_without_an_answer_says_why_nothing_is_shown(
    large: Cast, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    with scope(organization=large.ours.organization):
        Audit.objects.update(answers={}, verdict="")
    client = client_of(large)

    client.post(reverse("rescore"))

    said = "None of 4 use cases could be re-scored: no answers yet."
    assert said in page_of(client)


def test_candidates_alone_are_re_scored_as_they_are_scored(cast: Cast) -> None:
    value = {"kind": "examples", "cases": 200, "passed": 190, "sha256": "0f" * 32}
    sent: dict[Any, Sent] = {
        ("candidate", "c1"): Sent(value=value),
        ("candidate", "target"): Sent(value={"share": "0.9"}),
    }
    with scope(organization=cast.ours.organization):
        saved = save_entries(
            audit=cast.ours.draft,
            by=cast.ours.contributor,
            sent=sent,
            sender=Sender(),
        )
        found = rescoring.build_history(ALL).on(timezone.localdate())

    assert saved.assessment.verdict == "few_shot"
    assert found["few_shot"] == 1
