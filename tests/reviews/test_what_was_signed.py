"""A sign-off is of one use case as it was called, and of page 1 as it stood."""

from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import Settings

from audits.models import Audit, Event, Import, Review, Role, Team, UseCase, User
from audits.reports.context import build_paper
from audits.services.papers.covers import save_cover
from audits.services.papers.reports import is_current, request_report
from audits.services.record import events
from audits.services.reviews.reviews import NotInReview, review_audit, submission_of
from audits.services.use_cases import inventories
from tests.casting import PASSWORD, Cast
from tests.pages import html_of
from tests.signed_in import sign_in
from tests.wizard.page_forms import hidden

HEADINGS = "Reference,Name,Team,What it does,Stage\n"
NAMED = "Signed off under the name “Northgate handbook”."


@pytest.fixture(autouse=True)
def inside(cast: Cast, settings: Settings) -> Iterator[None]:
    backend = "django.tasks.backends.immediate.ImmediateBackend"
    settings.TASKS = {"default": {"BACKEND": backend}}
    with scope(organization=cast.ours.organization):
        yield


@pytest.fixture
def reviewer(cast: Cast) -> User:
    return cast.ours.people[Role.REVIEWER]


def imported(cast: Cast, rows: str) -> None:
    """Import rows as a contributor does, whoever's use cases they change."""
    inventory = inventories.start_import(
        organization=cast.ours.organization,
        by=cast.ours.contributor,
        name="names.csv",
        file=ContentFile((HEADINGS + rows).encode()),
    )
    client = client_of(cast, Role.CONTRIBUTOR)
    page = reverse("import", args=[inventory.pk])
    client.post(page, {**hidden(client, page), **inventory.columns})
    written = reverse("import_write", args=[inventory.pk])
    client.post(written, hidden(client, page))
    inventory.refresh_from_db()
    assert inventory.state == Import.State.DONE, inventory.failure


def client_of(cast: Cast, role: Role) -> Client:
    client = Client()
    sign_in(client, cast.ours.people[role])
    return client


def renamed(cast: Cast, *, name: str = "", summary: str = "", stage: str = "") -> Audit:
    """Import the signed use case under other words, and return its audit anew."""
    use_case = cast.ours.submitted.use_case
    cells = (
        use_case.reference,
        name or use_case.name,
        use_case.team.name,
        summary or use_case.summary,
        stage,
    )
    imported(cast, ",".join(cells))
    return Audit.objects.select_related("use_case").get(pk=cast.ours.submitted.pk)


def result(cast: Cast, role: Role = Role.VIEWER) -> str:
    page = reverse("result", args=[cast.ours.submitted.pk])
    return html_of(client_of(cast, role).get(page))


def approve(cast: Cast) -> Review:
    return review_audit(
        audit=cast.ours.submitted,
        by=cast.ours.people[Role.REVIEWER],
        outcome="approved",
        submission=submission_of(cast.ours.submitted),
    )


@pytest.mark.thorough
@pytest.mark.parametrize("change", ["name", "summary", "stage"])
def test_use_case_that_was_renamed_since_it_was_read_is_not_signed(
    cast: Cast, reviewer: User, change: str
) -> None:
    read = submission_of(cast.ours.submitted)
    use_case = UseCase.objects.filter(pk=cast.ours.submitted.use_case_id)
    words = {"name": "Project P", "summary": "Decides on claims", "stage": "live"}
    use_case.update(**{change: words[change]})
    client = client_of(cast, Role.REVIEWER)
    page = reverse("review", args=[cast.ours.submitted.pk])
    form = {"outcome": "approved", "password": PASSWORD, "submission": read}

    response = client.post(page, form, follow=True)

    assert "It was changed, reopened or decided after you read it." in html_of(response)
    assert not Review.objects.exists()
    with pytest.raises(NotInReview):
        review_audit(
            audit=cast.ours.submitted, by=reviewer, outcome="approved", submission=read
        )


@pytest.mark.thorough
def test_page_one_that_changed_since_it_was_read_is_not_signed(
    cast: Cast, reviewer: User
) -> None:
    lead = cast.ours.contributor
    client = client_of(cast, Role.REVIEWER)
    page = reverse("review", args=[cast.ours.submitted.pk])
    read = hidden(client, page)["submission"]
    save_cover(
        audit=cast.ours.submitted, by=lead, fields={"why_now": "The price fell."}
    )
    form = {"outcome": "approved", "password": PASSWORD, "submission": read}

    response = client.post(page, form, follow=True)
    again = {**form, "submission": hidden(client, page)["submission"]}
    client.post(page, again)

    assert "It was changed, reopened or decided after you read it." in html_of(response)
    assert [review.by for review in Review.objects.all()] == [reviewer]


def test_use_case_of_another_owner_is_not_signed_as_read(
    cast: Cast, reviewer: User
) -> None:
    audit = cast.ours.submitted
    read = submission_of(audit)

    audit.use_case.owner = reviewer

    assert submission_of(audit) != read


def test_use_case_that_went_to_another_team_is_not_signed_as_read(cast: Cast) -> None:
    use_case = cast.ours.submitted.use_case
    read = submission_of(cast.ours.submitted)

    use_case.team = Team(organization=use_case.organization, name="Underwriting")

    assert submission_of(cast.ours.submitted) != read


@pytest.mark.thorough
@pytest.mark.once
def test_result_and_paper_say_under_which_name_it_was_signed(cast: Cast) -> None:
    report, _ = request_report(audit=cast.ours.submitted, by=cast.ours.contributor)
    review = approve(cast)
    as_signed = result(cast)
    was = cast.ours.submitted.use_case.summary

    audit = renamed(cast, name="Project P", summary="Decides on claims")

    both = (
        f"Signed off under the name “Northgate handbook” and with the summary “{was}”."
    )
    assert (review.name, review.summary) == ("Northgate handbook", was)
    assert "Signed off under" not in as_signed
    assert both in result(cast)
    paper = build_paper(audit)
    assert paper.since_sign_off == (both,)
    assert f'<p class="meta">{both}</p>' in page_one_of(cast)
    report.audit = audit
    assert not is_current(report=report)


@pytest.mark.on_both
def test_two_use_cases_that_swap_their_names_are_told_apart(cast: Cast) -> None:
    approve(cast)
    one, other = cast.ours.submitted.use_case, cast.ours.draft.use_case
    rows = [
        f"{one.reference},{other.name},{one.team.name},{one.summary},",
        f"{other.reference},{one.name},{other.team.name},{other.summary},",
    ]

    imported(cast, "\n".join(rows))

    assert NAMED in result(cast)
    lines = Event.objects.filter(verb="use_case.changed").order_by("number")
    assert {line.subject: line.details["name"] for line in lines} == {
        one.reference: [one.name, other.name],
        other.reference: [other.name, one.name],
    }
    whole = list(Event.objects.order_by("number"))
    assert all(line.digest == line.compute_digest() for line in whole)
    assert [line.previous for line in whole[1:]] == [x.digest for x in whole[:-1]]


@pytest.mark.thorough
@pytest.mark.once
def test_what_was_sent_back_was_not_signed(cast: Cast, reviewer: User) -> None:
    review = review_audit(
        audit=cast.ours.submitted,
        by=reviewer,
        outcome="sent_back",
        words="Look again.",
        submission=submission_of(cast.ours.submitted),
    )

    renamed(cast, name="Project P")

    assert Review.objects.get(pk=review.pk).signed_under == ""


def page_one_of(cast: Cast) -> str:
    page = reverse("cover", args=[cast.ours.submitted.pk])
    return html_of(client_of(cast, Role.CONTRIBUTOR).get(page))


@pytest.mark.thorough
def test_page_1_that_was_changed_after_the_sign_off_says_so(cast: Cast) -> None:
    lead, words = cast.ours.contributor, {"why_now": "The next run starts in January."}
    save_cover(audit=cast.ours.submitted, by=lead, fields=words)
    approve(cast)
    save_cover(audit=cast.ours.submitted, by=lead, fields=words)
    same = (result(cast), page_one_of(cast), changed(cast))

    save_cover(audit=cast.ours.submitted, by=lead, fields={"why_now": "Costs fell."})

    said = f"{lead} changed page 1 on "
    [sentence] = changed(cast)
    assert sentence.startswith(said)
    assert sentence.endswith(", after the sign-off.")
    assert not any(said in shown for shown in same[:2])
    assert same[2] == ()
    assert "If you change page 1 now" in same[1]
    assert sentence in result(cast)
    assert f'<p class="meta">{sentence}</p>' in page_one_of(cast)


def changed(cast: Cast) -> tuple[str, ...]:
    return build_paper(Audit.objects.get(pk=cast.ours.submitted.pk)).since_sign_off


@pytest.mark.thorough
@pytest.mark.once
def test_page_1_that_was_written_before_the_sign_off_says_nothing(cast: Cast) -> None:
    words = {"why_now": "The next run starts in January."}
    save_cover(audit=cast.ours.submitted, by=cast.ours.contributor, fields=words)
    before = page_one_of(cast)

    approve(cast)

    assert changed(cast) == ()
    assert "signed off. If you" not in before


@pytest.mark.on_both
def test_several_lines_of_the_record_follow_each_other(cast: Cast) -> None:
    entries = [events.Entry(verb="test.done", subject=f"UC-{n}") for n in range(3)]

    lines = events.record_all(
        organization=cast.ours.organization, actor=None, entries=entries
    )

    stored = list(Event.objects.order_by("number"))
    assert stored[-3:] == lines
    assert [line.number for line in stored] == list(range(1, len(stored) + 1))
    assert [line.previous for line in stored[1:]] == [x.digest for x in stored[:-1]]
    assert all(line.digest == line.compute_digest() for line in stored)
