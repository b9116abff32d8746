"""Whoever decides sees that a draft that is gone had the same test."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, DroppedResults, ResultsFile, Role, Team
from audits.reports.context import build_paper
from audits.scoring.days import in_words
from audits.services.answers.answers import fresh_audit
from audits.services.read_files.results_dropped import results_dropped
from audits.services.record.record_checks import check_records
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.drafts.discarding import discard_draft
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.use_cases import dropped_results
from audits.services.use_cases.changing import delete_use_case
from audits.services.use_cases.use_cases import register_use_case
from tests.casting import Cast
from tests.examples import some_of
from tests.pages import html_of
from tests.services.reviews.signing import sign
from tests.signed_in import sign_in
from tests.wizard.candidates.results_pages import read, save
from tests.wizard.candidates.results_saved import opened, save_results
from tests.wizard.candidates.told_pages import told_pages

BAD = range(90)
STAYS = "How many cases passed in the results files of this draft stays"


def file_of(
    cases: Iterable[int], passed: Iterable[int], name: str = "a.csv"
) -> SimpleUploadedFile:
    """Return a file with cases that people named, of which some passed."""
    lines = [
        f"claim {n},base prompt,{'true' if n in passed else 'false'}" for n in cases
    ]
    content = "\n".join(["case,candidate,passed", *lines]).encode()
    return SimpleUploadedFile(name, content)


def imported(client: Client, audit: Audit, file: object) -> str:
    """Save what a file says; return what its page said before."""
    page = read(client, audit, file, kind="prompt")
    save(client, page)
    return html_of(page)


def another(cast: Cast, team: Team | None = None, name: str = "Letters") -> Audit:
    ours = cast.ours
    return register_use_case(
        organization=ours.organization,
        by=ours.contributor,
        owner=ours.contributor,
        team=team or ours.draft.use_case.team,
        name=name,
        summary="Sorts letters",
    )


def delete(cast: Cast, audit: Audit) -> None:
    delete_use_case(use_case=audit.use_case, by=cast.ours.contributor)


def days_said() -> tuple[str, str]:
    today = timezone.localdate()
    return in_words(today), in_words(today).removesuffix(f" {today.year}")


def gone(cast: Cast, cases: Iterable[int] = BAD) -> None:
    """Import a bad result in a use case that is then deleted."""
    audit = another(cast)
    save_results(audit, file_of(cases, range(20), "bad.csv"), kind="prompt")
    delete(cast, audit)


def result_page(client: Client, audit: Audit) -> str:
    return html_of(client.get(reverse("result", args=[audit.pk])))


def statements(client: Client, audit: Audit) -> list[str]:
    """Return what a result page asks, once what it keeps is kept."""
    result_page(client, audit)
    with CaptureQueriesContext(connection) as asked:
        result_page(client, audit)
        return [query["sql"] for query in asked.captured_queries]


@pytest.mark.thorough
def test_same_cases_of_a_deleted_use_case_are_said_everywhere(
    client: Client, draft: Audit, cast: Cast
) -> None:
    gone(cast)
    day, short = days_said()
    said = (
        f"The same 90 cases, by their ids, were imported on {day} in “Letters”, a "
        f"draft that was deleted on {short}: “Written prompt” passed 20 of 90."
    )

    assert imported(client, draft, file_of(BAD, range(88))).count(said) == 1
    for name, page in told_pages(client, draft, cast).items():
        assert page.count(said) == 1, name
    paper = build_paper(fresh_audit(draft))
    assert "1 deleted or discarded draft had these cases (A6)." in paper.one.unknown


@pytest.mark.thorough
def test_same_file_is_said(client: Client, draft: Audit, cast: Cast) -> None:
    gone(cast)

    page = imported(client, draft, file_of(BAD, range(20)))

    assert "The same results file was imported on" in page
    assert "The same results file was imported on" in result_page(client, draft)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("cases", "shared"),
    some_of(
        [
            pytest.param(range(40), "40 of 90", id="selection"),
            pytest.param(range(120), "90 of 90", id="superset"),
            pytest.param(range(30, 120), "60 of 90", id="some replaced"),
        ],
        1,
    ),
)
def test_selection_and_superset_are_said(
    client: Client, draft: Audit, cast: Cast, cases: range, shared: str
) -> None:
    gone(cast)
    day, short = days_said()
    said = (
        f"Of the cases that were imported on {day} in “Letters”, a draft that was "
        f"deleted on {short}, {shared} are tested here again, by their ids: there "
        "“Written prompt” passed 20 of 90."
    )

    assert said in imported(client, draft, file_of(cases, cases))
    assert said in result_page(client, draft)


def test_of_a_very_large_test_a_sample_is_compared(
    client: Client, draft: Audit, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dropped_results, "_MOST_IDS", 60)
    gone(cast)
    assert len(DroppedResults.objects.get().case_ids) == 60

    page = imported(client, draft, file_of(range(120), range(120)))

    assert "at least 60 of 90 are tested here again" in page


@pytest.mark.on_both
def test_page_one_counts_drafts_and_not_their_files(
    client: Client, draft: Audit, cast: Cast
) -> None:
    first, second = another(cast), another(cast, name="Post")
    save_results(first, file_of(BAD, range(20), "bad.csv"), kind="prompt")
    save_results(first, file_of(BAD, range(30), "better.csv"), kind="prompt")
    save_results(second, file_of(BAD, range(40), "again.csv"), kind="prompt")
    delete(cast, first)
    delete(cast, second)
    imported(client, draft, file_of(BAD, range(88)))
    submit_audit(audit=fresh_audit(draft), by=draft.use_case.owner)

    paper = build_paper(fresh_audit(draft))

    assert "2 deleted or discarded drafts had these cases (A6)." in paper.one.unknown
    assert sum("were imported on" in said for said in paper.results_told) == 3


def test_test_with_few_cases_in_common_is_another_test(
    client: Client, draft: Audit, cast: Cast
) -> None:
    gone(cast)

    page = imported(client, draft, file_of(range(60, 150), range(150)))

    assert "imported on" not in page
    assert results_dropped(fresh_audit(draft)) == ()


@pytest.mark.thorough
def test_another_team_is_told_of_the_same_cases_and_not_of_some(
    client: Client, draft: Audit, cast: Cast
) -> None:
    gone(cast)
    team = Team.objects.create(organization=draft.organization, name="Another team")
    some, all_of = another(cast, team, "Some"), another(cast, team, "All")
    save_results(some, file_of(range(50), range(50)), kind="prompt")
    save_results(all_of, file_of(BAD, range(88)), kind="prompt")

    assert results_dropped(fresh_audit(some)) == ()
    assert len(results_dropped(fresh_audit(all_of))) == 1


def test_another_organization_is_never_told(
    client: Client, draft: Audit, cast: Cast
) -> None:
    gone(cast)
    theirs, other = cast.theirs, Client()
    sign_in(other, theirs.contributor)

    with scope(organization=theirs.organization):
        page = imported(other, theirs.draft, file_of(BAD, range(20)))
        audit = fresh_audit(theirs.draft)
        assert any(row.sha256 for row in audit.inputs.candidates.rows)
        assert results_dropped(audit) == ()
        assert not DroppedResults.objects.exists()

    assert "imported on" not in page


@pytest.mark.thorough
def test_row_has_counts_and_no_word_or_case_of_the_file(
    client: Client, draft: Audit, cast: Cast
) -> None:
    audit = another(cast)
    save_results(audit, file_of(BAD, range(20)), kind="prompt")
    kept = ResultsFile.objects.get(use_case=audit.use_case)
    number = audit.use_case.number

    delete(cast, audit)

    row = DroppedResults.objects.get()
    assert row.runs == [{"kind": "prompt", "cases": 90, "passed": 20, "mean": None}]
    assert (row.number, row.name, row.team) == (
        number,
        "Letters",
        draft.use_case.team,
    )
    assert (row.digest, row.cases, row.audit, row.by) == (
        kept.digest,
        kept.cases,
        None,
        cast.ours.contributor,
    )
    assert row.case_ids == sorted({case[0] for case in kept.runs[0]["cases"]})
    assert not ResultsFile.objects.filter(pk=kept.pk).exists()
    check_records()


def test_file_that_was_only_opened_is_not_kept(
    client: Client, draft: Audit, cast: Cast
) -> None:
    audit = another(cast)
    opened(audit, file_of(BAD, range(20)))
    page = html_of(client.get(reverse("delete_use_case", args=[audit.pk])))

    delete(cast, audit)

    assert STAYS not in page
    assert not DroppedResults.objects.exists()


def test_candidate_that_was_removed_before_is_kept(
    client: Client, draft: Audit, cast: Cast
) -> None:
    audit = another(cast)
    save_results(audit, file_of(BAD, range(20)), kind="prompt")
    [row] = fresh_audit(audit).inputs.candidates.rows
    client.post(reverse("remove_candidate", args=[audit.pk, row.id]), {"seen": ""})

    delete(cast, audit)

    assert DroppedResults.objects.get().runs[0]["passed"] == 20


@pytest.fixture
def renewal(client: Client, draft: Audit, cast: Cast) -> Audit:
    """A draft after a signed-off audit that has a test of its own."""
    save_results(
        draft, file_of(range(200, 290), range(288), "first.csv"), kind="prompt"
    )
    submit_audit(audit=fresh_audit(draft), by=cast.ours.contributor)
    signed = fresh_audit(draft)
    sign(cast, signed)
    return begin_again(audit=fresh_audit(draft), by=cast.ours.contributor)


def test_test_of_a_discarded_draft_is_said_in_the_next(
    client: Client, draft: Audit, cast: Cast, renewal: Audit
) -> None:
    save_results(renewal, file_of(BAD, range(20), "bad.csv"), kind="prompt")
    asked = html_of(client.get(reverse("discard", args=[renewal.pk])))
    discard_draft(audit=fresh_audit(renewal), by=cast.ours.people[Role.ADMIN])
    signed = fresh_audit(draft)
    paper = build_paper(signed).results_told
    new = begin_again(audit=signed, by=cast.ours.contributor)
    day, short = days_said()
    said = (
        f"The same 90 cases, by their ids, were imported on {day} in a draft of "
        f"“{draft.use_case.name}” that was discarded on {short}: “Written prompt” "
        "passed 20 of 90."
    )

    page = imported(client, new, file_of(BAD, range(88)))

    assert STAYS in asked
    assert DroppedResults.objects.get().audit == renewal
    assert said in page
    for name, told in told_pages(client, new, cast).items():
        assert told.count(said) == 1, name
    assert not any("was discarded" in sentence for sentence in paper)
    assert "was discarded on" not in result_page(client, renewal)


@pytest.mark.thorough
def test_discarded_draft_leaves_nothing_of_the_test_before_it(
    client: Client, cast: Cast, renewal: Audit
) -> None:
    asked = html_of(client.get(reverse("discard", args=[renewal.pk])))

    discard_draft(audit=renewal, by=cast.ours.people[Role.ADMIN])

    assert STAYS not in asked
    assert not DroppedResults.objects.exists()


@pytest.mark.thorough
def test_draft_that_goes_after_the_submission_changes_no_paper(
    client: Client, draft: Audit, cast: Cast
) -> None:
    audit = another(cast)
    save_results(audit, file_of(BAD, range(20), "bad.csv"), kind="prompt")
    save_results(draft, file_of(range(60), range(60)), kind="prompt")
    submit_audit(audit=fresh_audit(draft), by=draft.use_case.owner)
    before = build_paper(fresh_audit(draft)).results_told

    delete(cast, audit)

    assert build_paper(fresh_audit(draft)).results_told == before


def test_deleting_says_before_what_stays(
    client: Client, draft: Audit, cast: Cast
) -> None:
    audit = another(cast)
    save_results(audit, file_of(BAD, range(20)), kind="prompt")

    page = html_of(client.get(reverse("delete_use_case", args=[audit.pk])))

    assert page.count(f"{STAYS} known, without the cases: if the same") == 1


@pytest.mark.thorough
def test_result_page_asks_only_where_a_draft_is_gone(
    client: Client, draft: Audit, cast: Cast
) -> None:
    save_results(draft, file_of(BAD, range(88)), kind="prompt")
    without = statements(client, draft)
    other = another(cast)
    save_results(other, file_of(range(500, 540), range(20), "c.csv"), kind="prompt")
    delete(cast, other)
    beside = statements(client, draft)

    # Before, the query that reads the audit looks, and nothing else.
    assert [sql for sql in without if 'FROM "audits_droppedresults"' in sql] == [
        sql for sql in without if "has_dropped" in sql
    ]
    assert len(beside) == len(without) + 2


@pytest.mark.thorough
def test_years_are_said_where_they_differ(
    client: Client, draft: Audit, cast: Cast
) -> None:
    gone(cast)
    row = DroppedResults.objects.get()
    row.imported_at = row.at - timedelta(days=400)
    row.save(update_fields=["imported_at"])

    page = imported(client, draft, file_of(BAD, range(88)))

    assert f"was deleted on {in_words(timezone.localdate(row.at))}:" in page
