"""The page of one usage file says what would count, where, and beside what."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Event, Outcome, UsageUpload
from audits.services.use_cases.use_cases import register_use_case
from tests.casting import Cast, Tenant
from tests.outcomes.signed import (
    MODEL,
    counted,
    file_of,
    month_after,
    sheet_of,
    signed,
    signed_again,
    upload,
)
from tests.pages import html_of
from tests.signed_in import sign_in


@pytest.fixture
def audit(cast: Cast, client: Client) -> Audit:
    sign_in(client, cast.ours.contributor)
    return signed(cast.ours)


def costs(cast: Cast, audit: Audit) -> list[str | None]:
    with scope(organization=cast.ours.organization):
        found = Outcome.objects.filter(audit=audit).first()
    return [each["seen"] for each in found.months] if found else []


def count_next_door(tenant: Tenant, audit: Audit) -> None:
    """Let a file with the usage of an audit count for another use case."""
    with scope(organization=tenant.organization):
        other = register_use_case(
            organization=tenant.organization,
            by=tenant.contributor,
            owner=tenant.contributor,
            team=tenant.team,
            name="Next door",
            summary="What it does",
        )
    elsewhere = counted(audit, tenant, sheet_of("1200"), "theirs.csv")
    with scope(organization=tenant.organization):
        elsewhere.use_case = other.use_case
        elsewhere.save()


@pytest.mark.thorough
def test_month_that_is_not_over_is_said_before_it_would_count(
    client: Client, cast: Cast, audit: Audit
) -> None:
    there = reverse("outcomes", args=[audit.pk])

    shown = client.post(there, {"file": file_of(sheet_of("1200"))}, follow=True)
    after = client.post(shown.request["PATH_INFO"], {"models": ["0"]}, follow=True)

    month = f"{month_after():%B %Y}"
    assert f"{month} ends after " in html_of(shown)
    assert "No month of the file would count." in html_of(shown)
    assert "No month of usage.csv counts." in html_of(after)
    assert f"{month} ends after " in html_of(client.get(there))
    assert costs(cast, audit) == []


@pytest.mark.thorough
def test_preview_is_of_the_paper_that_the_month_belongs_to(
    client: Client, cast: Cast, audit: Audit
) -> None:
    first, second = month_after(1), month_after(2)
    new = signed_again(audit, cast.ours, second)

    page = html_of(upload(client, audit, sheet_of("1200", "1300")))

    elsewhere = f"on the page of the paper signed on {second.day} {second:%B %Y}."
    assert f"<p>{first:%B %Y} cost $1,950: weak test (inside the range;" in page
    there = f"{second:%B %Y} will be {elsewhere} {second:%B %Y} cost $2,050"
    assert there in page
    assert "not compared" not in page
    assert "began on or after" not in page
    left_out = html_of(client.get(reverse("outcomes", args=[new.pk])))
    assert "No monthly cost is compared yet." in left_out


@pytest.mark.thorough
def test_month_that_stays_with_a_newer_file_is_said_before_and_after(
    client: Client, cast: Cast, audit: Audit
) -> None:
    shown = upload(client, audit, sheet_of("1200"), "late.csv")
    with scope(organization=cast.ours.organization):
        late = UsageUpload.objects.get(name="late.csv")
    good = counted(audit, cast.ours, sheet_of("700"), "good.csv")
    there = reverse("outcome_file", args=[audit.pk, late.pk])

    before = html_of(client.get(there))
    after = html_of(client.post(there, {"models": ["0"]}, follow=True))
    kept = costs(cast, audit)
    again = html_of(upload(client, audit, sheet_of("1200"), "late.csv"))

    said = f"{month_after():%B %Y} stays with good.csv, which is newer."
    assert shown.status_code == 200
    assert said in before
    assert f"No month of late.csv counts. {said}" in after
    assert kept == ["1450"]
    assert said not in again
    with scope(organization=cast.ours.organization):
        late.refresh_from_db()
    assert late.added_at > good.added_at


def test_file_that_is_read_again_is_the_newest(
    client: Client, cast: Cast, audit: Audit
) -> None:
    counted(audit, cast.ours, sheet_of("1200"), "first.csv")
    with scope(organization=cast.ours.organization):
        UsageUpload.objects.update(added_at="2026-01-01T00:00Z")
        kept = UsageUpload.objects.get()

    there = reverse("outcomes", args=[audit.pk])
    client.post(there, {"file": file_of(sheet_of("1200"), "first.csv")})

    with scope(organization=cast.ours.organization):
        [now] = UsageUpload.objects.all()
        verbs = Event.objects.filter(subject=str(kept.pk)).order_by("number")
        told = [*verbs.values_list("verb", flat=True)]
    assert now.pk == kept.pk
    assert now.added_at.date() > kept.added_at.date()
    assert told == ["usage.read", "usage.counted", "usage.read"]


@pytest.mark.thorough
def test_file_of_another_model_has_none_ticked_and_says_so(
    client: Client, cast: Cast, audit: Audit
) -> None:
    page = html_of(upload(client, audit, sheet_of("1200", models="claude-haiku-4-5")))
    own = html_of(upload(client, audit, sheet_of("1200", models=f"{MODEL}+other")))

    said = "The paper is about Claude Sonnet 5.5; this file has claude-haiku-4-5 only."
    assert said in page
    assert "checked" not in page.split('id="effects"')[0].split("id_models")[1]
    assert "Choose the models of this use case" in page
    assert "cost $" not in page
    assert "The paper is about" not in own


@pytest.mark.thorough
def test_model_that_is_spelled_in_two_ways_is_offered_and_counted_as_one(
    client: Client, cast: Cast, audit: Audit
) -> None:
    other = f"us.anthropic.{MODEL}-20260901-v1:0"
    shown = upload(client, audit, sheet_of("600", models=f"{MODEL}+{other}"))

    page = html_of(shown)
    client.post(shown.request["PATH_INFO"], {"models": ["0"]})

    names = f"<bdi>{MODEL}</bdi>, also spelled <bdi>{other}</bdi>"
    assert page.count('name="models"') == 1
    assert names in page
    assert "Which model is" not in page
    assert costs(cast, audit) == ["1950"]
    with scope(organization=cast.ours.organization):
        month = Outcome.objects.get(audit=audit).months[0]
    assert month["used"]["models"] == [MODEL]


def test_name_that_nobody_knows_is_asked_about_and_then_has_a_list_price(
    client: Client, cast: Cast, audit: Audit
) -> None:
    shown = upload(client, audit, sheet_of("", models="Prod-Assistant"))
    there = shown.request["PATH_INFO"]
    sent = {"models": ["0"], "is_0": MODEL}

    # It is one of the market facts.
    made_up = client.post(there, {"models": ["0"], "is_0": "made-up"}).status_code
    unread = costs(cast, audit)
    without = html_of(client.post(there, {"models": ["0"], "show": ""}))
    preview = html_of(client.post(there, {**sent, "show": ""}))
    after = html_of(client.post(there, sent, follow=True))
    again = html_of(client.get(there))

    assert (made_up, unread) == (422, [])
    assert "Which model is <bdi>Prod-Assistant</bdi>?" in html_of(shown)
    assert "there is no list price of “Prod-Assistant”" in without
    assert "The paper is about Claude Sonnet 5.5" in without
    assert "comes to $1,958: weak test" in preview
    assert "The paper is about" not in preview
    assert costs(cast, audit) == ["1958"]
    assert "Prod-Assistant (counts as Claude Sonnet 5.5)" in after
    assert f'<option value="{MODEL}" selected>' in again
    with scope(organization=cast.ours.organization):
        assert Outcome.objects.get(audit=audit).months[0]["used"]["models"] == [MODEL]


@pytest.mark.thorough
def test_paper_s_model_under_another_spelling_is_ticked_and_counts(
    client: Client, cast: Cast, audit: Audit
) -> None:
    dotted = "anthropic/claude-sonnet-5.5"
    shown = upload(client, audit, sheet_of("600", models=f"{MODEL}+{dotted}"))
    alone = html_of(upload(client, audit, sheet_of("9", models="Claude Sonnet 5.5")))

    client.post(shown.request["PATH_INFO"], {"models": ["0"]})

    page = html_of(shown)
    assert page.count('name="models"') == 1
    assert dotted in page
    for each in (page, alone):
        assert " checked" in each.split('id="effects"')[0]
        assert "do not know this name" not in each
        assert "The paper is about" not in each
    assert costs(cast, audit) == ["1950"]


@pytest.mark.thorough
def test_name_for_which_a_model_is_chosen_counts_without_a_tick(
    client: Client, cast: Cast, audit: Audit
) -> None:
    shown = upload(client, audit, sheet_of("600", models=f"{MODEL}+zed-assistant"))
    there = shown.request["PATH_INFO"]

    without = html_of(client.post(there, {"models": ["0"], "show": ""}))
    told = html_of(client.post(there, {"models": ["0"]}, follow=True))
    nothing = client.post(there, {"is_1": ""})
    preview = html_of(client.post(there, {"is_1": MODEL, "show": ""}))
    client.post(there, {"models": ["0"], "is_1": MODEL})

    left = "of this file is not counted: zed-assistant."
    assert f"$600 {left}" in without
    assert told.count(f"$600 {left}") == 2  # the message, and the line of the file
    assert "$600 of this month is not counted: zed-assistant." in told
    assert left not in preview.split("Choose")[0]
    assert nothing.status_code == 422
    assert "Choose at least one model" in html_of(nothing)
    assert f"{month_after():%B %Y} cost $1,350" in preview
    assert costs(cast, audit) == ["1950"]
    with scope(organization=cast.ours.organization):
        kept = UsageUpload.objects.get(use_case=audit.use_case)
    assert set(kept.counted_models or []) == {MODEL, "zed-assistant"}


@pytest.mark.thorough
def test_bill_far_from_list_prices_is_said_before_it_counts_and_may_count(
    client: Client, cast: Cast, audit: Audit
) -> None:
    shown = upload(client, audit, sheet_of("120000"), "cents.csv")
    there = shown.request["PATH_INFO"]
    usual = html_of(upload(client, audit, sheet_of("1200"), "dollars.csv"))

    client.post(there, {"models": ["0"]})

    said = f"In {month_after():%B %Y}, the bill for {MODEL} is $120,000, "
    page = html_of(shown)
    counts = html_of(client.get(reverse("outcomes", args=[audit.pk])))
    assert f"The bill for {MODEL} is $120,000, " in counts
    assert "You can go on" not in counts
    assert page.index("What was found") < page.index(said)
    assert page.index(said) < page.index("What it says beside the paper")
    assert "times what its tokens cost at list prices checked on" in page
    assert "the bill for" not in usual
    assert costs(cast, audit) == ["120750"]


def test_usage_that_counts_for_another_use_case_is_said_by_name(
    client: Client, cast: Cast, audit: Audit
) -> None:
    count_next_door(cast.ours, audit)
    counted(signed(cast.theirs), cast.theirs, sheet_of("1200"), "foreign.csv")

    shown = upload(client, audit, sheet_of("1200"))
    more = html_of(upload(client, audit, sheet_of("1200", "5"), "more.csv"))
    page = html_of(shown)
    client.post(shown.request["PATH_INFO"], {"models": ["0"]})

    assert "This file counts for the use case “Next door” already." in page
    assert "The usage of 1 day is also in theirs.csv, which counts for" in more
    for each in (page, more):
        assert "If it counts here too, it counts twice." in each
        assert "foreign.csv" not in each
    assert len(costs(cast, audit)) == 1
    spelled = upload(client, audit, sheet_of("1200", models=MODEL.upper()), "other.csv")
    assert "is also in theirs.csv, which counts for" in html_of(spelled)


@pytest.mark.thorough
def test_file_without_a_choice_can_be_discarded_on_its_page(
    client: Client, cast: Cast, audit: Audit
) -> None:
    shown = upload(client, audit, sheet_of("1200"))
    page = html_of(shown)
    with scope(organization=cast.ours.organization):
        kept = UsageUpload.objects.get(use_case=audit.use_case)
    there = reverse("remove_outcome_file", args=[audit.pk, kept.pk])

    assert f'formaction="{there}"' in page
    assert "usage.csv is removed." in html_of(client.post(there, follow=True))
    with scope(organization=cast.ours.organization):
        assert not UsageUpload.objects.filter(use_case=audit.use_case).exists()


@pytest.mark.thorough
def test_columns_and_totals_that_do_not_count_are_said_in_the_preview(
    client: Client, audit: Audit
) -> None:
    lines = sheet_of("1200").decode().splitlines()
    made = [f"{lines[0]},Region", *(f"{line},eu" for line in lines[1:])]
    content = "\n".join([*made, "Total,,200000,,,,1200,", ""]).encode()

    page = html_of(upload(client, audit, content))

    assert "The column “Region” is not used." in page
    assert "The last row, “Total”, is left out: it adds up the others." in page
