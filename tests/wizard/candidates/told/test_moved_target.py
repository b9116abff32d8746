"""Every page says that the target was moved once results were known, and its effect."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audits.models import Audit, ResultsFile
from audits.models.audits import values
from audits.reports.context import build_paper
from audits.scoring.days import in_words
from audits.scoring.scored.replaced import moving
from audits.services.answers.answers import fresh_audit
from audits.services.verdicts.assessments import assess_today
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.candidates.made_csv import csv_of
from tests.wizard.candidates.results_saved import opened, save_results, wanted
from tests.wizard.candidates.told_pages import told_pages
from tests.wizard.candidates.typed import post

WAS = "The target was 85 of 100 until"
SHORT = "The target was changed after results were known, with the earlier one: "


def scored(audit: Audit) -> None:
    file = SimpleUploadedFile("a.csv", csv_of({"long-prompt": 105}, cases=120))
    save_results(audit, file, kind="stronger")


@pytest.fixture
def draft(draft: Audit) -> Audit:
    """Return the draft with a target, and without any result."""
    ResultsFile.objects.filter(use_case=draft.use_case).delete()
    wanted(draft, "80")
    wanted(draft, "85")
    assert "moved" not in values(fresh_audit(draft).candidates)["target"]
    return fresh_audit(draft)


def test_everybody_sees_a_target_that_was_moved_and_what_it_changes(
    client: Client, draft: Audit, cast: Cast
) -> None:
    scored(draft)
    was = assess_today(fresh_audit(draft)).named.name

    post(client, "candidates", draft.pk, share="99.9", limit_ms="")

    assert assess_today(fresh_audit(draft)).named.name != was
    on = in_words(timezone.localdate())
    told = (
        f"{WAS} {on} ({draft.use_case.owner}). With it, the verdict would be “{was}”."
    )
    for name, page in told_pages(client, draft, cast, are_all=True).items():
        assert page.count(told) == 1, name
    assert f"{SHORT}“{was}” (A6)." in build_paper(fresh_audit(draft)).one.unknown


@pytest.mark.thorough
def test_target_that_was_moved_before_the_results_of_a_read_file_were_saved_is_told(
    client: Client, draft: Audit
) -> None:
    file = SimpleUploadedFile("a.csv", csv_of({"long-prompt": 105}, cases=120))
    opened(draft, file)
    wanted(draft, "99.9")
    scored(draft)

    assert WAS in html_of(client.get(reverse("result", args=[draft.pk])))


@pytest.mark.thorough
def test_everybody_sees_that_the_earlier_target_would_be_missed(
    client: Client, draft: Audit, cast: Cast
) -> None:
    scored(draft)
    was = assess_today(fresh_audit(draft)).named.name

    wanted(draft, "75")

    assert assess_today(fresh_audit(draft)).named.name == was
    on = in_words(timezone.localdate())
    told = (
        f"{WAS} {on} ({draft.use_case.owner}). With it, “long-prompt (Stronger model)” "
        "would reach the target, but chance may explain it."
    )
    for name, page in told_pages(client, draft, cast).items():
        assert page.count(told) == 1, name
    unknown = build_paper(fresh_audit(draft)).one.unknown
    assert "1 result is judged otherwise by an earlier target" in unknown
    assert SHORT not in unknown


def test_target_that_is_lowered_step_by_step_says_the_same_only_once(
    client: Client, draft: Audit
) -> None:
    scored(draft)
    result = reverse("result", args=[draft.pk])
    wanted(draft, "84")
    assert "The target was" not in html_of(client.get(result))  # a typo
    for share in ("83", "75"):
        wanted(draft, share)

    page = html_of(client.get(result))

    assert page.count("The target was ") == page.count(WAS) == 1


@pytest.mark.thorough
def test_target_that_is_as_it_was_again_leaves_nothing(draft: Audit) -> None:
    scored(draft)
    wanted(draft, "99.9")
    wanted(draft, "85")

    assert values(fresh_audit(draft).candidates)["target"] == {"share": "0.85"}


@pytest.mark.thorough
def test_target_that_was_chosen_after_the_results_is_told(
    client: Client, draft: Audit
) -> None:
    wanted(draft, "")
    scored(draft)
    wanted(draft, "80")

    page = html_of(client.get(reverse("result", args=[draft.pk])))

    assert "There was no target until" in page
    assert ". Without one, the verdict would be “" in page


def test_first_target_after_a_read_file_is_kept_as_one_after_results(
    draft: Audit,
) -> None:
    wanted(draft, "")
    file = SimpleUploadedFile("a.csv", csv_of({"long-prompt": 105}, cases=120))
    opened(draft, file)

    wanted(draft, "99.9")

    [moved] = values(fresh_audit(draft).candidates)["target"]["moved"]
    assert "share" not in moved


@pytest.mark.thorough
def test_many_moves_do_not_hide_the_first(
    draft: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "MOST_REPLACED", 3)
    scored(draft)
    for number in range(4):
        wanted(draft, f"99.{number:02}")

    kept = values(fresh_audit(draft).candidates)["target"]["moved"]
    assert len(kept) == 3
    assert kept[0]["share"] == "0.85"
