"""The page on which a reviewer decides, and what the team sees of it."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.frameworks.answering.flow import applicable
from audits.frameworks.loading.loader import current
from audits.models import Audit, Event, Membership, Review, Role, User
from audits.reports.context import build_paper
from audits.scoring.summary.sureness import sureness
from audits.services.answers.answers import save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.services.verdicts.assessments import assessment_of
from tests.casting import PASSWORD, Cast
from tests.conditions import sent
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


@pytest.mark.once
def test_words_that_are_missing_lose_nothing(
    cast: Cast, reviewer: Client, url: str, read: dict[str, str]
) -> None:
    response = reviewer.post(url, {**read, "outcome": "sent_back", "words": "  "})

    page = html_of(response)
    assert response.status_code == 422
    assert "Enter the reason" in page
    assert 'value="sent_back"' in page.split("checked")[0].rsplit("<input", 1)[1]
    assert state_of(cast.ours.submitted) == Audit.State.IN_REVIEW


@pytest.mark.once
def test_words_that_are_too_long_are_kept_on_the_page(
    cast: Cast, reviewer: Client, url: str, read: dict[str, str]
) -> None:
    words = "Nobody counted. " * 80

    response = reviewer.post(url, {**read, "outcome": "conditions", "words": words})

    assert response.status_code == 422
    assert words.strip() in html_of(response)
    assert state_of(cast.ours.submitted) == Audit.State.IN_REVIEW


@pytest.mark.once
def test_nothing_chosen_is_refused_with_the_words_kept(
    reviewer: Client, url: str, read: dict[str, str]
) -> None:
    response = reviewer.post(url, {**read, "words": "Well done"})

    assert response.status_code == 422
    page = html_of(response)
    assert "Choose your decision" in page
    assert "Well done" in page


def test_own_submission_is_refused_in_words(cast: Cast) -> None:
    tenant = cast.ours
    admin = tenant.people[Role.ADMIN]
    with scope(organization=tenant.organization):
        audit = reopen_audit(audit=tenant.submitted, by=admin)
        submit_audit(audit=audit, by=admin)
    client = client_of(cast, Role.ADMIN)
    url = reverse("review", args=[tenant.submitted.pk])

    for response in (client.get(url), client.post(url, {"outcome": "approved"})):
        assert response.status_code == 403
        assert "someone else must review it" in html_of(response)
    assert state_of(tenant.submitted) == Audit.State.IN_REVIEW
    result = client.get(reverse("result", args=[tenant.submitted.pk]))
    assert "Review and sign off" not in html_of(result)


@pytest.mark.parametrize("outcome", ["sent_back", "approved", ""])
def test_words_of_who_submitted_meanwhile_are_given_back(
    cast: Cast, reviewer: Client, url: str, outcome: str
) -> None:
    form = signed(outcome, words="Who counted <b>these</b>?")
    form["submission"] = read_of(cast.ours.submitted)
    by = cast.ours.people[Role.REVIEWER]
    with scope(organization=cast.ours.organization):
        submit_audit(audit=reopen_audit(audit=cast.ours.submitted, by=by), by=by)

    response = reviewer.post(url, form)

    assert response.status_code == 403
    assert "someone else must review it" in html_of(response)
    given_back = "Your comment was not sent: “Who counted &lt;b&gt;these&lt;/b&gt;?”"
    assert given_back in html_of(response)


@pytest.mark.thorough
def test_answers_changed_since_they_were_read_are_not_signed(
    cast: Cast, reviewer: Client, url: str
) -> None:
    form = signed("approved", submission=read_of(cast.ours.submitted))
    with scope(organization=cast.ours.organization):
        lead = cast.ours.contributor
        submit_audit(audit=reopen_audit(audit=cast.ours.submitted, by=lead), by=lead)

    response = reviewer.post(url, form, follow=True)

    assert "It was changed, reopened or decided" in html_of(response)
    assert state_of(cast.ours.submitted) == Audit.State.IN_REVIEW


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


@pytest.mark.once
def test_day_that_is_none_is_refused_and_kept(cast: Cast) -> None:
    client = client_of(cast, Role.CONTRIBUTOR)
    url = reverse("cover", args=[cast.ours.submitted.pk])

    response = client.post(url, {"purpose": "decision", "decide_by": "soon"})

    page = html_of(response)
    assert response.status_code == 422
    assert "Enter the day as year, month and day" in page
    assert 'value="soon"' in page


@pytest.mark.once
def test_day_of_the_decision_that_has_passed_is_refused(cast: Cast) -> None:
    client = client_of(cast, Role.CONTRIBUTOR)
    url = reverse("cover", args=[cast.ours.submitted.pk])

    response = client.post(url, {"purpose": "decision", "decide_by": "2020-01-01"})

    assert response.status_code == 422
    assert ("Enter a day that is still to come: 1 January 2020 has passed") in html_of(
        response
    )


def test_words_that_came_second_are_given_back(
    cast: Cast, reviewer: Client, url: str, read: dict[str, str]
) -> None:
    send_back(cast, "Who counted?")

    told = reviewer.post(
        url,
        {**read, "outcome": "sent_back", "words": "Count the sales desk."},
        follow=True,
    )

    page = html_of(told)
    assert "Your comment was not sent: “Count the sales desk.”" in page
    with scope(organization=cast.ours.organization):
        assert [review.words for review in Review.objects.all()] == ["Who counted?"]


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
@pytest.mark.parametrize("read", [{}, {"submission": "\0"}, {"submission": "a\0b"}])
def test_review_that_does_not_say_what_was_read_decides_nothing_and_loses_nothing(
    cast: Cast, reviewer: Client, url: str, read: dict[str, str]
) -> None:
    words = {"outcome": "conditions", "words": "Test it again.", "password": PASSWORD}
    unsaid = {**words, **sent("Test it on 30 cases."), **read}

    response = reviewer.post(url, unsaid)

    page = html_of(response)
    assert response.status_code == 422
    assert "Your form did not say which submission you read." in page
    assert "Test it again.</textarea>" in page
    assert 'value="conditions"' in page.split("checked")[0].rsplit("<input", 1)[1]
    assert state_of(cast.ours.submitted) == Audit.State.IN_REVIEW

    [now] = re.findall('name="submission" value="([^"]+)"', page)
    reviewer.post(url, {**unsaid, "submission": now})
    assert state_of(cast.ours.submitted) == Audit.State.SIGNED_OFF


@pytest.mark.once
def test_form_that_was_refused_still_says_what_was_read(
    cast: Cast, reviewer: Client, url: str, read: dict[str, str]
) -> None:
    with scope(organization=cast.ours.organization):
        lead = cast.ours.contributor
        submit_audit(audit=reopen_audit(audit=cast.ours.submitted, by=lead), by=lead)

    page = html_of(reviewer.post(url, {**read, "words": "Well done"}))

    assert f'name="submission" value="{read["submission"]}"' in page


@pytest.mark.thorough
def test_top_of_the_page_leads_to_the_decision(reviewer: Client, url: str) -> None:
    page = html_of(reviewer.get(url))

    top, _, rest = page.partition("Page 1 of the board paper, part of what you sign")
    assert '<a class="btn btn-primary" href="#decide">Decide</a>' in top
    read, _, form = rest.partition(
        '<h2 class="h3" id="decide">What is your decision?</h2>'
    )
    for part in ("page-one", "use-case", "sure", "evidence"):
        assert f'aria-labelledby="{part}"' in page.partition(form)[0], part
    assert '<dl class="answers answers-narrow">' in read
    assert "Send your review" in form


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
