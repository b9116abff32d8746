"""A new audit says what speaks against the verdict in force; it takes newer results."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import (
    Audit,
    ResultsCheck,
    ResultsFile,
    Review,
    Role,
)
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.conditions.against import against_verdict
from audits.services.conditions.conditions import add_conditions
from audits.services.reviews.audits import ResultsLeftOut, submit_audit
from audits.services.reviews.condition_steps import meet_condition
from audits.services.reviews.drafts.renewals import begin_again
from tests.casting import Cast
from tests.conditions import condition_of, term
from tests.examples import some_of
from tests.outcomes.signed import (
    CANDIDATES,
    begun_after_check,
    counted,
    sheet_of,
    signed,
)
from tests.outcomes.test_results_checks import checked
from tests.outcomes.test_results_checks import sheet_of as results_of
from tests.pages import html_of
from tests.signed_in import sign_in

OPEN = "Open condition of the verdict in force:"
NEWER = "contradict the verdict in force:"
USAGE = "Usage contradicts the verdict in force:"


@pytest.fixture
def audit(cast: Cast) -> Audit:
    return signed(cast.ours)


@pytest.fixture
def lead(client: Client, cast: Cast) -> Client:
    sign_in(client, cast.ours.contributor)
    return client


def following(cast: Cast, audit: Audit) -> Audit:
    with scope(organization=cast.ours.organization):
        return begin_again(audit=fresh_audit(audit), by=cast.ours.contributor)


@pytest.fixture
def new(cast: Cast, lead: Client) -> Audit:
    """The audit after one that newer results contradict."""
    return begun_after_check(cast.ours, results_of(60))


def count(audit: Audit, check: ResultsCheck, cast: Cast) -> None:
    """Let an audit count the results of a check."""
    given = CANDIDATES["c1"] | {"sha256": check.digest}
    save_entries(
        audit=fresh_audit(audit),
        by=cast.ours.contributor,
        sent={("candidate", "c1"): Sent(value=given)},
        sender=Sender(),
    )


def shown(client: Client, name: str, audit: Audit) -> str:
    return html_of(client.get(reverse(name, args=[audit.pk])))


@pytest.mark.thorough
@pytest.mark.parametrize("name", some_of(["tasks", "result"], 1))
def test_new_audit_says_at_its_top_what_speaks_against_the_verdict(
    cast: Cast, lead: Client, audit: Audit, name: str
) -> None:
    with scope(organization=cast.ours.organization):
        asked = term(audit, "Test it on 30 cases.")
        add_conditions(Review.objects.get(audit=audit), [asked])
        found = condition_of(audit)
    checked(lead, audit, results_of(60))
    counted(audit, cast.ours, sheet_of("9000"))
    new = following(cast, audit)

    page = shown(lead, name, new)

    for words in (OPEN, "Test it on 30 cases.", NEWER, USAGE):
        assert words in page
    outcomes = reverse("outcomes", args=[audit.pk])
    assert f'href="{reverse("condition", args=[found.pk])}"' in page
    assert f'href="{outcomes}#checks"' in page
    assert f'href="{outcomes}"' in page


def lead_of(client: Client, audit: Audit) -> str:
    page = shown(client, "tasks", audit)
    return page.partition('class="lead"')[2].partition("</p>")[0]


def test_lead_says_what_to_do_first_and_not_that_nothing_is_needed(
    cast: Cast, lead: Client, audit: Audit
) -> None:
    before = lead_of(lead, following(cast, audit))
    with scope(organization=cast.ours.organization):
        add_conditions(Review.objects.get(audit=audit), [term(audit, "Test it.")])
    new = following(cast, audit)
    asked = lead_of(lead, new)
    counted(audit, cast.ours, sheet_of("9000"))
    used = lead_of(lead, new)
    checked(lead, audit, results_of(60))
    contradicted = lead_of(lead, new)
    page = shown(lead, "tasks", new)

    enough = "Enough is asked, but 7 answers not known yet could change this."
    assert enough in before
    assert "First answer again what the open condition is about." in asked
    assert "Compare the numbers with usage first" in used
    assert "Take the newer results into this audit first." in contradicted
    for said in (asked, used, contradicted):
        assert enough not in said
    button = page.partition("Take them into this audit")[0].rpartition("<button")[2]
    assert "btn-primary" in button


def test_lead_asks_for_the_check_once_the_newer_results_count(
    cast: Cast, lead: Client, new: Audit
) -> None:
    with scope(organization=cast.ours.organization):
        check = ResultsCheck.objects.get()
        count(new, check, cast)

    said = lead_of(lead, new)

    assert "The newer results count in this audit: check what they change" in said


def test_nothing_is_said_where_nothing_speaks_against_it(
    cast: Cast, lead: Client, audit: Audit
) -> None:
    with scope(organization=cast.ours.organization):
        add_conditions(Review.objects.get(audit=audit), [term(audit, "Test it.")])
        meet_condition(
            condition=condition_of(audit), by=cast.ours.contributor, words="Done"
        )
    checked(lead, audit, results_of(190, first=1000))
    new = following(cast, audit)

    page = shown(lead, "result", new)

    for words in (OPEN, NEWER, USAGE):
        assert words not in page
    with scope(organization=cast.ours.organization):
        assert against_verdict(fresh_audit(audit)) is None


@pytest.mark.on_both
def test_newer_results_are_not_left_out_unread_and_are_taken_with_one_click(
    cast: Cast, lead: Client, new: Audit
) -> None:
    with scope(organization=cast.ours.organization):
        check = ResultsCheck.objects.select_related("audit").get()
        # They came after the page was read.
        with pytest.raises(ResultsLeftOut):
            submit_audit(audit=fresh_audit(new), by=cast.ours.contributor, without="")
    url = reverse("take_checked_results", args=[new.pk, check.pk])
    assert "contradicted by newer results" in shown(lead, "result", check.audit)
    leads = f'href="{reverse("tasks", args=[new.pk])}"'
    assert leads in shown(lead, "outcomes", check.audit)

    before = shown(lead, "tasks", new)
    response = lead.post(url)
    again = lead.post(url)
    after = shown(lead, "tasks", new)

    assert f'action="{url}"' in before
    with scope(organization=cast.ours.organization):
        kept = ResultsFile.objects.get(use_case=new.use_case_id, digest=check.digest)
        assert (kept.runs, kept.cases) == (check.runs, check.cases)
    there = reverse("results", args=[new.pk, kept.pk])
    assert response["Location"] == again["Location"] == there
    assert "60 of 200" in html_of(lead.get(there))
    assert f'action="{url}"' not in after
    assert f'href="{there}"' in after


def test_only_who_may_answer_takes_newer_results(
    cast: Cast, lead: Client, new: Audit
) -> None:
    with scope(organization=cast.ours.organization):
        url = reverse(
            "take_checked_results", args=[new.pk, ResultsCheck.objects.get().pk]
        )

    for role, status in ((Role.VIEWER, 403), (Role.CONTRIBUTOR, 302)):
        sign_in(lead, cast.ours.people[role])
        assert lead.post(url).status_code == status
        sign_in(lead, cast.theirs.people[role])
        assert lead.post(url).status_code == 404


def test_check_without_room_keeps_what_it_said_and_asks_to_answer_again(
    cast: Cast, lead: Client, audit: Audit, settings: object
) -> None:
    settings.EVIDENCE_QUOTA = 1  # type: ignore[attr-defined]
    checked(lead, audit, results_of(60))
    new = following(cast, audit)

    page = shown(lead, "tasks", new)

    assert NEWER in page
    assert "First answer again what the newer results contradict." in page
    assert "Take them into this audit" not in page
    with scope(organization=cast.ours.organization):
        assert ResultsCheck.objects.get().runs == []
