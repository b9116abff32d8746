"""The sample company shows every verdict, and money wherever money is shown."""

from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.db.models import Min
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.frameworks.loading import loader
from audits.models import (
    Audit,
    Organization,
    Outcome,
    PortfolioRow,
    ResultsCheck,
    Review,
    SignOffCondition,
    Submission,
    UsageUpload,
    UseCase,
)
from audits.reports.context import build_paper
from audits.reports.pdf_client import render_paper
from audits.scoring.tracking.outcomes import months_of
from audits.services.answers.answers import fresh_audit
from audits.services.demo.sample import SLUG, load_sample, sample_company
from audits.services.due.contradictions import CONTRADICTED
from audits.services.due.covers import cover_of
from audits.services.portfolio.rescoring import Question, history_for_page
from audits.services.portfolio.snapshots import year_before
from audits.services.reviews.drift import mark_due
from audits.services.verdicts.assessments import assessment_of
from audits.services.verdicts.votable import before_vote
from tests.loaded_demo import SAMPLE
from tests.printed import Printed


@pytest.fixture
def company(db: None) -> Organization:
    SAMPLE.put()
    return Organization.objects.get(slug=SLUG)


@pytest.mark.once
def test_company_says_that_its_figures_are_invented(company: Organization) -> None:
    assert str(company) == "Halden Mutual (sample, invented data and dates)"


@pytest.mark.once
def test_every_verdict_is_among_what_was_submitted(company: Organization) -> None:
    with scope(organization=company):
        submitted = Audit.objects.current().exclude(submitted_at=None)
        verdicts = set(submitted.values_list("verdict", flat=True))

    # No use case of the sample is about speech, or about images on a device.
    assert verdicts == loader.current().verdicts.keys() - {"untuned_model"}


@pytest.mark.once
def test_all_that_was_submitted_states_money(company: Organization) -> None:
    with scope(organization=company):
        stated = PortfolioRow.objects.exclude(submitted_at=None)
        assert stated.count() == 12
        assert not stated.filter(spend=None).exists()
        # A small part, and what is measured or prepared first, have no price.
        unpriced = set(stated.filter(cost=None).values_list("verdict", flat=True))
        later = {"gather_evidence", "fine_tune_after_mlops"}
        assert unpriced == {"train_small_part", *later}
        # What a verdict stops, holds, replaces or moves.
        assert stated.filter(at_risk=True).count() == 5
        assert set(stated.values_list("provider", flat=True)) >= {"Anthropic", "Google"}


@pytest.mark.thorough
@pytest.mark.once
def test_market_turned_verdicts_of_the_company_for_different_reasons(
    company: Organization,
) -> None:
    families = loader.current().verdicts
    today = timezone.localdate()
    with scope(organization=company):
        history, _ = history_for_page(Question(filters={}))
        all_rows = PortfolioRow.objects.select_related("audit__use_case")
        rows = {str(row.audit_id): row for row in all_rows}

    turned = [
        flip
        for flip in history.flips(history.first, today)
        if families[flip.before].family != families[flip.after].family  # type: ignore[index]
    ]
    assert history.changed(today) == 4
    assert len({flip.day for flip in turned}) == 2
    causes = {c.fact for f in history.flips(history.first, today) for c in f.causes}
    assert causes == {
        *("largest_window", "prompt_caching", "enforced_output", "platform"),
    }
    for flip in turned:
        row = rows[flip.audit]
        assert row.submitted_at or "invented example" in row.audit.use_case.summary


@pytest.mark.thorough
@pytest.mark.once
def test_decisions_wait_and_one_is_overdue(company: Organization) -> None:
    today = timezone.localdate()
    with scope(organization=company):
        waiting = PortfolioRow.objects.awaiting()
        due = [row.due_on for row in waiting]
        # What is signed off waits for the board alone.
        asked = PortfolioRow.objects.filter(audit__cover__decide_by__isnull=False)
        due += [row.board_due_on for row in asked.difference(waiting)]
    days = sorted(day for day in due if day)

    given = sample_company()["use_cases"]
    meant = [today + timedelta(u["decide_in"]) for u in given if "decide_in" in u]
    # No board meets at a weekend: it decides on the Friday before.
    friday = [day - timedelta(max(0, day.weekday() - 4)) for day in meant]
    assert days == sorted(friday)
    assert days[0] < today


@pytest.mark.once
def test_what_is_signed_off_has_a_review_by_somebody_else(
    company: Organization,
) -> None:
    with scope(organization=company):
        signed = Audit.objects.filter(state=Audit.State.SIGNED_OFF)
        assert signed.count() == 8
        for audit in signed:
            [review] = Review.objects.filter(audit=audit)
            assert review.by != audit.submitted_by
            assert audit.valid_until is not None
            row = PortfolioRow.objects.get(audit=audit)
            days = (row.condition_due_on, row.board_due_on)
            first = min((day for day in days if day), default=audit.valid_until)
            assert row.due_on == first


@pytest.mark.once
def test_every_paper_names_its_risks_its_sponsor_and_its_meeting(
    company: Organization,
) -> None:
    with scope(organization=company):
        submitted = Audit.objects.current().exclude(submitted_at=None)
        covers = [cover_of(audit) for audit in submitted.select_related("use_case")]

    for cover in covers:
        assert len(cover.risks) in (2, 3), cover.audit
        assert all(risk["text"] and risk["owner"] for risk in cover.risks)
        assert cover.sponsor
        assert cover.meeting
    # The sponsors of all that the board can vote on agreed before the sign-off.
    days = {
        cover.audit.use_case.name: cover.sponsor_agreed_on
        for cover in covers
        if cover.purpose == "decision" and cover.audit.signed_off_at
    }
    agreed = {name: (timezone.localdate() - on).days for name, on in days.items() if on}
    assert agreed == {
        "Claims handbook answers": 6,
        "Broker mail triage": 3,
        "Medical report extraction": 1,
    }
    assert days.keys() == agreed.keys()
    assert sum(bool(cover.sponsor_agreed_on) for cover in covers) == len(agreed)


@pytest.mark.once
def test_what_asks_the_board_has_a_day_after_its_verdict_and_the_rest_informs(
    company: Organization,
) -> None:
    asked = Counter[str]()
    with scope(organization=company):
        for audit in Audit.objects.current().exclude(submitted_at=None):
            cover = cover_of(audit)
            if cover.purpose == "information":
                assert audit.state == Audit.State.SIGNED_OFF, audit
                assert cover.decide_by is None
                continue
            asked[audit.state] += 1
            assert audit.submitted_at
            assert cover.decide_by
            assert cover.decide_by > timezone.localdate(audit.submitted_at)

    assert asked == {"signed_off": 3, "in_review": 4}


@pytest.mark.thorough
@pytest.mark.once
def test_board_can_vote_on_what_a_results_file_of_the_sample_shows(
    company: Organization,
) -> None:
    given = {each["name"]: each for each in sample_company()["use_cases"]}
    with scope(organization=company):
        for audit in Audit.objects.current().exclude(submitted_at=None):
            tests = given[audit.use_case.name].get("tests", {})
            found, files = audit.given_candidates, audit.use_case.results_files.all()
            assert audit.submitted_at
            assert found.target == (
                Decimal(tests["target"]) / 100 if "target" in tests else None
            )
            shown = [(x.kind, x.model, x.passed, x.cases) for x in found.rows]
            assert shown == [
                (x["kind"], x["model"], x["passed"], tests["cases"])
                for x in tests.get("results", ())
            ]
            assert [file.name for file in files] == (
                [tests["file"]] if "file" in tests else []
            )
            for row, file in product(found.rows, files):
                assert row.sha256 == file.digest
                assert (row.level, row.run_by) == ("measured", tests["run_by"])
                assert row.day
                assert row.day < timezone.localdate(audit.submitted_at)
                assert file.added_at < audit.submitted_at
                assert not row.replaced
                assert not row.copies
            assert not found.moved
        audits = Audit.objects.filter(state=Audit.State.SIGNED_OFF)
        ready = list(audits.exclude(cover__decide_by=None))
        lacks = [
            before_vote(a, assessment_of(a)).lacks_of(assessment_of(a), is_asked=True)
            for a in ready
        ]

    assert lacks == [""] * 3
    assert all(audit.given_candidates.rows for audit in ready)


@pytest.mark.once
def test_every_answer_is_kept_as_it_stands_in_the_file(company: Organization) -> None:
    with scope(organization=company):
        current = Audit.objects.current().select_related("use_case")
        audits = {a.use_case.name: a for a in current}

    for given in sample_company()["use_cases"]:
        answers = audits[given["name"]].answers
        assert {q: entry["value"] for q, entry in answers.items()} == given["answers"]


@pytest.mark.once
def test_answers_and_market_are_of_the_day_of_the_submission(
    company: Organization,
) -> None:
    with scope(organization=company):
        for audit in Audit.objects.exclude(submitted_at=None):
            assert audit.submitted_at is not None
            assert audit.landscape_date == timezone.localdate(audit.submitted_at)
            for entry in (*audit.answers.values(), *audit.numbers.values()):
                assert datetime.fromisoformat(entry["at"]) < audit.submitted_at
            assert not audit.versions.filter(at__gt=audit.submitted_at).exists()


@pytest.mark.once
def test_timeline_of_each_use_case_is_in_order(company: Organization) -> None:
    with scope(organization=company):
        for audit in Audit.objects.exclude(submitted_at=None):
            [submission] = audit.submissions.all()
            assert audit.created_at < submission.at == audit.submitted_at
            assert not audit.signed_off_at or submission.at < audit.signed_off_at


@pytest.mark.on_both
def test_loading_again_changes_nothing(company: Organization) -> None:
    with scopes_disabled():
        before = Counter(Audit.objects.values_list("pk", "revision"))

        assert load_sample() is False

        assert Counter(Audit.objects.values_list("pk", "revision")) == before


@pytest.mark.once
def test_earlier_papers_have_synthetic_months_inside_above_and_below(
    company: Organization,
) -> None:
    with scope(organization=company):
        found = Outcome.objects.filter(audit__state=Audit.State.SUPERSEDED)
        months = [month for each in found for month in months_of(each.months)]
        files = UsageUpload.objects.all()
        assert found.count() == files.count() == 3
        assert all(file.is_synthetic for file in files)

    assert len(months) >= 15
    assert all(month.is_synthetic for month in months)
    assert {month.place for month in months} == {"inside", "above", "below"}
    causes = {part.causes for x in months for part in x.parts if part.amount}
    assert {("volume",), ("tokens",), ("cache",), ("model",), ("other",)} <= causes
    assert max(month.first for month in months) < timezone.localdate()


@pytest.mark.thorough
@pytest.mark.once
def test_two_signed_verdicts_have_an_open_condition(company: Organization) -> None:
    with scope(organization=company):
        conditions = [*SignOffCondition.objects.open()]
        for found in conditions:
            row = PortfolioRow.objects.get(audit=found.audit_id)
            paper = build_paper(fresh_audit(found.audit))

            assert row.condition_due_on == found.due_on
            assert found.words.rstrip(".") in paper.sign_off
            assert paper.state == "Signed off, with conditions"

    assert len(conditions) == 2


@pytest.mark.once
@pytest.mark.thorough
def test_paper_of_a_sample_that_is_due_for_review_has_six_pages(
    company: Organization,
) -> None:
    with scope(organization=company):
        signed = list(Audit.objects.filter(state=Audit.State.SIGNED_OFF))
        ResultsCheck.objects.bulk_create(
            ResultsCheck(
                organization=company,
                audit=audit,
                state=ResultsCheck.State.DIFFERS,
                contradicts="a newer test of 58 of 60 contradicts 44 of 60",
                by=audit.submitted_by,
            )
            for audit in signed
        )
        for audit in signed:
            mark_due(audit, CONTRADICTED)
        papers = [build_paper(fresh_audit(audit)) for audit in signed]

    pages = [Printed(render_paper(paper)).words for paper in papers]

    assert len(pages) == 8
    assert [len(each) for each in pages] == [6] * 8
    assert all("a newer test of 58 of 60 contradicts" in each[0] for each in pages)


@pytest.mark.once
def test_months_before_it_was_loaded_are_worked_out_and_marked(
    company: Organization,
) -> None:
    with scope(organization=company):
        shots = year_before(None, timezone.localdate())
        cases = dict(UseCase.objects.values_list("pk", "created_at"))
        audits = Audit.objects.order_by().values("use_case")
        begun = audits.annotate(first=Min("created_at")).values_list(
            "use_case", "first"
        )

        assert len(shots) >= 6
        assert all(shot.worked_out and shot.running is None for shot in shots)
        counts = [shot.use_cases for shot in shots]
        assert counts == sorted(counts)
        assert counts[0] > 0
        for case, first in begun:
            assert timedelta() <= first - cases[case] < timedelta(seconds=5)
        for sent in Submission.objects.select_related("audit"):
            assert sent.verdict == sent.audit.verdict
            assert sent.at > sent.audit.created_at
