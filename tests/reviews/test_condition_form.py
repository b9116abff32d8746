"""The conditions of an approval, as the page of a review takes them."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, PortfolioRow, Review, Role, SignOffCondition
from audits.reviews.done_words import follows_from
from audits.scoring.days import in_words
from audits.services.conditions.conditions import MOST_CONDITIONS
from audits.services.due.standing import standing_of
from audits.services.reviews.condition_steps import meet_condition
from audits.services.reviews.drift import validity_of
from tests.casting import Cast
from tests.conditions import condition_of, in_days, sent
from tests.pages import html_of
from tests.reviews.conftest import read_of, signed, state_of
from tests.scoring.costs.worked_packs import decided


def url_of(audit: Audit) -> str:
    return reverse("review", args=[audit.pk])


@pytest.mark.on_both
def test_each_condition_becomes_a_row_with_its_owner_and_its_day(
    cast: Cast, reviewer: Client
) -> None:
    audit, viewer = cast.ours.submitted, cast.ours.people[Role.VIEWER]
    form = signed("conditions", submission=read_of(audit)) | {
        "shown": "3",
        "words": "Well tested so far.",
        **sent("Test it on 30 cases.", days=10),
        **sent("Tell the works council.", days=5, number=3),
        "condition_3_owner": str(viewer.public_id),
    }

    reviewer.post(url_of(audit), form)

    assert state_of(audit) == Audit.State.SIGNED_OFF
    with scope(organization=cast.ours.organization):
        found = list(SignOffCondition.objects.order_by("number"))
        assert [(x.words, x.owner, x.due_on) for x in found] == [
            ("Test it on 30 cases.", audit.use_case.owner, in_days(10)),
            ("Tell the works council.", viewer, in_days(5)),
        ]
        words = Review.objects.get(audit=audit).words
        assert words.startswith("Well tested so far.\n1. Test it on 30 cases. (North")
        signed_off = standing_of(Audit.objects.get(pk=audit.pk)).sign_off
        assert signed_off
        assert signed_off.words == "Well tested so far."
        row = PortfolioRow.objects.get(audit=audit)
        assert (row.due_on, row.condition_due_on) == (in_days(5), in_days(5))


def test_reviewer_says_whether_a_condition_holds_the_amount(
    cast: Cast, reviewer: Client
) -> None:
    audit = cast.ours.submitted
    page = html_of(reviewer.get(url_of(audit)))
    assert '<option value="before" selected>Before the money is spent</option>' in page
    form = signed("conditions", submission=read_of(audit)) | {
        "shown": "2",
        **sent("Test it on 30 cases.", days=10),
        **sent("Tell the works council.", days=5, number=2),
        "condition_2_when": "while",
    }

    reviewer.post(url_of(audit), form)

    with scope(organization=cast.ours.organization):
        first, second = SignOffCondition.objects.order_by("number")
        words = Review.objects.get(audit=audit).words
        signed_off = standing_of(Audit.objects.get(pk=audit.pk)).sign_off
    assert (first.holds_money, second.holds_money) == (True, False)
    assert words.count(", while the work goes on)") == 1
    assert signed_off
    assert [x.holds_money for x in signed_off.conditions] == [True, False]
    told = [
        html_of(reviewer.get(reverse("condition", args=[each.pk])))
        for each in (first, second)
    ]
    assert "An approved amount is held until it is met" in told[0]
    assert "No amount waits for it: it is met while the work goes on" in told[1]
    with scope(organization=cast.ours.organization):
        by = Review.objects.get(audit=audit).by
        meet_condition(condition=first, by=by, words="30 passed.")
    later = html_of(reviewer.get(reverse("condition", args=[first.pk])))
    assert "An approved amount is held" not in later
    day = in_words(timezone.localdate())
    assert f"No amount waits for it any more, since {day}" in later


@pytest.mark.thorough
def test_form_says_what_a_condition_does_to_the_amount(
    cast: Cast, reviewer: Client
) -> None:
    page = html_of(reviewer.get(url_of(cast.ours.submitted)))
    money = decided("rag", "planned").money

    assert "No amount is asked for now, so none waits for a condition." in page
    assert money
    assert "waits until each condition is confirmed as met" in follows_from(money)


@pytest.mark.thorough
def test_one_more_condition_is_a_press_of_a_button_and_loses_nothing(
    cast: Cast, reviewer: Client
) -> None:
    audit = cast.ours.submitted
    first = html_of(reviewer.get(url_of(audit)))
    form = {
        "outcome": "conditions",
        "words": "Well tested.",
        "submission": read_of(audit),
        "shown": "1",
        **sent("Test it on 30 cases."),
    }

    page = html_of(reviewer.post(url_of(audit), form | {"add": "1"}))

    assert "condition_1_words" in first
    assert "condition_2_words" not in first
    assert "condition_2_words" in page
    assert "There is a problem" not in page
    field = page.partition('name="condition_2_words"')[2].partition(">")[0]
    assert "autofocus" in field
    assert "Test it on 30 cases.</textarea>" in page
    assert "Well tested.</textarea>" in page
    assert f'value="{in_days(30).isoformat()}"' in page
    assert 'value="conditions"' in page.split("checked")[0].rsplit("<input", 1)[1]
    assert state_of(audit) == Audit.State.IN_REVIEW
    most = {"add": "1", "shown": str(MOST_CONDITIONS - 1)}
    full = html_of(reviewer.post(url_of(audit), form | most))
    assert f"condition_{MOST_CONDITIONS}_words" in full
    assert "Add a condition" in first
    assert "Add a condition" not in full


@pytest.mark.thorough
def test_day_of_a_condition_says_until_when_a_sign_off_is_valid(
    cast: Cast, reviewer: Client
) -> None:
    audit = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        until = validity_of(audit, timezone.localdate())
    page = html_of(reviewer.get(url_of(audit)))

    told = page.partition('id="id_condition_1_due_on_helptext">')[2]
    ends = f"A sign-off of today ends on {in_words(until)}; a later condition is"
    assert told.startswith(f"{ends} not due while it is valid.")
    late = (until - timezone.localdate()).days + 9
    form = signed("conditions", submission=read_of(audit))
    reviewer.post(url_of(audit), form | sent("Test it.", days=late))
    assert state_of(audit) == Audit.State.SIGNED_OFF


def test_several_conditions_are_numbered_from_the_first(
    cast: Cast, reviewer: Client
) -> None:
    url = url_of(cast.ours.submitted)

    one = html_of(reviewer.get(url))
    two = html_of(reviewer.post(url, {"shown": "1", "add": "1"}))

    assert ">Condition</label>" in one
    # A condition of 300 characters is seen whole in the narrow column.
    assert 'rows="7"' in one.partition('name="condition_1_words"')[2].partition(">")[0]
    assert all(f">Condition {number}</label>" in two for number in (1, 2))
    assert ">By when: condition 1</label>" in two


def test_condition_without_words_or_day_is_refused_beside_its_field(
    cast: Cast, reviewer: Client
) -> None:
    audit = cast.ours.submitted
    read = signed("conditions", submission=read_of(audit))

    nothing = html_of(reviewer.post(url_of(audit), read))
    past = html_of(reviewer.post(url_of(audit), read | sent("Test it.", days=-1)))

    problems = re.sub(r"\s+", " ", nothing.partition("There is a problem")[2])
    assert '<a href="#id_condition_1_words">Enter the condition</a>' in problems
    assert '<a href="#id_condition_1_due_on">By when must it be met?' in problems
    assert "Enter a day that is still to come" in past
    assert "Test it.</textarea>" in past
    assert state_of(audit) == Audit.State.IN_REVIEW


def test_nobody_of_another_organization_can_own_a_condition(
    cast: Cast, reviewer: Client
) -> None:
    audit, stranger = cast.ours.submitted, cast.theirs.contributor
    form = signed("conditions", submission=read_of(audit)) | sent("Test it.")

    page = html_of(
        reviewer.post(
            url_of(audit), form | {"condition_1_owner": str(stranger.public_id)}
        )
    )

    assert "Choose a member of your organization as the owner" in page
    assert "Zanzibar" not in page
    assert state_of(audit) == Audit.State.IN_REVIEW


@pytest.mark.thorough
def test_plain_approval_stores_no_condition(cast: Cast, reviewer: Client) -> None:
    audit = cast.ours.submitted
    form = signed("approved", submission=read_of(audit)) | sent("Test it.")

    reviewer.post(url_of(audit), form)

    assert state_of(audit) == Audit.State.SIGNED_OFF
    with scope(organization=cast.ours.organization):
        assert not SignOffCondition.objects.exists()


@pytest.mark.thorough
def test_conditions_are_erased_with_their_use_case(
    cast: Cast, reviewer: Client
) -> None:
    audit = cast.ours.submitted
    form = signed("conditions", submission=read_of(audit)) | sent("Test it.")
    reviewer.post(url_of(audit), form)

    with scope(organization=cast.ours.organization):
        assert condition_of(audit).organization == cast.ours.organization
        audit.use_case.delete()
        assert not SignOffCondition.objects.exists()
