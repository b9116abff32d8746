"""A usage file fills numbers, after a look at what would change."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audits.frameworks.loading.loader import current
from audits.models import Audit, UsageUpload, Version
from audits.scoring.assess_on import assess_on, costs_on
from audits.scoring.inputs import Inputs
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.candidates import Preview
from audits.services.answers.merging import Sender, Sent
from audits.services.read_files.usage_uploads import sources_of
from audits.wizard.usage.effects import computed_answers
from tests.casting import Cast
from tests.pages import html_of
from tests.scoring.worked_cases import TRAINING_CASE
from tests.usage.made_usage import OTEL, raw
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
    assert "12 months of “Prompt on the chosen model” would cost $" in told
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


@pytest.mark.thorough
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
    assert "from “Prompt” to “Retrieval (RAG)”" in told
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


@pytest.mark.thorough
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
def test_what_is_not_measured_says_why(client: Client, draft: Audit) -> None:
    shown = read(client, draft, SimpleUploadedFile("spans.jsonl", raw(OTEL)))

    told = html_of(shown)
    assert "The file is about 1 day, too few for a month." in told
    assert "The file does not say how many tokens of a call were cached." in told
    save(client, shown)
    assert numbers(draft)["requests"] == "5000"


@pytest.mark.thorough
def test_fewer_calls_than_somebody_typed_are_left_out_at_first(
    client: Client, draft: Audit
) -> None:
    shown = read(client, draft, upload(sheet_of(calls=10)))
    told = html_of(shown)

    assert "Amounts are for a busy month about half a year from now" in told
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
