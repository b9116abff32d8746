"""A usage file is kept, counted, refused and removed as other files are."""

import gzip
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, Event, Evidence, UsageUpload
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit
from audits.services.read_files.usage_uploads import sources_of
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.pages import html_of
from tests.usage.made_usage import raw
from tests.wizard.usage.made_sheets import (
    sheet_of,
    upload,
)
from tests.wizard.usage.usage_pages import (
    MEASURED,
    TYPED,
    numbers,
    page_after,
    read,
    save,
)
from tests.wizard.usage.usage_saved import save_usage


@pytest.mark.thorough
def test_packed_file_is_read_as_it_is(client: Client, draft: Audit) -> None:
    packed = gzip.compress(sheet_of())

    save(client, read(client, draft, upload(packed, "usage.csv.gz")))

    assert numbers(draft) == TYPED | MEASURED


@pytest.mark.on_both
def test_same_file_is_kept_once(client: Client, draft: Audit) -> None:
    first = read(client, draft, upload())

    again = read(client, draft, upload(name="again.csv"))

    assert first.request["PATH_INFO"] == again.request["PATH_INFO"]
    assert UsageUpload.objects.count() == 1
    event = Event.objects.get(verb="usage.read")
    assert event.details["sha256"] == UsageUpload.objects.get().digest


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty: select daily activity of LiteLLM"),
        (b"hello", "The CSV file has no column “day”"),
        (raw("litellm-1.104.0-tags.json"), "a request counts under each of its tags"),
    ],
)
def test_other_file_is_refused_in_one_sentence(
    client: Client, draft: Audit, content: bytes, said: str
) -> None:
    response = read(client, draft, SimpleUploadedFile("x.json", content))

    assert response.status_code == 422
    assert said in html_of(response)
    assert UsageUpload.objects.count() == 0
    assert numbers(draft) == TYPED


@pytest.mark.on_both
@override_settings(EVIDENCE_QUOTA=1000)
def test_file_counts_in_the_quota_of_the_organization(
    client: Client, draft: Audit
) -> None:
    response = read(client, draft, upload())

    assert response.status_code == 422
    assert "MB for files, and this file needs" in html_of(response)
    assert UsageUpload.objects.count() == 0


def test_files_that_were_read_before_count_in_the_quota(
    client: Client, draft: Audit
) -> None:
    read(client, draft, upload())
    size = UsageUpload.objects.get().size
    others = Evidence.objects.all().total_size()

    with override_settings(EVIDENCE_QUOTA=others + 2 * size - 1):
        response = read(client, draft, upload(sheet_of(calls=1001), "more.csv"))

    assert response.status_code == 422
    assert "MB for files, and this file needs" in html_of(response)
    assert UsageUpload.objects.get().size == size


@pytest.mark.on_both
def test_file_that_no_number_is_from_is_removed_after_a_week(
    client: Client, draft: Audit
) -> None:
    save(client, read(client, draft, upload()))
    read(client, draft, upload(sheet_of(days=40), "unused.csv"))
    UsageUpload.objects.update(added_at=draft.created_at.replace(year=2025))

    read(client, draft, upload(sheet_of(days=50), "new.csv"))

    names = sorted(kept.name for kept in UsageUpload.objects.all())
    assert names == ["new.csv", "usage.csv"]


@pytest.mark.thorough
def test_file_that_counts_after_a_sign_off_is_not_removed_as_unused(
    client: Client, draft: Audit
) -> None:
    read(client, draft, upload())
    UsageUpload.objects.update(
        added_at=draft.created_at.replace(year=2025), counted_models=["gpt-5"]
    )

    read(client, draft, upload(sheet_of(days=50), "new.csv"))

    names = sorted(kept.name for kept in UsageUpload.objects.all())
    assert names == ["new.csv", "usage.csv"]


def test_chosen_models_are_kept_for_after_the_sign_off(
    client: Client, draft: Audit
) -> None:
    shown = read(client, draft, upload())
    before = UsageUpload.objects.get().counted_models

    save(client, shown)

    assert before is None
    assert UsageUpload.objects.get().counted_models == ["gpt-5"]


@pytest.mark.thorough
def test_models_that_were_chosen_after_a_sign_off_stay(
    client: Client, draft: Audit
) -> None:
    shown = read(client, draft, upload())
    UsageUpload.objects.update(counted_models=["gpt-5", "in-house"])

    save(client, shown)

    assert UsageUpload.objects.get().counted_models == ["gpt-5", "in-house"]


@pytest.mark.thorough
def test_numbers_of_a_rehearsal_are_said_to_be_from_one(
    client: Client, draft: Audit
) -> None:
    there = reverse("usage", args=[draft.pk])
    sent = {"file": upload(), "synthetic": "on"}

    saved = page_after(client, client.post(there, sent, follow=True))

    mark = "synthetic CSV, 1 August to 31 October 2026"
    assert UsageUpload.objects.get().is_synthetic
    assert f"Measured: {mark}" in html_of(saved)
    assert {x.said for x in sources_of(fresh_audit(draft)).values()} == {mark}
    assert "CSV, synthetic, added by" in html_of(client.get(there))


def test_submitted_audit_takes_no_usage(
    client: Client, draft: Audit, cast: Cast
) -> None:
    shown = read(client, draft, upload())
    kept = UsageUpload.objects.get()
    submit_audit(audit=fresh_audit(draft), by=cast.ours.contributor)
    result = reverse("result", args=[draft.pk])

    for response in (
        read(client, draft, upload(sheet_of(days=9))),
        page_after(client, shown),
        client.post(reverse("remove_usage", args=[draft.pk, kept.pk]), follow=True),
        client.get(reverse("usage", args=[draft.pk]), follow=True),
    ):
        assert response.redirect_chain[-1][0] == result
    assert numbers(draft) == TYPED
    assert UsageUpload.objects.get() == kept


@pytest.mark.thorough
def test_submission_says_what_was_measured(
    client: Client, draft: Audit, cast: Cast
) -> None:
    save_usage(draft, upload())
    audit = submit_audit(audit=fresh_audit(draft), by=cast.ours.contributor)

    page = html_of(client.get(reverse("submission", args=[draft.pk])))

    mark = "(measured: CSV, 1 August to 31 October 2026)"
    assert f"310,000 calls a month {mark}" in page
    assert page.count(mark) == len(MEASURED)
    assert build_paper(audit).given.endswith(
        "measured (CSV, 1 August to 31 October 2026): model calls a month, text that "
        "changes with each call, length of an answer, share of repeated text billed at "
        "the lower cache price, model for prompts, in use or planned"
    )


def test_file_that_an_earlier_audit_has_numbers_from_stays(
    client: Client, draft: Audit
) -> None:
    save_usage(draft, upload())
    signed = fresh_audit(draft)
    Audit.objects.filter(pk=signed.pk).update(state=Audit.State.SUPERSEDED)
    again = Audit.objects.get(pk=signed.pk)
    again.pk, again.state, again.numbers = None, Audit.State.DRAFT, {}
    again.save(force_insert=True)
    kept = UsageUpload.objects.get()

    removed = client.post(
        reverse("remove_usage", args=[again.pk, kept.pk]), follow=True
    )

    told = html_of(removed)
    assert "An earlier audit has numbers from this file, so it stays." in told
    assert "Stays: an earlier audit has numbers from it" in told
    assert UsageUpload.objects.get() == kept
    assert set(sources_of(signed)) == set(MEASURED)


@pytest.mark.on_both
def test_usage_is_erased_with_its_use_case(cast: Cast) -> None:
    with scope(organization=cast.theirs.organization):
        assert UsageUpload.objects.count() == 1
        UsageUpload.objects.get().use_case.delete()

        assert UsageUpload.objects.count() == 0


def test_file_of_another_organization_is_not_found(
    client: Client, draft: Audit, cast: Cast
) -> None:
    theirs = cast.theirs.usage.pk

    for name in ("usage_file", "remove_usage"):
        response = client.post(reverse(name, args=[draft.pk, theirs]))
        assert response.status_code == 404
    with scope(organization=cast.theirs.organization):
        assert UsageUpload.objects.count() == 1


def test_usage_of_a_day_to_come_is_refused(client: Client, draft: Audit) -> None:
    day = timezone.localdate() + timedelta(days=3)
    content = f"day,requests\n{day - timedelta(days=40)},5\n{day},5\n".encode()

    told = html_of(read(client, draft, upload(content)))

    assert f"The file has usage of {day:%-d %B %Y}, which is still to come" in told
    assert UsageUpload.objects.count() == 0
