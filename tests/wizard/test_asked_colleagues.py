"""A section of a draft says whom it waits for, and offers to ask somebody."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from audits.models import AnswerRequest, Role
from audits.services.answers.answers import save_answers
from audits.services.discussion.answer_requests import ask_colleague
from tests.casting import Cast
from tests.discussion.inboxes import of_kind
from tests.pages import html_of
from tests.signed_in import sign_in
from tests.wizard.page_forms import hidden, resend, send


def page(cast: Cast, client: Client, name: str, item: str) -> str:
    there = reverse(name, args=[cast.ours.draft.pk, item])
    return " ".join(html_of(client.get(there)).split())


def ask(cast: Cast, **what: Any) -> AnswerRequest:
    with scope(organization=cast.ours.organization):
        return ask_colleague(
            audit=cast.ours.draft,
            by=cast.ours.contributor,
            of=cast.ours.people[Role.ADMIN],
            **what,
        )


def answer(cast: Cast, **answers: Any) -> None:
    with scope(organization=cast.ours.organization):
        by = cast.ours.people[Role.ADMIN]
        save_answers(audit=cast.ours.draft, by=by, answers=answers)


@pytest.mark.thorough
def test_section_says_who_was_asked_until_its_last_question_is_answered(
    cast: Cast, client: Client
) -> None:
    answer(cast, goal=["cost_latency"])
    assert "was asked on" not in page(cast, client, "section", "cost")
    today = timezone.localdate()
    said = f"was asked on {today.day} {today:%B %Y} to answer this section."
    ask(cast, section="cost")

    admin = Client()
    sign_in(admin, cast.ours.people[Role.ADMIN])
    answer(cast, latency="hard")
    for name, item in (("section", "cost"), ("question", "latency")):
        assert f"<bdi>Northgate admin</bdi> {said}" in page(cast, client, name, item)
        assert f"asked you {said[10:]}" in page(cast, admin, name, item)
    assert "was asked on" not in page(cast, client, "section", "data")
    assert len(of_kind(admin, "asked")) == 1

    rest = ("unit_economics", "latency_evidence", "volume", "smaller_model")
    answer(cast, **dict.fromkeys(rest, "unknown"))

    assert "was asked on" not in page(cast, client, "section", "cost")
    [row] = of_kind(client, "answered")
    named = "“Cost against value”, “Speed needed”, “Speed measured” and 2 more"
    assert f"Northgate admin answered {named} of what you asked" in row


@pytest.mark.thorough
def test_request_for_one_question_is_said_with_it(cast: Cast, client: Client) -> None:
    answer(cast, goal=["cost_latency"])
    ask(cast, section="cost", question="latency")

    assert "to answer “Speed needed”." in page(cast, client, "section", "cost")
    assert "to answer “Speed needed”." in page(cast, client, "question", "latency")
    assert "to answer “" not in page(cast, client, "question", "volume")


@pytest.mark.thorough
@pytest.mark.once
def test_section_offers_in_a_fold_to_ask_for_all_of_it(
    cast: Cast, client: Client
) -> None:
    answer(cast, goal=["cost_latency"])
    shown = page(cast, client, "section", "cost")

    fold = shown[shown.index("Ask a colleague</summary>") :].partition("</details>")[0]
    there = f"{reverse('ask', args=[cast.ours.draft.pk])}?section=cost"
    assert f'<a href="{there}">Send this whole section to a colleague</a>' in fold


@pytest.mark.thorough
@pytest.mark.once
def test_section_that_waits_for_nobody_asks_the_database_no_more(
    cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with scope(organization=cast.ours.organization):
        AnswerRequest.objects.update(closed_at=timezone.now())

    page(cast, client, "section", "cost")  # the inbox is counted

    # Session, person, membership, the audit with what the page counts.
    with django_assert_num_queries(4):
        page(cast, client, "section", "cost")
    ask(cast, section="data")
    page(cast, client, "section", "cost")
    with django_assert_num_queries(5):
        page(cast, client, "section", "cost")


@pytest.mark.thorough
def test_who_was_asked_reads_by_whom_and_is_done_after_the_last_answer(
    cast: Cast, client: Client
) -> None:
    answer(cast, goal=["cost_latency"])
    ask(cast, section="cost", question="latency", message="By Friday, please.")
    admin = Client()
    sign_in(admin, cast.ours.people[Role.ADMIN])
    shown = page(cast, admin, "question", "latency")
    assert f"<bdi>{cast.ours.contributor}</bdi> asked you on" in shown
    assert "By Friday, please." in shown
    assert "By Friday" not in page(cast, client, "question", "latency")
    assert "was asked on" in page(cast, client, "next_question", "latency")

    there = reverse("question", args=[cast.ours.draft.pk, "latency"])
    opened = hidden(admin, there)
    resend(admin, there, opened, htmx=True, latency="hard")  # saved as it is given
    done = resend(admin, there, opened, latency="hard")

    assert done["Location"] == reverse("inbox")
    told = html_of(admin.get(done["Location"]))
    assert f"Done. {cast.ours.contributor} was told." in told


def test_who_was_asked_for_a_section_is_led_into_no_other(
    cast: Cast, client: Client
) -> None:
    answer(cast, goal=["cost_latency"])
    ask(cast, section="cost")
    admin = Client()
    sign_in(admin, cast.ours.people[Role.ADMIN])
    there = reverse("section", args=[cast.ours.draft.pk, "cost"])

    part = send(admin, there, latency="relaxed")
    assert part["Location"] == reverse("inbox")
    told = html_of(admin.get(reverse("inbox")))
    said = (
        "Saved. 2 questions of this section are left: “Cost against value” and "
        f"“Calls a month”. Once they are answered, {cast.ours.contributor} is told."
    )
    assert said in told

    part = send(admin, there, latency="relaxed", volume="unknown")
    assert (
        "Saved. 1 question of this section is left: “Cost against value”. Once it is "
        f"answered, {cast.ours.contributor} is told."
    ) in html_of(admin.get(part["Location"]))

    rest = dict.fromkeys(("unit_economics", "volume"), "unknown")
    done = send(admin, there, latency="relaxed", **rest)

    assert done["Location"] == reverse("inbox")
    assert "Done. " in html_of(admin.get(reverse("inbox")))
    onwards = send(client, there, latency="relaxed")
    assert onwards["Location"] != reverse("inbox")
