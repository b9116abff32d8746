"""How much of a call’s text repeats is typed, and what is computed from it."""

import pytest
from django.test import Client

from audits.models import Audit
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.read_files.usage_uploads import sources_of
from tests.casting import Cast
from tests.examples import some_of
from tests.pages import html_of
from tests.wizard.usage.made_sheets import upload
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


@pytest.mark.thorough
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


@pytest.mark.thorough
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


@pytest.mark.thorough
def test_text_longer_than_a_call_is_not_offered(client: Client, draft: Audit) -> None:
    shown = read(client, draft, upload())

    said = client.post(
        shown.request["PATH_INFO"], chosen(shown, repeats="3001", show="")
    )

    assert "correct that number" in html_of(said)
    assert "prefix_tokens=3001" not in html_of(said)
