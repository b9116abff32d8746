"""Removing a usage file asks, and takes back only what the file changed."""

import pytest
from django.test import Client
from django.urls import reverse

from audits.models import Audit, UsageUpload
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.read_files.usage_uploads import sources_of
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.page_forms import hidden_in
from tests.wizard.usage.made_sheets import sheet_of, upload
from tests.wizard.usage.usage_pages import (
    MEASURED,
    TYPED,
    numbers,
    page_after,
    read,
    save,
)
from tests.wizard.usage.usage_saved import save_usage


@pytest.fixture
def there(client: Client, draft: Audit) -> str:
    """Where the file is removed that the numbers of the draft are from."""
    save_usage(draft, upload())
    return reverse("remove_usage", args=[draft.pk, UsageUpload.objects.get().pk])


def asked(client: Client, there: str) -> dict[str, str]:
    """Return what the page sends if nothing on it is changed."""
    hidden = hidden_in(client.get(there).content.decode())
    return {"seen": hidden["seen"][0], "take-back": "on"}


def typed(cast: Cast, draft: Audit, **entered: str) -> None:
    sent = {("number", name): Sent(value=x) for name, x in entered.items()}
    lead = cast.ours.contributor
    save_entries(audit=fresh_audit(draft), by=lead, sent=sent, sender=Sender())


@pytest.mark.thorough
def test_removing_asks_and_says_which_numbers_came_from_the_file(
    client: Client, draft: Audit, there: str
) -> None:
    listed = html_of(client.get(reverse("usage", args=[draft.pk])))
    assert f'href="{there}"' in listed

    told = html_of(client.get(there))

    assert "Remove <bdi>usage.csv</bdi>?" in told
    assert "310,000 calls a month; before the file: 5,000 calls a month" in told
    assert "40%; before the file: empty" in told
    assert UsageUpload.objects.count() == 1
    assert numbers(draft) == TYPED | MEASURED


@pytest.mark.thorough
def test_numbers_are_taken_back_to_what_they_were(
    client: Client, draft: Audit, there: str
) -> None:
    response = client.post(there, asked(client, there), follow=True)

    told = html_of(response)
    assert "usage.csv is removed. Its numbers are as they were before" in told
    assert numbers(draft) == TYPED
    assert UsageUpload.objects.count() == 0


@pytest.mark.thorough
def test_numbers_stay_if_that_is_chosen(
    client: Client, draft: Audit, there: str
) -> None:
    response = client.post(there, {"seen": ""}, follow=True)

    assert "Its numbers stay, but not as “measured”." in html_of(response)
    assert numbers(draft) == TYPED | MEASURED
    assert sources_of(fresh_audit(draft)) == {}


def test_number_that_somebody_typed_is_not_lost(
    client: Client, draft: Audit, cast: Cast, there: str
) -> None:
    typed(cast, draft, requests="9000", output_tokens="700")
    told = html_of(client.get(there))
    assert "These stay, as somebody changed or typed them" in told

    client.post(there, asked(client, there))

    assert numbers(draft) == TYPED | {"requests": "9000", "output_tokens": "700"}


@pytest.mark.thorough
def test_number_that_was_typed_as_measured_stays(
    client: Client, draft: Audit, cast: Cast
) -> None:
    typed(cast, draft, requests=MEASURED["requests"])
    save_usage(draft, upload())
    there = reverse("remove_usage", args=[draft.pk, UsageUpload.objects.get().pk])

    client.post(there, asked(client, there))

    assert numbers(draft) == TYPED | {"requests": MEASURED["requests"]}


def test_second_save_of_a_file_remembers_what_was_typed_before_the_first(
    client: Client, draft: Audit, there: str
) -> None:
    shown = client.get(there.removesuffix("remove/"))
    save(client, page_after(client, shown, month="median"), month="median")
    assert numbers(draft)["requests"] == "270000"

    client.post(there, asked(client, there))

    assert numbers(draft) == TYPED


@pytest.mark.on_both
def test_numbers_of_an_earlier_file_come_back_as_measured(
    client: Client, draft: Audit
) -> None:
    save(client, read(client, draft, upload()))
    save(client, read(client, draft, upload(sheet_of(calls=2000), "more.csv")))
    more = UsageUpload.objects.get(name="more.csv")
    there = reverse("remove_usage", args=[draft.pk, more.pk])
    assert numbers(draft)["requests"] == "620000"

    client.post(there, asked(client, there))

    assert numbers(draft) == TYPED | MEASURED
    assert set(sources_of(fresh_audit(draft))) == set(MEASURED)


def test_numbers_that_changed_after_the_page_was_opened_are_shown_again(
    client: Client, draft: Audit, cast: Cast, there: str
) -> None:
    sent = asked(client, there)
    typed(cast, draft, requests="9000")

    response = client.post(there, sent)

    assert response.status_code == 409
    assert "so nothing was removed" in html_of(response)
    assert UsageUpload.objects.count() == 1
    assert numbers(draft)["requests"] == "9000"


@pytest.mark.thorough
@pytest.mark.parametrize("is_changed", [False, True])
def test_text_that_was_typed_beside_the_file_is_said_to_stay(
    client: Client, draft: Audit, cast: Cast, *, is_changed: bool
) -> None:
    again = page_after(client, read(client, draft, upload()), repeats="2000")
    save(client, again, repeats="2000")
    there = reverse("remove_usage", args=[draft.pk, UsageUpload.objects.get().pk])
    if is_changed:
        typed(cast, draft, prefix_tokens="2100")

    page = html_of(client.get(there))
    said = html_of(client.post(there, asked(client, there), follow=True))

    typed_in = "somebody changed or typed them"
    named = "Text repeated in every call"
    assert (typed_in in page and named in page.split(typed_in)[-1]) != is_changed
    assert (f"“{named}” was typed, and stays." in said) != is_changed
    assert numbers(draft)["prefix_tokens"] == ("2100" if is_changed else "2000")
