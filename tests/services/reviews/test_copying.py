"""A copy starts from the answers of another use case, and has none of its proofs."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import (
    Audit,
    Comment,
    Event,
    Evidence,
    PortfolioRow,
    Stage,
    Submission,
    UseCase,
    Version,
)
from audits.models.audits import values
from audits.services.answers.answers import save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.drafts.copying import copy_use_case, name_of_copy
from tests.casting import Cast
from tests.signed_in import sign_in
from tests.wizard.page_forms import hidden

ENTRIES = {
    ("answer", "goal"): ["style", "format"],
    ("answer", "state"): "planned",
    ("answer", "eval"): "solid_set",
    ("level", "goal"): "asserted",
    ("level", "eval"): "measured",
    ("note", "goal"): "Counted on 12 May",
    ("number", "requests"): "60000",
}


def filled(cast: Cast) -> Audit:
    sent = {key: Sent(value=value) for key, value in ENTRIES.items()}
    audit = Audit.objects.get(pk=cast.ours.draft.pk)
    by = cast.ours.contributor
    return save_entries(audit=audit, by=by, sent=sent, sender=Sender()).audit


@pytest.mark.thorough
def test_copy_has_the_answers_numbers_and_notes_and_no_proof(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        old = filled(cast)
        before = values(old.answers)
        assert Evidence.objects.filter(audit=old).exists()
        assert Comment.objects.filter(audit=old).exists()

        new = copy_use_case(audit=old, by=tenant.contributor)

        new = Audit.objects.select_related("use_case__team").get(pk=new.pk)
        assert new.is_draft
        assert new.use_case.name == f"Copy of {old.use_case.name}"
        assert new.use_case.team == old.use_case.team
        assert new.use_case.summary == old.use_case.summary
        assert values(new.answers) == before
        assert values(new.numbers) == values(old.numbers)
        assert values(new.notes) == values(old.notes)
        assert values(new.levels) == {"goal": "asserted"}
        assert new.candidates == {}
        assert new.verdict == old.verdict
        for model in (Evidence, Comment, Submission):
            assert not model.objects.filter(audit=new).exists()
        assert Version.objects.filter(audit=new, item="state").count() == 1
        row = PortfolioRow.objects.get(audit=new)
        assert (row.name, row.verdict) == (new.use_case.name, new.verdict)
        line = Event.objects.get(verb="use_case.copied")
        assert line.subject == new.use_case.reference
        assert line.details == {"of": old.use_case.reference}


def test_copy_of_a_live_use_case_is_no_second_running_one(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        old = filled(cast)
        UseCase.objects.filter(pk=old.use_case_id).update(stage=Stage.LIVE)
        old = Audit.objects.select_related("use_case").get(pk=old.pk)

        new = copy_use_case(audit=old, by=tenant.contributor)

        assert (old.use_case.stage, new.use_case.stage) == ("live", "planned")
        assert PortfolioRow.objects.get(audit=new).stage == "planned"


@pytest.mark.thorough
def test_copy_of_a_submitted_use_case_is_a_draft(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        old = Audit.objects.get(pk=tenant.submitted.pk)
        new = copy_use_case(audit=old, by=tenant.contributor)

        assert new.is_draft
        assert (new.submitted_at, new.assessment, new.supersedes_id) == (None,) * 3
        assert values(new.answers) == values(old.answers) != {}


@pytest.mark.parametrize(
    ("name", "copy"),
    [
        ("Claims", "Copy of Claims"),
        ("x" * 72, f"Copy of {'x' * 72}"),
        ("x" * 73, f"Copy of {'x' * 71}…"),
    ],
)
def test_name_of_a_copy_fits_and_shows_where_it_was_shortened(
    name: str, copy: str
) -> None:
    assert name_of_copy(name) == copy


@pytest.mark.on_both
def test_page_that_is_sent_twice_makes_one_copy(cast: Cast) -> None:
    client = Client()
    sign_in(client, cast.ours.contributor)
    with scope(organization=cast.ours.organization):
        filled(cast)
    page = reverse("use_case_details", args=[cast.ours.draft.pk])
    shown = hidden(client, page)["registered"][0]
    url = reverse("copy_use_case", args=[cast.ours.draft.pk])

    first = client.post(url, {"registered": shown})
    second = client.post(url, {"registered": shown})

    assert first["Location"] == second["Location"]
    with scope(organization=cast.ours.organization):
        new = Audit.objects.get(use_case__name__startswith="Copy of ")
        assert first["Location"] == reverse("tasks", args=[new.pk])
        assert Event.objects.filter(verb="use_case.copied").count() == 1
