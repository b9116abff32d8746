"""A usage file fills numbers, after a look at what would change."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audits.frameworks.loading.loader import current
from audits.models import Audit, Event, UsageUpload, Version
from audits.scoring.assess_on import assess_on, costs_on
from audits.scoring.inputs import Inputs
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.candidates import Preview
from audits.services.answers.merging import Sender, Sent
from audits.services.read_files.usage_uploads import sources_of
from audits.wizard.usage.effects import computed_answers
from tests.casting import Cast
from tests.examples import some_of
from tests.pages import html_of
from tests.scoring.worked_cases import TRAINING_CASE
from tests.usage.made_usage import LITELLM, OTEL, plain, raw
from tests.wizard.usage.made_sheets import (
    KNOWLEDGE_CASE,
    KNOWLEDGE_TOKENS,
    sheet_of,
    upload,
)
from tests.wizard.usage.usage_pages import (
    MEASURED,
    TYPED,
    chosen,
    numbers,
    page_after,
    read,
    save,
)
from tests.wizard.usage.usage_saved import save_usage


@pytest.mark.thorough
def test_file_is_three_clicks_from_measured_numbers(
    client: Client, draft: Audit
) -> None:
    # Select the file, then press “Read the file”.
    shown = read(client, draft, upload())
    told = html_of(shown)
    assert "310,000 requests in the busiest of 3 whole months, 270,000 in" in told
    assert "From 5,000 calls a month (typed) to <strong>310,000 calls a month" in told
    assert "<strong>40%</strong>, not entered yet" in told
    assert "12 months of “Prompt on the current model” would cost $" in told
    said = "Without this file they have no price: No model is chosen. Save the numbers"
    assert f"{said} to have one." in told
    assert "the bill for gpt-5 is $2,480, 2.2 times what its tokens cost" in told
    assert numbers(draft) == TYPED

    # Press “Save the numbers”.
    response = page_after(client, shown)

    assert response.redirect_chain == [(reverse("numbers", args=[draft.pk]), 302)]
    assert numbers(draft) == TYPED | MEASURED
    mark = "Measured: CSV, 1 August to 31 October 2026"
    assert html_of(response).count(mark) == len(MEASURED)
    assert UsageUpload.objects.get().measured == MEASURED
    assert {x.value for x in Version.objects.filter(item="requests")} == {
        "5000",
        "310000",
    }


def test_what_is_not_computed_before_and_after_is_no_change() -> None:
    found = assess_on(current(), Inputs(codes={}), date(2026, 11, 24))
    costs = costs_on({"requests": "5000"}, date(2026, 11, 24))
    assert costs
    then = replace(
        found, costs=replace(costs, computed={"prefix_cost": "not_computed"})
    )

    preview = Preview(now=found, then=then)

    assert not [*computed_answers(current(), preview)]


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
    response = page_after(client, shown)

    assert "The verdict so far is now “Retrieval (RAG)”." in html_of(response)
    assert fresh_audit(draft).verdict == "rag"


@pytest.mark.thorough
def test_typed_number_can_be_left_as_it_is(client: Client, draft: Audit) -> None:
    shown = read(client, draft, upload())

    unread = page_after(client, shown, **{"leave-requests": "on"})

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

    response = page_after(client, shown)

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
    assert "<strong>1,000 tokens</strong>, not entered yet" in told
    assert numbers(draft) == TYPED


@pytest.mark.thorough
def test_text_that_repeats_is_saved_as_typed(client: Client, draft: Audit) -> None:
    shown = read(client, draft, upload())
    again = page_after(client, shown, repeats="2000")

    save(client, again)

    assert numbers(draft)["prefix_tokens"] == "2000"
    assert numbers(draft)["variable_tokens"] == "1000"
    assert set(sources_of(fresh_audit(draft))) == set(MEASURED)


def test_typed_length_of_the_text_unmarks_what_was_computed_from_it(
    client: Client, draft: Audit, cast: Cast
) -> None:
    save_usage(draft, upload())
    entry = {("number", "prefix_tokens"): Sent(value="9000")}
    lead = cast.ours.contributor

    save_entries(audit=fresh_audit(draft), by=lead, sent=entry, sender=Sender())

    computed = {"variable_tokens", "cache_hit"}
    assert set(sources_of(fresh_audit(draft))) == set(MEASURED) - computed


@pytest.mark.thorough
def test_what_repeats_counts_only_if_it_is_saved_too(
    client: Client, draft: Audit
) -> None:
    shown = read(client, draft, upload())
    sent = {"repeats": "2000", "leave-prefix_tokens": "on"}

    save(client, page_after(client, shown, **sent), **sent)

    assert numbers(draft) == TYPED | MEASURED


@pytest.mark.parametrize("repeats", ["3001", "999"])
def test_impossible_length_of_the_text_fills_in_nothing_computed_from_it(
    client: Client, draft: Audit, repeats: str
) -> None:
    shown = read(client, draft, upload())

    again = page_after(client, shown, repeats=repeats)
    save(client, again, repeats=repeats)

    assert html_of(again).count("correct that number") == 2
    kept = {"requests", "output_tokens", "model"}
    assert numbers(draft) == TYPED | {k: MEASURED[k] for k in kept}


@pytest.mark.parametrize(
    ("typed", "read_as"),
    some_of([("1.200.000", "1200000"), ("1 200", "1200"), ("2501", "2501")], 1),
)
def test_tokens_are_read_with_marks_that_can_only_be_thousands(
    client: Client, draft: Audit, typed: str, read_as: str
) -> None:
    shown = read(client, draft, upload())

    again = page_after(client, shown, repeats=typed)

    assert str(again.context["form"].repeated) == read_as


def test_wrong_choice_is_said_and_saves_nothing(client: Client, draft: Audit) -> None:
    shown = read(client, draft, upload())

    for field, value, said in (
        ("repeats", "a lot", "must be a whole number, like 1,200"),
        ("repeats", "1,5", "must be a whole number, like 1,200"),
        ("repeats", "1.000", "“1.000”, which may be 1,000 or 1: write it without"),
        ("repeats", "-1", "must be from 0 to 10,000,000"),
        ("month", "best", "Select a valid choice"),
    ):
        response = page_after(client, shown, **{field: value})

        assert response.status_code == 422, value
        assert said in html_of(response)
        assert numbers(draft) == TYPED, value


@pytest.mark.thorough
def test_two_spellings_of_a_model_are_one_and_fill_in_the_model(
    client: Client, draft: Audit
) -> None:
    plain_name, dated = (
        sheet_of(model=name).decode().splitlines()
        for name in ("gpt-5", "openai/GPT-5-2025-08-07")
    )
    both = upload("\n".join([*plain_name, *dated[1:], ""]).encode())

    told = html_of(read(client, draft, both))

    assert "620,000 requests in the busiest of 3 whole months" in told
    assert "for several, no model" not in told
    assert 'name="models"' not in told


@pytest.mark.thorough
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

    again = page_after(client, shown, models=["1"])
    save(client, again, models=["1"])

    day = {"requests": numbers(draft)["requests"], "model": numbers(draft)["model"]}
    assert day == {"requests": str(september), "model": "gpt-5"}


def test_no_model_is_refused(client: Client, draft: Audit) -> None:
    shown = read(client, draft, SimpleUploadedFile("litellm.json", raw(LITELLM)))

    response = page_after(client, shown, models=[])

    assert response.status_code == 422
    assert "Choose at least one model" in html_of(response)


@pytest.mark.thorough
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


@pytest.mark.thorough
def test_fewer_calls_than_somebody_typed_are_left_out_at_first(
    client: Client, draft: Audit
) -> None:
    shown = read(client, draft, upload(sheet_of(calls=10)))
    told = html_of(shown)

    assert (
        "Amounts are for the busiest month you expect about half a year from now"
        in told
    )
    save(client, shown, **{"leave-requests": "on"})
    assert numbers(draft)["requests"] == TYPED["requests"]
    assert numbers(draft)["output_tokens"] == "200"


@pytest.mark.thorough
def test_number_of_another_size_asks_if_the_file_is_of_this_use_case(
    client: Client, draft: Audit
) -> None:
    larger = html_of(read(client, draft, upload(sheet_of(calls=1000))))
    like = html_of(read(client, draft, upload(sheet_of(calls=20))))

    said = "check that the file is of this use case"
    assert said in larger
    assert said not in like


@pytest.mark.thorough
def test_one_model_is_chosen_at_first(client: Client, draft: Audit) -> None:
    both = sheet_of(model="gpt-5-mini") + sheet_of(model="gpt-5").partition(b"\n")[2]

    shown = read(client, draft, upload(both))

    assert len(shown.context["form"].chosen_models) == 1


@pytest.mark.parametrize(("own", "first"), [(1000, "gpt-5"), (1001, "Our own")])
def test_of_equal_models_the_one_with_a_price_is_chosen_at_first(
    client: Client, draft: Audit, own: int, first: str
) -> None:
    unpriced = sheet_of(model="Our own", calls=own)
    both = unpriced + sheet_of(model="gpt-5").partition(b"\n")[2]

    shown = read(client, draft, upload(both))

    assert shown.context["form"].chosen_models == [first]


@pytest.mark.thorough
def test_text_longer_than_a_call_is_not_offered(client: Client, draft: Audit) -> None:
    shown = read(client, draft, upload())

    said = client.post(
        shown.request["PATH_INFO"], chosen(shown, repeats="3001", show="")
    )

    assert "correct that number" in html_of(said)
    assert "prefix_tokens=3001" not in html_of(said)
