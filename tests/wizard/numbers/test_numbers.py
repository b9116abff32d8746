"""Numbers as people write them, what they cost, and tokens counted."""

import re
from itertools import pairwise
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django_scopes import scope

from audits.landscape.in_force import current
from audits.landscape.price_age import price_age
from audits.models import Audit
from audits.models.audits import values
from audits.scoring.money.assumed import assumed_behind
from audits.services.verdicts.assessments import assessment_of
from tests.casting import Cast
from tests.examples import some_of
from tests.pages import html_of
from tests.wizard.page_forms import send

MODEL = "claude-sonnet-5-5"


@pytest.fixture
def page(cast: Cast) -> str:
    return reverse("numbers", args=[cast.ours.draft.pk])


def numbers(cast: Cast) -> dict[str, Any]:
    with scope(organization=cast.ours.organization):
        return values(Audit.objects.get(pk=cast.ours.draft.pk).numbers)


@pytest.mark.thorough
@pytest.mark.once
@pytest.mark.parametrize(
    ("written", "kept"),
    some_of(
        [
            ("40000", "40000"),
            ("40,000", "40000"),
            ("40 000", "40000"),
            ("1\u202f000\u202f000", "1000000"),
            (" 7 ", "7"),
            ("1e3", None),
            ("NaN", None),
            ("Infinity", None),
            ("-5", None),
            ("−5", None),
            ("0", None),
            ("1,5", None),
            ("1.5", None),
            ("4,00,000", None),
            ("9" * 19, None),
            ("1e309", None),
            ("forty", None),
            ("٤٠", None),
        ],
        6,
    ),
)
def test_number_is_read_as_people_write_it_or_explained(
    cast: Cast, client: Client, page: str, written: str, kept: str | None
) -> None:
    response = send(client, page, requests=written)

    assert numbers(cast) == ({"requests": kept} if kept else {})
    assert response.status_code == (302 if kept else 422)
    if not kept:
        text = html_of(response)
        assert "There is a problem" in text
        assert f'value="{written}"' in text


@pytest.mark.once
def test_unit_that_was_mistaken_is_told_with_the_range(
    client: Client, page: str
) -> None:
    text = html_of(send(client, page, cache_hit="900"))

    share = "Share of repeated text billed at the lower cache price"
    said = f"{share} must be between 0 and 100 %"
    assert said in text


@pytest.mark.thorough
@pytest.mark.once
def test_error_goes_once_its_number_is_corrected(client: Client, page: str) -> None:
    problem = "Enter model calls a month as a number, like 40,000"

    refused = html_of(send(client, page, requests="forty"))
    wrong = html_of(send(client, page, htmx=True, seq="1", requests="forty"))
    right = html_of(send(client, page, htmx=True, seq="2", requests="40"))

    slot = '<div id="problem-requests" hx-swap-oob="innerHTML">'
    assert problem in refused
    assert problem in wrong.partition(slot)[2].partition("</div>")[0]
    assert right.partition(slot)[2].partition("</div>")[0].strip() == ""
    assert '<div id="form-problems" hx-swap-oob="innerHTML"></div>' in right
    # The field says it itself, so a list of earlier problems goes.
    assert '<div id="form-problems" hx-swap-oob="innerHTML"></div>' in wrong


@pytest.mark.on_both
def test_share_is_kept_exact_and_shown_in_percent(
    cast: Cast, client: Client, page: str
) -> None:
    send(client, page, cache_hit="87.5")

    assert numbers(cast) == {"cache_hit": "0.875"}
    assert 'value="87.5"' in html_of(client.get(page))


@pytest.mark.thorough
@pytest.mark.once
def test_costs_stand_beside_the_numbers_as_they_are_given(
    client: Client, page: str
) -> None:
    fields = {
        "requests": "100,000",
        "prefix_tokens": "6,000",
        "variable_tokens": "500",
        "output_tokens": "300",
        "cache_hit": "90",
        "model": MODEL,
        "today": "prompt",
    }

    before = html_of(client.get(page))
    text = html_of(send(client, page, htmx=True, seq="1", **fields))

    assert "Cost of each technique" not in before
    assert "Cost of each technique, in US dollars" in text
    assert "Prompt on the chosen model" in text
    # 100,000 × 0.00604 × 1.02 + 0.05 × 180,000 / 12: docs/method.md, V1.
    assert "$1,366" in text
    assert "Cost of the repeated prompt: Low." in text
    parts = "$750 for people’s time, $616 on the providers’ bill"
    assert f"A month of “Prompt”: {parts}." in text
    average = (
        "Even with no calls, “Prompt on the chosen model” costs $9,000 over 12 "
        "months: people’s time and any fixed fees."
    )
    assert average in " ".join(text.split())
    age = price_age(current().prices_checked, timezone.localdate())
    assert f'<span class="price-age price-age-{age.grade}">{age.words}</span>' in text


@pytest.mark.thorough
@pytest.mark.once
def test_number_taken_back_is_assumed_again(
    cast: Cast, client: Client, page: str
) -> None:
    send(client, page, requests="100", output_tokens="5")

    send(client, page, requests="", output_tokens="5")

    assert numbers(cast) == {"output_tokens": "5"}


@pytest.mark.thorough
def test_field_that_is_not_sent_is_not_touched(
    cast: Cast, client: Client, page: str
) -> None:
    send(client, page, requests="100", output_tokens="5")

    client.post(page, {"requests": "200", "v-requests": "1", "stay": "1"})

    assert numbers(cast) == {"requests": "200", "output_tokens": "5"}


@pytest.mark.once
@pytest.mark.parametrize("model", some_of(["gpt-0", "<b>", "x" * 100], 1))
def test_model_that_is_not_offered_is_refused(
    cast: Cast, client: Client, page: str, model: str
) -> None:
    response = send(client, page, model=model)

    assert response.status_code == 422
    assert "Select a valid choice" in html_of(response)
    assert numbers(cast) == {}


@pytest.mark.once
def test_models_stand_with_window_and_price(client: Client, page: str) -> None:
    text = html_of(client.get(page))

    told = "Claude Sonnet 5.5: reads up to 1,000,000 tokens; a million tokens cost $2"
    assert told in text


def test_tuned_model_says_until_when_it_can_be_trained(
    client: Client, page: str
) -> None:
    text = html_of(client.get(page))

    offered = re.findall(r"<option[^>]*>(GPT-4o mini:[^<]+)<", text)
    assert offered[-1].endswith("; training ends on 6 January 2027")


@pytest.mark.thorough
def test_page_names_what_it_assumed_and_does_not_lead_to_itself(
    cast: Cast, client: Client, page: str
) -> None:
    tokens = {"variable_tokens": "500", "output_tokens": "300"}
    send(client, page, requests="40,000", **tokens, model=MODEL)
    text = html_of(client.get(page))
    beside = text.partition('id="panel-body"')[2]

    with scope(organization=cast.ours.organization):
        draft = Audit.objects.get(pk=cast.ours.draft.pk)
        every = len(assumed_behind(assessment_of(draft), None))
    assert f"{every} numbers are assumed, all techniques together" in beside
    assert "<li>Price of a reviewed example</li>" in beside
    assert "<li>Model calls a month</li>" not in beside
    once = r"costs \$[\d,]+ over 12 months: \$[\d,]+ paid once, people’s time and the"
    even = rf"Even with no calls, “[^”]+” {once} machines that always run\."
    assert re.search(even, " ".join(beside.split()))
    assert re.search(r"\$[\d,]+ a month,\s+\$[\d,]+ one-off", beside)
    assert re.search(r">\$[\d,]+ to \$[\d,]+<", beside)
    assert "to read and $0.50 to write" in text
    assert "Change the numbers" not in beside


@pytest.mark.thorough
@pytest.mark.once
def test_what_is_not_computed_says_what_is_missing_and_for_no_model(
    client: Client, page: str
) -> None:
    tokens = {"variable_tokens": "500", "output_tokens": "300"}
    send(client, page, prefix_tokens="6000", **tokens, model=MODEL)

    text = " ".join(strip_tags(html_of(client.get(page))).split())

    assert "Cost of the repeated prompt: Not computed. The numbers are missing." in text
    assert "Size of the prompt: Fits. Computed for Claude Sonnet 5.5 (" in text


@pytest.mark.thorough
def test_check_names_models_and_choices_in_words(
    cast: Cast, client: Client, page: str
) -> None:
    send(client, page, requests="40,000", model=MODEL, smaller=MODEL, today="prompt")

    check = html_of(client.get(reverse("check", args=[cast.ours.draft.pk])))

    assert (
        "<dt>Model for prompts, in use or planned</dt><dd>Claude Sonnet 5.5</dd>"
        in check
    )
    assert "<dt>Smaller model to compare</dt>" in check
    assert "<dt>What runs today or is planned</dt>" in check
    assert MODEL not in check


@pytest.mark.once
def test_tokens_of_a_text_are_counted_with_their_margin(
    cast: Cast, client: Client
) -> None:
    url = reverse("tokens", args=[cast.ours.draft.pk])

    response = client.post(url, {"text": "Sort the claim."}, HTTP_HX_REQUEST="true")

    text = html_of(response)
    assert "<strong>4 tokens</strong> by the tokenizer o200k_base; 3 to" in text
    assert "Use for “Text repeated in every call”" in text
    assert "<html" not in text


@pytest.mark.thorough
@pytest.mark.once
def test_count_is_taken_over_without_javascript(
    cast: Cast, client: Client, page: str
) -> None:
    url = reverse("tokens", args=[cast.ours.draft.pk])
    document = SimpleUploadedFile("prompt.md", b"Sort the claim.")

    whole = html_of(client.post(url, {"document": document}))
    taken = client.post(page, {"prefix_tokens": "4", "v-prefix_tokens": "0", "stay": 1})

    assert "<html" in whole
    assert '<input type="hidden" name="prefix_tokens" value="4">' in whole
    assert taken["Location"] == page
    assert numbers(cast) == {"prefix_tokens": "4"}


@pytest.mark.thorough
@pytest.mark.once
@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ({"text": "  "}, "paste a text, or choose a file"),
        (
            {"document": SimpleUploadedFile("x.exe", b"MZ\x00\x01")},
            "not a .txt, .md, .docx or .pdf file",
        ),
    ],
)
def test_what_cannot_be_counted_says_why(
    cast: Cast, client: Client, form: dict[str, Any], problem: str
) -> None:
    url = reverse("tokens", args=[cast.ours.draft.pk])

    response = client.post(url, form)

    assert f"The text could not be counted: {problem}" in html_of(response)


@pytest.mark.thorough
@pytest.mark.once
def test_each_number_has_its_own_error_and_none_doubles_a_word(
    client: Client, page: str
) -> None:
    fields = ("requests", "variable_tokens", "output_tokens", "cache_hit")
    text = html_of(send(client, page, **dict.fromkeys(fields, "many")))

    for name in fields:
        slot = text.partition(f'id="id_{name}_error"')[2].partition("</p>")[0]
        said = strip_tags(slot.partition(">")[2]).split()
        assert said
        assert not [a for a, b in pairwise(said) if a.lower() == b.lower()], name
