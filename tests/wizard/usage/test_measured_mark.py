"""A number is marked as measured while a file that is there says what it is."""

import pytest
from django.test import Client
from django.urls import reverse

from audits.models import Audit, Event, UsageUpload
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.read_files.usage_uploads import sources_of
from tests.casting import Cast
from tests.examples import some_of
from tests.pages import html_of
from tests.wizard.usage.made_sheets import sheet_of, upload
from tests.wizard.usage.usage_pages import MEASURED, TYPED, numbers, page_after, read
from tests.wizard.usage.usage_saved import save_usage


def test_number_changed_by_hand_is_not_measured_any_more(
    client: Client, draft: Audit, cast: Cast
) -> None:
    save_usage(draft, upload())
    entry = {("number", "requests"): Sent(value="9000")}
    lead = cast.ours.contributor

    save_entries(audit=fresh_audit(draft), by=lead, sent=entry, sender=Sender())

    assert set(sources_of(fresh_audit(draft))) == set(MEASURED) - {"requests"}


def test_number_that_was_typed_as_measured_gets_the_mark(
    client: Client, draft: Audit
) -> None:
    save_usage(draft, upload())
    UsageUpload.objects.all().delete()
    shown = read(client, draft, upload())
    assert "No number changes." in html_of(shown)

    response = page_after(client, shown)

    assert "The numbers were already as the file measures them." in html_of(response)
    assert set(sources_of(fresh_audit(draft))) == set(MEASURED)


@pytest.mark.thorough
def test_removed_file_leaves_its_numbers_and_the_verdict(
    client: Client, draft: Audit
) -> None:
    save_usage(draft, upload())
    before = fresh_audit(draft)
    kept = UsageUpload.objects.get()
    there = reverse("usage", args=[draft.pk])
    assert "usage.csv" in html_of(client.get(there))

    response = client.post(
        reverse("remove_usage", args=[draft.pk, kept.pk]), follow=True
    )

    after = fresh_audit(draft)
    assert response.redirect_chain == [(there, 302)]
    assert "Files that were read" not in html_of(response)
    assert (after.verdict, after.codes) == (before.verdict, before.codes)
    assert numbers(draft) == TYPED | MEASURED
    assert sources_of(after) == {}
    verbs = Event.objects.filter(subject=str(kept.pk)).values_list("verb", flat=True)
    assert sorted(verbs) == ["usage.read", "usage.removed"]


@pytest.mark.thorough
@pytest.mark.parametrize("calls", some_of([1, 1000, 300_000, 3_000_000]))
def test_removing_or_refusing_a_file_never_brings_training_closer(
    client: Client, draft: Audit, calls: int
) -> None:
    save_usage(draft, upload(sheet_of(calls=calls)))
    before = fresh_audit(draft)

    read(client, draft, upload(b"hello"))
    refused = fresh_audit(draft)
    client.post(reverse("remove_usage", args=[draft.pk, UsageUpload.objects.get().pk]))
    removed = fresh_audit(draft)

    for audit in (refused, removed):
        assert audit.verdict == before.verdict
        assert audit.open_questions == before.open_questions
        assert audit.numbers == before.numbers
