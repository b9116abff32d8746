"""What speaks against the usage behind the numbers is said to whoever signs them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, Role, UsageUpload, UseCase
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import sign_in
from tests.wizard.usage.made_sheets import sheet_of, upload
from tests.wizard.usage.usage_pages import page_after, read, save
from tests.wizard.usage.usage_saved import save_usage

ALIAS = "openai/gpt-5-2025-08-07"
TWICE = (
    f"“gpt-5” and “{ALIAS}” count as one model and have the same figures on 92 of 92 "
    "days: the same usage may count twice."
)

REPEATED = (
    "In “usage.csv”, the lines of “our-proxy” repeat those of “gpt-5” on 92 of 92 "
    "days: the same usage may count twice."
)


UNUSED = (
    "“usage.csv” counts 1,656,000 calls, but the stage is “Planned”: nothing is built "
    "yet."
)


def doubled(*, other: bytes | None = None) -> SimpleUploadedFile:
    """Return a file that has the rows of one model again under an alias."""
    own = sheet_of()
    _, _, again = (other or sheet_of(model=ALIAS)).partition(b"\n")
    return upload(own.rstrip(b"\n") + b"\n" + again)


def reviewed(draft: Audit, cast: Cast) -> str:
    submit_audit(audit=fresh_audit(draft), by=draft.use_case.owner)
    reviewer = Client()
    sign_in(reviewer, cast.ours.people[Role.REVIEWER])
    return html_of(reviewer.get(reverse("review", args=[draft.pk])))


@pytest.mark.thorough
def test_same_rows_under_an_alias_are_warned_of(
    client: Client, draft: Audit, cast: Cast
) -> None:
    shown = read(client, draft, doubled())
    save(client, shown)

    assert TWICE in html_of(shown)
    assert f"In “usage.csv”, {TWICE}" in reviewed(draft, cast)


def test_same_rows_under_another_name_are_said_to_every_reader(
    client: Client, draft: Audit, cast: Cast
) -> None:
    shown = read(client, draft, doubled(other=sheet_of(model="our-proxy")))
    every = [value for value, _ in shown.context["form"].fields["models"].choices]
    shown = page_after(client, shown, models=every)
    save(client, shown, models=every)
    said = {
        name: html_of(client.get(reverse(name, args=[draft.pk]), follow=True))
        for name in ("numbers", "check", "result")
    }
    review = reviewed(draft, cast)
    paper = build_paper(fresh_audit(draft))

    assert REPEATED in review
    assert [REPEATED in each for each in said.values()] == [True] * 3
    assert paper.usage_doubts == (REPEATED, UNUSED)
    assert "2 doubts about the usage (A4)." in paper.one.unknown
    assert REPEATED in render_to_string("reports/appendix/money.html", {"paper": paper})


@pytest.mark.thorough
def test_lines_that_do_not_count_are_not_said(
    client: Client, draft: Audit, cast: Cast
) -> None:
    save_usage(draft, doubled(other=sheet_of(model="our-proxy")))

    assert "repeat those" not in reviewed(draft, cast)


@pytest.mark.thorough
def test_same_file_with_another_model_is_said(client: Client, draft: Audit) -> None:
    save_usage(draft, upload())
    content = sheet_of(model="our-proxy")

    shown = html_of(read(client, draft, upload(content, "b.csv")))

    assert (
        "The lines of “our-proxy” in “b.csv” repeat those of “gpt-5” in “usage.csv” on "
        "92 of 92 days."
    ) in shown


def test_file_read_again_after_the_submission_is_still_said(
    client: Client, draft: Audit, cast: Cast
) -> None:
    save_usage(draft, doubled())
    reviewed(draft, cast)
    UsageUpload.objects.update(added_at=timezone.now() + timedelta(days=1))

    assert f"In “usage.csv”, {TWICE}" in build_paper(fresh_audit(draft)).usage_doubts


@pytest.mark.thorough
def test_other_rows_of_an_alias_are_no_doubt(client: Client, draft: Audit) -> None:
    other = sheet_of(calls=900, model=ALIAS)

    shown = read(client, draft, doubled(other=other))

    assert "the same usage may count twice" not in html_of(shown)


@pytest.mark.thorough
def test_number_that_was_typed_over_a_measured_one_is_said(
    client: Client, draft: Audit, cast: Cast
) -> None:
    save_usage(draft, upload())
    sent = {("number", "requests"): Sent(value="5000000")}
    lead = draft.use_case.owner
    save_entries(audit=fresh_audit(draft), by=lead, sent=sent, sender=Sender())

    told = reviewed(draft, cast)

    said = "5,000,000 calls a month typed; the usage file “usage.csv” shows 310,000"
    assert f"{said} calls a month." in told


@pytest.mark.thorough
def test_number_that_was_left_as_typed_beside_a_file_is_said(
    client: Client, draft: Audit, cast: Cast
) -> None:
    shown = read(client, draft, upload())
    left = {"leave-requests": "on"}
    save(client, page_after(client, shown, **left), **left)

    told = reviewed(draft, cast)

    assert "5,000 calls a month typed; the usage file “usage.csv” shows 310,000" in told


@pytest.mark.thorough
def test_measured_numbers_raise_no_doubt(
    client: Client, draft: Audit, cast: Cast
) -> None:
    save_usage(draft, upload())

    assert "typed; the usage file" not in reviewed(draft, cast)


@pytest.mark.thorough
def test_days_of_usage_that_are_old_or_cannot_be_are_said_to_every_reader(
    client: Client, draft: Audit, cast: Cast
) -> None:
    content = sheet_of().replace(b"2026-", b"2021-")
    save_usage(draft, upload(content))

    result = html_of(client.get(reverse("result", args=[draft.pk])))
    review = reviewed(draft, cast)

    for page in (result, review):
        assert "“usage.csv” ends on 31 October 2021, 5 years ago." in page
        assert "“usage.csv” has usage of 1 August 2021, before GPT-5 was" in page


@pytest.mark.parametrize(("stage", "is_said"), [("planned", True), ("live", False)])
def test_calls_of_what_nobody_has_built_are_doubted(
    client: Client, draft: Audit, cast: Cast, stage: str, *, is_said: bool
) -> None:
    with scope(organization=cast.ours.organization):
        UseCase.objects.filter(pk=draft.use_case_id).update(stage=stage)
    save_usage(draft, upload())

    said = "calls, but the stage is “Planned”: nothing is built yet."
    assert (said in reviewed(draft, cast)) == is_said
