"""Who signs a verdict to train says that they opened what shows it."""

import html
import re
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Evidence, Review, Role, Version
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import (
    ChangedSinceRead,
    digest_of_audit,
    submit_audit,
)
from audits.services.reviews.reviews import review_audit, submission_of
from audits.services.verdicts.assessments import assessment_of, framework_of
from audits.services.verdicts.opening import to_open
from tests.casting import Cast
from tests.pages import html_of
from tests.proved import save_proved
from tests.reviews.conftest import client_of, read_of, signed, state_of
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

NUMBER = len(TRAINING_LEVELS) + 1  # the draft has one already
TICK = (
    "I opened each of these 2 links and files, and they support "
    f"each of the {NUMBER} answers"
)
OTHERS = {"regulatory": "internal"}


@pytest.fixture
def trains(cast: Cast) -> Audit:
    """Return a submitted verdict to train, with a link behind each shown answer."""
    lead = cast.ours.contributor
    with scope(organization=cast.ours.organization):
        answers = TRAINING_CASE | OTHERS
        audit = save_proved(audit=cast.ours.draft, by=lead, answers=answers)
        return submit_audit(audit=fresh_audit(audit), by=lead)


def of_paper(audit: Audit) -> str:
    with scope(organization=audit.organization):
        return build_paper(fresh_audit(audit)).signed.opened


@pytest.mark.thorough
def test_form_lists_each_link_and_asks_for_a_tick(
    reviewer: Client, trains: Audit
) -> None:
    page = html.unescape(html_of(reviewer.get(reverse("review", args=[trains.pk]))))

    assert TICK in page
    form = page.partition('id="to-open"')[2].partition("</fieldset>")[0]
    assert form.count('href="https://wiki.example/shown"') == 1
    shared = form.partition('href="https://wiki.example/shown"')[2].partition("</li>")
    assert f"{NUMBER - 1} answers: " in shared[0]
    assert re.search(r">[^<:]+: <bdi\s*>", form)


@pytest.mark.thorough
def test_decision_stands_beside_page_1_and_before_it_on_a_phone(
    reviewer: Client, url: str
) -> None:
    page = html_of(reviewer.get(url))

    names = ("signed", "decide", "page-one", "use-case", "sure", "evidence")
    places = [page.index(f'id="{name}"') for name in names]
    assert places == sorted(places)


def test_all_that_is_missing_is_said_at_once(reviewer: Client, trains: Audit) -> None:
    sent = signed("conditions", submission=read_of(trains), password="")

    page = html_of(reviewer.post(reverse("review", args=[trains.pk]), sent))

    summary = page.partition("There is a problem")[2].partition("</ul>")[0]
    for missing in ("opened", "condition_1_words", "condition_1_due_on", "password"):
        assert f'href="#id_{missing}"' in summary


def test_training_is_signed_only_with_the_tick(reviewer: Client, trains: Audit) -> None:
    there = reverse("review", args=[trains.pk])
    sent = signed("approved", submission=read_of(trains))
    said = f"2 links and files, cited {NUMBER} times"
    assert of_paper(trains) == f"{said}, which no reviewer has opened yet"

    refused = reviewer.post(there, sent)
    assert refused.status_code == 422
    assert "Tick that you opened the links and files" in html_of(refused)
    assert state_of(trains) == "in_review"

    reviewer.post(there, sent | {"opened": "on"})
    assert state_of(trains) == "signed_off"
    assert of_paper(trains) == f"{said}, which the reviewer ticked as checked"


def test_tick_vouches_for_no_answer_without_evidence(
    cast: Cast, reviewer: Client, trains: Audit
) -> None:
    lead, there = cast.ours.contributor, reverse("review", args=[trains.pk])
    first, second = "examples", "mlops"
    with scope(organization=cast.ours.organization):
        review_audit(
            audit=trains,
            by=cast.ours.people[Role.REVIEWER],
            outcome="sent_back",
            submission=submission_of(trains),
            words="Who counted?",
        )
        draft = fresh_audit(trains)
        asked = framework_of(draft).question_by_id
        labels = [asked[question].label for question in (first, second)]
        # What the link was given for has changed; and this answer counts as asserted.
        Evidence.objects.filter(audit=draft, question=first).update(given_for="other")
        said = {("level", first): "measured", ("level", second): "asserted"}
        sent = {key: Sent(value=value) for key, value in said.items()}
        draft = save_entries(audit=draft, by=lead, sent=sent, sender=Sender()).audit
        submit_audit(audit=draft, by=lead)

    page = html.unescape(html_of(reviewer.get(there)))

    form = page.partition('id="to-open"')[2].partition("</fieldset>")[0]
    assert f"they support each of the {NUMBER - 2} answers" in form
    assert not [label for label in labels if label in form]
    shared = form.partition('href="https://wiki.example/shown"')[2].partition("</li>")
    assert f"{NUMBER - 3} answers: " in shared[0]


def test_answer_whose_link_is_of_an_earlier_one_is_submitted_as_asserted(
    cast: Cast,
) -> None:
    lead, question = cast.ours.contributor, "examples"
    with scope(organization=cast.ours.organization):
        answers = TRAINING_CASE | OTHERS
        audit = save_proved(audit=cast.ours.draft, by=lead, answers=answers)
        # A mark of a release that let it show the answer of now.
        Evidence.objects.filter(audit=audit, question=question).update(given_for="old")
        assert audit.levels[question]["shown"]

        with pytest.raises(ChangedSinceRead):
            submit_audit(audit=audit, by=lead, read=digest_of_audit(audit))
        audit = fresh_audit(audit)
        assert not audit.levels[question]["shown"]
        submit_audit(audit=audit, by=lead, read=digest_of_audit(audit))

        assert assessment_of(fresh_audit(audit)).levels[question] == "asserted"


def test_reviewer_opens_what_a_frozen_level_rests_on_alone(trains: Audit) -> None:
    with scope(organization=trains.organization):
        assessment = assessment_of(trains)
        behind = Evidence.objects.filter(audit=trains, question="examples")
        behind.update(given_for="old")
        assert len(to_open(trains, assessment)) == NUMBER

        now = behind.get()
        now.id, now.given_for, now.name = uuid4(), None, "Of the answer of now"
        now.save(force_insert=True)

        assert [
            each.name
            for each in to_open(trains, assessment)
            if each.item and each.item.question == "examples"
        ] == ["Of the answer of now"]


@pytest.mark.thorough
def test_sending_back_needs_no_tick(reviewer: Client, trains: Audit) -> None:
    sent = signed("sent_back", submission=read_of(trains), words="Who counted?")

    reviewer.post(reverse("review", args=[trains.pk]), sent)

    assert state_of(trains) == "draft"


def test_no_other_way_signs_training_without_it(cast: Cast, trains: Audit) -> None:
    with scope(organization=cast.ours.organization):
        by, read = cast.ours.people[Role.REVIEWER], submission_of(trains)
        with pytest.raises(ValidationError, match="Tick that you opened"):
            review_audit(audit=trains, by=by, outcome="approved", submission=read)
        assert not Review.objects.filter(audit=trains).exists()


@pytest.mark.thorough
def test_verdict_that_trains_nothing_asks_for_no_tick(
    reviewer: Client, url: str
) -> None:
    assert "I opened " not in html_of(reviewer.get(url))


@pytest.mark.thorough
def test_who_answered_is_asked_for_neither_tick_nor_proof(
    cast: Cast, trains: Audit
) -> None:
    with scope(organization=trains.organization):
        answers = Version.objects.filter(audit=trains, kind="answer")
        answers.update(by=cast.ours.people[Role.ADMIN])

    pages = [
        html_of(client_of(cast, role).get(reverse("review", args=[trains.pk])))
        for role in (Role.ADMIN, Role.REVIEWER)
    ]

    names = ("outcome", "opened", "password")
    asked = [[f'name="{name}"' in page for name in names] for page in pages]
    assert asked == [[True, False, False], [True, True, True]]
