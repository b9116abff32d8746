"""The page on which a reviewer decides: what it shows, and what the team sees of it."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.frameworks.answering.flow import applicable
from audits.frameworks.loading.loader import current
from audits.models import Audit, Event, Membership, Role, User
from audits.reports.context import build_paper
from audits.scoring.summary.sureness import sureness
from audits.services.answers.answers import save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.services.verdicts.assessments import assessment_of
from tests.casting import Cast
from tests.pages import html_of
from tests.proved import show
from tests.reviews.conftest import client_of, read_of, send_back, signed, state_of
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS
from tests.signed_in import let_prove, sign_in

_CODES = re.compile(r'<span class="code">(\w+)</span>')


@pytest.mark.thorough
def test_page_says_what_exactly_is_signed(
    cast: Cast, reviewer: Client, url: str
) -> None:
    audit = cast.ours.submitted
    page = html_of(reviewer.get(url))
    submission = html_of(reviewer.get(reverse("submission", args=[audit.pk])))
    with scope(organization=cast.ours.organization):
        paper = build_paper(audit)
        draft = html_of(reviewer.get(reverse("submission", args=[cast.ours.draft.pk])))

    panel = page.split("What you sign</h2>")[1].split("</dl>")[0]
    assert "Not known: no numbers are entered." in panel
    printed = paper.provenance.answers_hash[:12]
    assert _CODES.findall(page) == [printed]
    assert _CODES.findall(submission) == [printed]
    assert "Answers hash" not in draft
    assert "Retrieval" in page
    assert "version 2" in page
    assert "Northgate contributor" in page


def test_page_asks_for_what_shows_an_answer_that_is_called_documented(
    reviewer: Client, cast: Cast, url: str
) -> None:
    said = "although 1 is marked “Documented”. Ask for what shows it."
    assert said not in " ".join(html_of(reviewer.get(url)).split())
    with scope(organization=cast.ours.organization):
        found = Audit.objects.get(pk=cast.ours.submitted.pk)
        level = {"value": "documented", "version": 1}
        found.levels = {next(iter(found.codes)): level}
        found.save(update_fields=["levels"])

    assert said in " ".join(html_of(reviewer.get(url)).split())


@pytest.mark.once
def test_hash_of_what_is_signed_is_the_papers_also_with_an_answer_that_does_not_count(
    cast: Cast, reviewer: Client, url: str
) -> None:
    lead, audit = cast.ours.contributor, cast.ours.submitted
    with scope(organization=cast.ours.organization):
        without = build_paper(audit).provenance.answers_hash
        asked = {x.id for x in applicable(current(), audit.codes)}
        hidden = next(x for x in current().questions if x.id not in asked)
        kept = {("answer", hidden.id): Sent(value=hidden.options[0].id)}
        audit = reopen_audit(audit=audit, by=lead)
        save_entries(audit=audit, by=lead, sent=kept, sender=Sender())
        audit = submit_audit(audit=Audit.objects.get(pk=audit.pk), by=lead)
        printed = build_paper(audit).provenance.answers_hash
        assert hidden.id in audit.given_codes.keys() - assessment_of(audit).codes.keys()

    pages = [url, reverse("submission", args=[audit.pk])]

    assert printed != without
    for page in pages:
        assert _CODES.findall(html_of(reviewer.get(page))) == [printed[:12]]


@pytest.mark.thorough
def test_what_is_signed_has_a_value_for_each_label_and_comes_before_the_button(
    cast: Cast, reviewer: Client
) -> None:
    draft, lead = cast.ours.draft, cast.ours.contributor
    gates = {"platform": "unknown", "data_rights": "unknown"}
    with scope(organization=cast.ours.organization):
        save_answers(audit=draft, by=lead, answers=TRAINING_CASE | gates)
        show(draft, lead)
        sent = {("level", q): Sent(value=x) for q, x in TRAINING_LEVELS.items()}
        save_entries(audit=draft, by=lead, sent=sent, sender=Sender())
        submit_audit(audit=draft, by=lead)

    page = html_of(reviewer.get(reverse("review", args=[draft.pk])))

    signed_first, _, form = page.partition("What is your decision?")
    panel = signed_first.split("What you sign</h2>")[1].split("</dl>")[0]
    assert "Send your review" in form
    counsel, model = "Counsel clears the data for training", "You have a model that can"
    assert f"<li>{counsel}</li><li>{model}" in panel
    assert panel.count("<dt>") == panel.count("<dd>")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("answers", "is_thin"),
    [(TRAINING_CASE, False), (dict.fromkeys(TRAINING_CASE, "unknown"), True)],
)
def test_page_says_how_much_is_known(
    cast: Cast, reviewer: Client, answers: dict[str, Any], is_thin: bool
) -> None:
    draft, lead = cast.ours.draft, cast.ours.contributor
    with scope(organization=cast.ours.organization):
        save_answers(audit=draft, by=lead, answers=answers)
        submit_audit(audit=draft, by=lead)
        submitted = Audit.objects.get(pk=draft.pk)
        sure = sureness(current(), assessment_of(submitted))

    page = html_of(reviewer.get(reverse("review", args=[draft.pk])))

    known = f"<strong>{sure.tally.says}</strong>."
    assert known in page
    if sure.counts_all:
        told = f"but all {sure.deciding} deciding answers are only asserted."
        assert page.count("deciding answers") == 1
    else:
        told = f"<strong>{sure.all_asserted or sure.says_measured}</strong>"
    assert not sure.deciding or told in " ".join(page.split())
    assert sure.is_thin == is_thin
    assert ("Most questions have no known answer" in page) == is_thin


@pytest.mark.thorough
def test_approval_leads_to_the_result_which_names_the_reviewer(
    cast: Cast, reviewer: Client, url: str
) -> None:
    form = signed("approved", submission=read_of(cast.ours.submitted))

    response = reviewer.post(url, form, follow=True)

    page = html_of(response)
    assert state_of(cast.ours.submitted) == Audit.State.SIGNED_OFF
    assert "<strong>Signed off</strong> by <bdi>Northgate reviewer</bdi>" in page
    assert "Review and sign off" not in page
    assert "Take back from review" not in page


def test_draft_leads_to_its_result(cast: Cast, reviewer: Client) -> None:
    response = reviewer.get(reverse("review", args=[cast.ours.draft.pk]))

    assert response["Location"] == reverse("result", args=[cast.ours.draft.pk])


@pytest.mark.thorough
@pytest.mark.once
@pytest.mark.parametrize("route", ["tasks", "result"])
def test_team_reads_why_it_was_sent_back(cast: Cast, route: str) -> None:
    send_back(cast, "Who <b>counted</b>?")

    page = client_of(cast, Role.CONTRIBUTOR).get(
        reverse(route, args=[cast.ours.submitted.pk])
    )

    text = html_of(page)
    assert "<strong>Sent back</strong> by <bdi>Northgate reviewer</bdi>" in text
    assert "Who &lt;b&gt;counted&lt;/b&gt;?" in text


@pytest.mark.thorough
@pytest.mark.once
def test_page_tells_who_answered_why_and_who_can_sign(
    cast: Cast, reviewer: Client, url: str
) -> None:
    lead = cast.ours.contributor
    with scope(organization=cast.ours.organization):
        audit = reopen_audit(audit=cast.ours.submitted, by=lead)
        answers = {"goal": ["knowledge", "style"]}
        person = cast.ours.people[Role.REVIEWER]
        audit, _ = save_answers(audit=audit, by=person, answers=answers)
        submit_audit(audit=audit, by=lead)

    page = html_of(reviewer.get(url))
    refused = reviewer.post(url, signed("approved"))

    why = "You answered “What is wrong”, so somebody else signs off."
    assert why in page
    assert "Ask Northgate admin to sign off." in page
    assert 'value="sent_back"' in page
    assert 'value="approved"' not in page
    assert refused.status_code == 422
    assert why in html_of(refused)
    assert state_of(cast.ours.submitted) == Audit.State.IN_REVIEW


@pytest.mark.once
def test_result_says_what_to_do_where_nobody_may_sign(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        Membership.objects.filter(role__in=(Role.REVIEWER, Role.ADMIN)).delete()
    url = reverse("result", args=[cast.ours.submitted.pk])

    page = html_of(client_of(cast, Role.CONTRIBUTOR).get(url))

    assert "Nobody in Northgate Mutual may sign off this verdict." in page


@pytest.mark.on_both
def test_back_office_lets_answerers_sign_and_records_it(cast: Cast) -> None:
    operator = User.objects.create_superuser("op@example.org", "x", name="Op")
    client = Client()
    sign_in(client, operator)
    let_prove(client, operator)
    tenant = cast.ours.organization
    url = reverse("admin:audits_organization_change", args=[tenant.pk])
    form = {"name": tenant.name, "slug": tenant.slug, "paper_size": "a4", "accent": ""}
    form["currency"] = "USD"

    client.post(url, {**form, "answerers_may_sign": "on"})
    tenant.refresh_from_db()
    allowed = tenant.answerers_may_sign_since
    checked = html_of(client.get(url))
    client.post(url, form)
    tenant.refresh_from_db()

    assert allowed == timezone.localdate()
    assert 'id="id_answerers_may_sign" checked' in checked
    assert tenant.answerers_may_sign_since is None
    with scope(organization=tenant):
        verb = "organization.answerers_may_sign"
        events = Event.objects.filter(verb=verb).order_by("number")
        assert [(e.actor, e.details["allowed"]) for e in events] == [
            (operator, True),
            (operator, False),
        ]


@pytest.mark.thorough
def test_top_of_the_page_leads_to_the_decision(reviewer: Client, url: str) -> None:
    page = html_of(reviewer.get(url))

    top, _, form = page.partition(
        '<h2 class="h3" id="decide">What is your decision?</h2>'
    )
    assert '<a class="btn btn-primary" href="#decide">Decide</a>' in top
    # A phone shows the form first, so it leads to what is signed before that.
    assert '<a href="#page-one">Read page 1 of the board paper first' in top
    form, _, read = form.partition("Page 1 of the board paper, part of what you sign")
    assert "Send your review" in form
    for part in ("use-case", "sure", "evidence"):
        assert f'aria-labelledby="{part}"' in read, part
    assert '<dl class="answers answers-narrow">' in read


@pytest.mark.thorough
def test_page_one_is_shown_as_it_is_printed(reviewer: Client, url: str) -> None:
    page = html_of(reviewer.get(url))

    _, _, shown = page.partition("Page 1 of the board paper, part of what you sign")
    shown = shown.partition('id="use-case"')[0]
    for block in ("Why this verdict", "Options", "What changes it", "Evidence"):
        assert f">{block}</h4>" in " ".join(shown.split()).replace("> ", ">").replace(
            " <", "<"
        ), block
    assert '<article class="one"' in shown
