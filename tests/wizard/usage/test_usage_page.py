"""A usage file fills numbers, after a look at what would change."""

import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Event, Evidence, UsageUpload, Version
from audits.models.audits import values
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.answers.usage_uploads import sources_of
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.pages import html_of
from tests.scoring.worked_cases import TRAINING_CASE
from tests.usage.made_usage import LITELLM, OTEL, plain, raw
from tests.wizard.page_forms import hidden_in
from tests.wizard.usage.made_sheets import (
    KNOWLEDGE_CASE,
    KNOWLEDGE_TOKENS,
    sheet_of,
    upload,
)

TYPED = {"requests": "5000", "prefix_tokens": "2500", "today": "prompt"}
MEASURED = {
    "requests": "310000",
    "variable_tokens": "500",
    "output_tokens": "200",
    "cache_hit": "0.4",
    "model": "gpt-5",
}


@pytest.fixture
def draft(cast: Cast) -> Iterator[Audit]:
    with scope(organization=cast.ours.organization):
        audit, lead = cast.ours.draft, cast.ours.contributor
        save_answers(audit=audit, by=lead, answers=TRAINING_CASE)
        sent = {("number", k): Sent(value=x) for k, x in TYPED.items()}
        save_entries(audit=fresh_audit(audit), by=lead, sent=sent, sender=Sender())
        UsageUpload.objects.filter(use_case=audit.use_case).delete()
        yield fresh_audit(audit)


def read(client: Client, audit: Audit, file: Any) -> Any:
    there = reverse("usage", args=[audit.pk])
    return client.post(there, {"file": file}, follow=True)


def chosen(shown: Any, **fields: Any) -> dict[str, Any]:
    """Return what the page sends as it is shown, with what is chosen on it."""
    form = shown.context["form"]
    sent: dict[str, Any] = {
        name: found[0] for name, found in hidden_in(shown.content.decode()).items()
    }
    sent.pop("csrfmiddlewaretoken", None)
    for name, field in form.fields.items():
        value = form[name].value()
        if value not in (None, ""):
            sent[name] = value
        assert field is not None
    return sent | fields


def save(client: Client, shown: Any, **fields: Any) -> Any:
    there = shown.request["PATH_INFO"]
    return client.post(there, chosen(shown, **fields), follow=True)


def numbers(audit: Audit) -> dict[str, str]:
    return values(fresh_audit(audit).numbers)


def test_file_is_three_clicks_from_measured_numbers(
    client: Client, draft: Audit
) -> None:
    # Select the file, then press “Read the file”.
    shown = read(client, draft, upload())
    told = html_of(shown)
    assert "310,000 requests in the busiest of 3 whole months, 270,000 in" in told
    assert "From 5,000 calls a month (typed) to <strong>310,000 calls a month" in told
    assert "<strong>40%</strong>, which is not entered so far" in told
    assert "12 months of “Prompt on the current model” cost $" in told
    assert numbers(draft) == TYPED

    # Press “Save the numbers”.
    response = save(client, shown)

    assert response.redirect_chain == [(reverse("numbers", args=[draft.pk]), 302)]
    assert numbers(draft) == TYPED | MEASURED
    mark = "Measured: CSV, 1 August to 31 October 2026"
    assert html_of(response).count(mark) == len(MEASURED)
    assert UsageUpload.objects.get().measured == MEASURED
    assert {x.value for x in Version.objects.filter(item="requests")} == {
        "5000",
        "310000",
    }


def test_verdict_that_would_change_is_said_before_it_does(
    client: Client, draft: Audit, cast: Cast
) -> None:
    lead, left_out = cast.ours.contributor, dict.fromkeys(TRAINING_CASE)
    save_answers(audit=draft, by=lead, answers={**left_out, **KNOWLEDGE_CASE})
    entry = {("number", "knowledge_tokens"): Sent(value=KNOWLEDGE_TOKENS)}
    save_entries(audit=fresh_audit(draft), by=lead, sent=entry, sender=Sender())
    assert fresh_audit(draft).verdict == "prompt_long_context"

    shown = read(client, draft, upload(sheet_of(model="gpt-4o-2024-11-20")))
    told = html_of(shown)
    assert "<bdi>gpt-4o-2024-11-20</bdi>" in told
    assert "from “Prompt with long context” to “Retrieval (RAG)”" in told
    assert "From “Not computed” to “Too large”" in told
    assert fresh_audit(draft).verdict == "prompt_long_context"
    response = save(client, shown)

    assert "The verdict so far is now “Retrieval (RAG)”." in html_of(response)
    assert fresh_audit(draft).verdict == "rag"


def test_typed_number_can_be_left_as_it_is(client: Client, draft: Audit) -> None:
    shown = read(client, draft, upload())

    unread = save(client, shown, **{"leave-requests": "on"})

    # It is not what the page showed, so it is shown first.
    assert "You changed what counts, so nothing was saved yet" in html_of(unread)
    assert numbers(draft) == TYPED
    save(client, unread, **{"leave-requests": "on"})
    assert numbers(draft) == TYPED | MEASURED | {"requests": "5000"}
    assert "requests" not in sources_of(fresh_audit(draft))


def test_number_changed_meanwhile_is_shown_again(
    client: Client, draft: Audit, cast: Cast
) -> None:
    shown = read(client, draft, upload())
    entry = {("number", "requests"): Sent(value="7000")}
    lead = cast.ours.contributor
    save_entries(audit=fresh_audit(draft), by=lead, sent=entry, sender=Sender())

    response = save(client, shown)

    assert response.status_code == 409
    told = html_of(response)
    assert "Somebody else changed the numbers after you opened this page" in told
    assert "From 7,000 calls a month (typed)" in told
    assert numbers(draft) == TYPED | {"requests": "7000"}


def test_script_gets_only_what_would_change(client: Client, draft: Audit) -> None:
    shown = read(client, draft, upload())
    there = shown.request["PATH_INFO"]
    sent = chosen(shown, month="median", repeats="2,000")

    part = client.post(there, sent, headers={"HX-Request": "true"})

    told = html_of(part)
    assert told.startswith("<div")
    assert "From 5,000 calls a month (typed) to <strong>270,000" in told
    assert "From 2,500 tokens (typed) to <strong>2,000 tokens" in told
    assert "<strong>1,000 tokens</strong>, which is not entered so far" in told
    assert numbers(draft) == TYPED


def test_text_that_repeats_is_saved_as_typed(client: Client, draft: Audit) -> None:
    shown = read(client, draft, upload())
    again = save(client, shown, repeats="2000")

    save(client, again)

    assert numbers(draft)["prefix_tokens"] == "2000"
    assert numbers(draft)["variable_tokens"] == "1000"
    assert set(sources_of(fresh_audit(draft))) == set(MEASURED)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("repeats", "a lot", "must be a whole number, like 1,200"),
        ("repeats", "-1", "must be from 0 to 10,000,000"),
        ("month", "best", "Select a valid choice"),
    ],
)
def test_wrong_choice_is_said_and_saves_nothing(
    client: Client, draft: Audit, field: str, value: str, said: str
) -> None:
    shown = read(client, draft, upload())

    response = save(client, shown, **{field: value})

    assert response.status_code == 422
    assert said in html_of(response)
    assert numbers(draft) == TYPED


def test_only_the_chosen_models_count(client: Client, draft: Audit) -> None:
    shown = read(client, draft, SimpleUploadedFile("litellm.json", raw(LITELLM)))
    assert "gpt-4.1-mini" in html_of(shown)

    september = sum(
        day["breakdown"]["models"].get("gpt-5", {"metrics": {"api_requests": 0}})[
            "metrics"
        ]["api_requests"]
        for day in plain(LITELLM)[0]["results"]
        if day["date"].startswith("2026-09")
    )

    again = save(client, shown, models=["1"])
    save(client, again, models=["1"])

    day = {"requests": numbers(draft)["requests"], "model": numbers(draft)["model"]}
    assert day == {"requests": str(september), "model": "gpt-5"}


def test_no_model_is_refused(client: Client, draft: Audit) -> None:
    shown = read(client, draft, SimpleUploadedFile("litellm.json", raw(LITELLM)))

    response = save(client, shown, models=[])

    assert response.status_code == 422
    assert "Choose at least one model" in html_of(response)


def test_what_is_not_measured_says_why(client: Client, draft: Audit) -> None:
    shown = read(client, draft, SimpleUploadedFile("spans.jsonl", raw(OTEL)))

    told = html_of(shown)
    assert "The file is about 1 day, too few for a month." in told
    assert "The file does not say how many tokens of a call were cached." in told
    save(client, shown)
    assert numbers(draft)["requests"] == "5000"


def test_number_changed_by_hand_is_not_measured_any_more(
    client: Client, draft: Audit, cast: Cast
) -> None:
    save(client, read(client, draft, upload()))
    entry = {("number", "requests"): Sent(value="9000")}
    lead = cast.ours.contributor

    save_entries(audit=fresh_audit(draft), by=lead, sent=entry, sender=Sender())

    assert set(sources_of(fresh_audit(draft))) == set(MEASURED) - {"requests"}


def test_number_that_was_typed_as_measured_gets_the_mark(
    client: Client, draft: Audit
) -> None:
    save(client, read(client, draft, upload()))
    UsageUpload.objects.all().delete()
    shown = read(client, draft, upload())
    assert "No number changes." in html_of(shown)

    response = save(client, shown)

    assert "The numbers were already as the file measures them." in html_of(response)
    assert set(sources_of(fresh_audit(draft))) == set(MEASURED)


def test_removed_file_leaves_its_numbers_and_the_verdict(
    client: Client, draft: Audit
) -> None:
    save(client, read(client, draft, upload()))
    before = fresh_audit(draft)
    kept = UsageUpload.objects.get()
    there = reverse("usage", args=[draft.pk])
    assert "usage.csv" in html_of(client.get(there))

    response = client.post(
        reverse("remove_usage", args=[draft.pk, kept.pk]), follow=True
    )

    after = fresh_audit(draft)
    assert response.redirect_chain == [(there, 302)]
    assert "usage.csv" not in html_of(response)
    assert (after.verdict, after.codes) == (before.verdict, before.codes)
    assert numbers(draft) == TYPED | MEASURED
    assert sources_of(after) == {}
    verbs = Event.objects.filter(subject=str(kept.pk)).values_list("verb", flat=True)
    assert sorted(verbs) == ["usage.read", "usage.removed"]


@pytest.mark.parametrize("calls", [1, 1000, 300_000, 3_000_000])
def test_removing_or_refusing_a_file_never_brings_training_closer(
    client: Client, draft: Audit, calls: int
) -> None:
    save(client, read(client, draft, upload(sheet_of(calls=calls))))
    before = fresh_audit(draft)

    read(client, draft, upload(b"hello"))
    refused = fresh_audit(draft)
    client.post(reverse("remove_usage", args=[draft.pk, UsageUpload.objects.get().pk]))
    removed = fresh_audit(draft)

    for audit in (refused, removed):
        assert audit.verdict == before.verdict
        assert audit.open_questions == before.open_questions
        assert audit.numbers == before.numbers


def test_packed_file_is_read_as_it_is(client: Client, draft: Audit) -> None:
    packed = gzip.compress(sheet_of())

    save(client, read(client, draft, upload(packed, "usage.csv.gz")))

    assert numbers(draft) == TYPED | MEASURED


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


def test_file_that_no_number_is_from_is_removed_after_a_week(
    client: Client, draft: Audit
) -> None:
    save(client, read(client, draft, upload()))
    read(client, draft, upload(sheet_of(days=40), "unused.csv"))
    UsageUpload.objects.update(added_at=draft.created_at.replace(year=2025))

    read(client, draft, upload(sheet_of(days=50), "new.csv"))

    names = sorted(kept.name for kept in UsageUpload.objects.all())
    assert names == ["new.csv", "usage.csv"]


def test_submitted_audit_takes_no_usage(
    client: Client, draft: Audit, cast: Cast
) -> None:
    shown = read(client, draft, upload())
    kept = UsageUpload.objects.get()
    submit_audit(audit=fresh_audit(draft), by=cast.ours.contributor)
    result = reverse("result", args=[draft.pk])

    for response in (
        read(client, draft, upload(sheet_of(days=9))),
        save(client, shown),
        client.post(reverse("remove_usage", args=[draft.pk, kept.pk]), follow=True),
        client.get(reverse("usage", args=[draft.pk]), follow=True),
    ):
        assert response.redirect_chain[-1][0] == result
    assert numbers(draft) == TYPED
    assert UsageUpload.objects.get() == kept


def test_submission_says_what_was_measured(
    client: Client, draft: Audit, cast: Cast
) -> None:
    save(client, read(client, draft, upload()))
    audit = submit_audit(audit=fresh_audit(draft), by=cast.ours.contributor)

    page = html_of(client.get(reverse("submission", args=[draft.pk])))

    mark = "(measured: CSV, 1 August to 31 October 2026)"
    assert f"310,000 calls a month {mark}" in page
    assert page.count(mark) == len(MEASURED)
    assert build_paper(audit).given.endswith(
        "measured (CSV, 1 August to 31 October 2026): calls a month, other input "
        "tokens, output tokens, share read from the cache, model"
    )


def test_file_that_an_earlier_audit_has_numbers_from_stays(
    client: Client, draft: Audit
) -> None:
    save(client, read(client, draft, upload()))
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
