"""A draft of an older version is offered the newest one, and moves with its answers."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.loading import loader
from audits.models import Audit, Event, PortfolioRow, Version
from audits.models.audits import values
from audits.services.answers.answers import AuditLocked, fresh_audit, save_answers
from audits.services.reviews.newer_versions import move_draft, newer_version_of
from tests.casting import Cast
from tests.pages import html_of
from tests.scoring.worked_cases import FIRST_TRAINING_CASE

MOVED = FIRST_TRAINING_CASE | {
    "tried": ["instructions", "examples", "stronger_model"],
    "eval": "solid_set",
    "component": "generator",
}


@pytest.fixture
def draft(cast: Cast) -> Iterator[Audit]:
    """A draft of version 1, whose need version 1 calls measured."""
    with scope(organization=cast.ours.organization):
        Audit.objects.filter(pk=cast.ours.draft.pk).update(framework_version=1)
        audit, _ = save_answers(
            audit=cast.ours.draft, by=cast.ours.contributor, answers=FIRST_TRAINING_CASE
        )
        yield audit


def test_answers_move_and_the_verdict_is_made_anew(cast: Cast, draft: Audit) -> None:
    assert draft.verdict == "fine_tune"

    move_draft(audit=draft, by=cast.ours.contributor)

    moved = fresh_audit(draft)
    assert (moved.framework_version, moved.state) == (2, Audit.State.DRAFT)
    assert moved.framework_hash == loader.current().content_hash
    assert values(moved.answers) == MOVED
    assert moved.verdict == "gather_evidence"
    assert PortfolioRow.objects.get(audit=moved).verdict == "gather_evidence"
    event = Event.objects.get(verb="audit.moved")
    assert (event.actor, event.subject) == (cast.ours.contributor, str(draft.pk))
    assert event.details == {
        "before": 1,
        "version": 2,
        "answers": ["component", "eval", "tried"],
    }


def test_what_an_answer_said_before_stays_in_its_history(
    cast: Cast, draft: Audit
) -> None:
    move_draft(audit=draft, by=cast.ours.contributor)

    versions = Version.objects.filter(audit=draft, kind="answer", item="eval")
    said = versions.order_by("number").values_list("number", "value")
    assert list(said) == [(1, ["two_hundred", "rerun"]), (2, "solid_set")]
    assert Version.objects.filter(audit=draft, item="goal").count() == 1


@pytest.mark.on_both
def test_answer_that_was_read_before_the_move_is_held_against_the_new_version(
    cast: Cast, draft: Audit
) -> None:
    as_read = fresh_audit(draft)
    move_draft(audit=draft, by=cast.ours.contributor)

    save_answers(
        audit=as_read, by=cast.ours.contributor, answers={"checker": "automatic"}
    )

    assert values(fresh_audit(draft).answers) == MOVED | {"checker": "automatic"}


@pytest.mark.on_both
def test_twice_is_as_good_as_once(cast: Cast, draft: Audit) -> None:
    first = move_draft(audit=draft, by=cast.ours.contributor)

    assert move_draft(audit=draft, by=cast.ours.contributor) == first
    assert Event.objects.filter(verb="audit.moved").count() == 1


def test_only_drafts_of_an_older_version_are_offered_and_moved(
    cast: Cast, draft: Audit
) -> None:
    Audit.objects.filter(pk=cast.ours.submitted.pk).update(framework_version=1)
    submitted = fresh_audit(cast.ours.submitted)

    assert newer_version_of(submitted) is None
    with pytest.raises(AuditLocked):
        move_draft(audit=submitted, by=cast.ours.contributor)
    assert fresh_audit(submitted).framework_version == 1
    assert newer_version_of(move_draft(audit=draft, by=cast.ours.contributor)) is None


def test_page_offers_the_move_with_one_button(
    cast: Cast, draft: Audit, client: Client
) -> None:
    page = html_of(client.get(reverse("tasks", args=[draft.pk])))
    assert "Version 2 of the method is available" in page
    assert f'action="{reverse("move", args=[draft.pk])}"' in page

    response = client.post(reverse("move", args=[draft.pk]))

    assert response["Location"] == reverse("tasks", args=[draft.pk])
    assert fresh_audit(draft).framework_version == 2
    page = html_of(client.get(reverse("tasks", args=[draft.pk])))
    assert "of the method is available" not in page
