"""What was said to be saved is current, in the history, or set aside and said."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Role, User
from audits.models.audits import values
from audits.services.reviews.audits import reopen_audit, submit_audit
from tests.casting import Cast
from tests.pages import html_in
from tests.wizard.page_forms import hidden, hidden_in, resend, send, sign_in


@dataclass(frozen=True)
class Kind:
    """A page, one of its fields, and two things to say there."""

    route: tuple[str, ...]
    field: str
    first: str
    second: str
    document: str
    item: str

    @property
    def one(self) -> dict[str, Any]:
        """What is sent to say the first."""
        return {self.field: self.first}

    @property
    def two(self) -> dict[str, Any]:
        """What is sent to say the second."""
        return {self.field: self.second}


KINDS = (
    Kind(("section", "purpose"), "state", "none", "planned", "answer", "state"),
    Kind(("question", "state"), "note__state", "First.", "Second.", "note", "state"),
    Kind(("next_question", "eval"), "eval", "solid_set", "none", "answer", "eval"),
    Kind(("numbers",), "requests", "1000", "2000", "number", "requests"),
)
every_page = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.route[0])


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def ben(cast: Cast) -> Client:
    return browser(cast.ours.people[Role.REVIEWER])


def url(cast: Cast, kind: Kind) -> str:
    name, *more = kind.route
    return reverse(name, args=[cast.ours.draft.pk, *more])


def audit(cast: Cast) -> Audit:
    with scope(organization=cast.ours.organization):
        return Audit.objects.get(pk=cast.ours.draft.pk)


def current(cast: Cast, kind: Kind) -> Any:
    return values(audit(cast).entries(kind.document)).get(kind.item)


def versions(cast: Cast, kind: Kind) -> list[tuple[Any, bool]]:
    """Return what was ever said, and whether it was set aside."""
    with scope(organization=cast.ours.organization):
        found = audit(cast).versions.filter(kind=kind.document, item=kind.item)
        return [(v.value, v.set_aside) for v in found.order_by("pk")]


def text(response: Any) -> str:
    content: bytes = response.content
    return html_in(content.decode())


def submit(cast: Cast) -> None:
    """Let a colleague submit the draft."""
    by = cast.ours.people[Role.REVIEWER]
    with scope(organization=cast.ours.organization):
        submit_audit(audit=cast.ours.draft, by=by)


@every_page
def test_page_sent_twice_without_javascript_counts_as_sent_last(
    cast: Cast, ana: Client, kind: Kind
) -> None:
    opened = hidden(ana, url(cast, kind))

    first = resend(ana, url(cast, kind), opened, **kind.one)
    second = resend(ana, url(cast, kind), opened, **kind.two)
    again = resend(ana, url(cast, kind), opened, **kind.two)

    assert [r.status_code for r in (first, second, again)] == [302, 302, 302]
    assert current(cast, kind) == kind.second
    assert versions(cast, kind) == [(kind.first, False), (kind.second, False)]


@every_page
def test_two_people_without_a_tab_are_two_writers(
    cast: Cast, ana: Client, ben: Client, kind: Kind
) -> None:
    shown = {} if kind.document == "number" else {"shown": [kind.item]}
    field = kind.field.replace("__", "-")

    ben.post(url(cast, kind), {**shown, field: kind.first})
    page = ana.post(url(cast, kind), {**shown, field: kind.second})

    assert page.status_code == 409
    assert "Two answers to one question" in text(page)
    assert current(cast, kind) == kind.first
    assert versions(cast, kind) == [(kind.first, False), (kind.second, True)]


def test_duplicated_page_takes_back_nothing_that_the_other_one_saved(
    cast: Cast, ana: Client
) -> None:
    page = url(cast, KINDS[0])
    opened = hidden(ana, page)
    resend(ana, page, opened, state="none")

    onwards = resend(ana, page, opened, eval="solid_set")

    assert values(audit(cast).answers) == {"state": "none", "eval": "solid_set"}
    assert (
        "You changed “Where training stands” from “No answer” to “Not started” in "
        "another window. It was not overwritten."
    ) in text(ana.get(onwards["Location"]))


@every_page
@pytest.mark.on_both
def test_restored_page_that_counts_from_the_start_is_told_what_became_of_it(
    cast: Cast, ana: Client, kind: Kind
) -> None:
    opened = hidden(ana, url(cast, kind))
    resend(ana, url(cast, kind), opened, htmx=True, seq="7", **kind.one)

    page = resend(ana, url(cast, kind), opened, htmx=True, seq="1", **kind.two)

    assert versions(cast, kind) == [(kind.first, False), (kind.second, True)]
    assert "You had already sent a newer answer, which counts" in text(page)


@every_page
def test_page_that_is_shown_again_with_an_error_knows_no_newer_answer(
    cast: Cast, ana: Client, ben: Client, kind: Kind
) -> None:
    page = url(cast, kind)
    opened = hidden(ana, page)
    send(ben, page, **kind.one)

    wrong: dict[str, Any] = {
        "numbers": {"prefix_tokens": "x"},
        "question": {"state": "x"},
        "next_question": {"level__eval": "x"},
    }.get(kind.route[0], {"hosting": "x", "task_shape": "x"})
    refused = resend(ana, page, opened, **kind.two, **wrong)
    again = resend(ana, page, hidden_in(text(refused)), **kind.two)

    assert (refused.status_code, again.status_code) == (422, 409)
    assert current(cast, kind) == kind.first
    assert (kind.second, True) in versions(cast, kind)


def test_answers_that_waited_for_a_sign_in_know_no_newer_one(
    cast: Cast, ana: Client, ben: Client
) -> None:
    page = url(cast, KINDS[0])
    out = Client()
    asked = out.post(page, {**hidden(ana, page), "state": "none"})
    send(ben, page, state="planned")
    sign_in(out, asked, cast.ours.contributor.email)

    shown = out.get(page)
    again = resend(out, page, hidden_in(text(shown)), state="none")

    assert again.status_code == 409
    assert versions(cast, KINDS[0]) == [("planned", False), ("none", True)]


@pytest.mark.parametrize(
    ("kind", "htmx"),
    [
        *((kind, False) for kind in KINDS),
        pytest.param(KINDS[0], True, marks=pytest.mark.once),
        *(
            pytest.param(kind, True, marks=[pytest.mark.once, pytest.mark.thorough])
            for kind in KINDS[1:]
        ),
    ],
    ids=lambda value: value.route[0] if isinstance(value, Kind) else str(value),
)
def test_what_arrives_after_the_submission_is_kept_and_said(
    cast: Cast, ana: Client, ben: Client, kind: Kind, htmx: bool
) -> None:
    send(ben, url(cast, KINDS[0]), goal=["knowledge"])
    opened = hidden(ana, url(cast, kind))
    submit(cast)

    sent: dict[str, Any] = {"goal": ["knowledge"]} | kind.one
    for _ in range(2):
        resend(ana, url(cast, kind), opened, htmx=htmx, **sent)
    told = text(ana.get(reverse("result", args=[cast.ours.draft.pk])))
    listed = text(ana.get(reverse("conflicts", args=[cast.ours.draft.pk])))

    assert versions(cast, kind) == [(kind.first, True)]
    assert "1 of your answers was set aside and does not count" in told
    assert "The audit was submitted before you could choose" in listed
    assert "Keep yours" not in listed


def test_what_arrived_after_the_submission_is_chosen_once_it_is_open_again(
    cast: Cast, ana: Client, ben: Client
) -> None:
    page = url(cast, KINDS[0])
    send(ben, page, goal=["knowledge"])
    opened = hidden(ana, page)
    submit(cast)
    resend(ana, page, opened, goal=["knowledge"], state="none")
    with scope(organization=cast.ours.organization):
        reopen_audit(audit=cast.ours.draft, by=cast.ours.contributor)

    listed = text(ana.get(reverse("conflicts", args=[cast.ours.draft.pk])))
    settle = reverse("settle", args=[waiting(cast)])
    ana.post(settle, {**hidden_in(listed), "keep": "mine"})

    assert values(audit(cast).answers)["state"] == "none"


def test_every_page_says_that_an_answer_waits_for_a_choice(
    cast: Cast, ana: Client, ben: Client
) -> None:
    purpose = url(cast, KINDS[0])
    opened = hidden(ana, purpose)
    send(ben, purpose, state="planned")
    resend(ana, purpose, opened, state="none")

    routes = ("tasks", "section", "numbers", "check", "question")
    for route in routes:
        more = {"section": ["strengthen"], "question": ["goal"]}.get(route, [])
        shown = text(ana.get(reverse(route, args=[cast.ours.draft.pk, *more])))
        other = text(ben.get(reverse(route, args=[cast.ours.draft.pk, *more])))

        said = "1 of your answers was set aside and does not count"
        assert said in shown, route
        assert "set aside" not in other, route


def waiting(cast: Cast) -> UUID:
    with scope(organization=cast.ours.organization):
        return audit(cast).versions.get(set_aside=True, settled=False).public_id


NOTE = KINDS[1]


@pytest.fixture
def chooses(cast: Cast, ana: Client, ben: Client) -> dict[str, list[str]]:
    """The page on which Ana chooses between her note and Ben's."""
    page = url(cast, NOTE)
    opened = hidden(ana, page)
    send(ben, page, note__state="Ben's.")
    return hidden_in(text(resend(ana, page, opened, note__state="Ana's.")))


@pytest.mark.parametrize("keep", ["mine", "both", "theirs"])
def test_choice_overwrites_nothing_that_its_author_has_not_seen(
    cast: Cast, ana: Client, ben: Client, chooses: dict[str, list[str]], keep: str
) -> None:
    send(ben, url(cast, NOTE), note__state="Ben's second.")

    sent = {**chooses, "keep": keep, "text": "Ben's. Ana's."}
    page = ana.post(reverse("settle", args=[waiting(cast)]), sent)

    assert page.status_code == 409
    assert "The other answer has changed again since you chose" in text(page)
    assert current(cast, NOTE) == "Ben's second."
    assert "Ben&#x27;s second." in text(page)
    assert ("Ben's. Ana's." if keep == "both" else "Ana's.", True) in versions(
        cast, NOTE
    )
    assert "Keep yours" in text(page)


def test_text_put_together_and_sent_twice_counts_as_sent_last(
    cast: Cast, ana: Client, chooses: dict[str, list[str]]
) -> None:
    settle = reverse("settle", args=[waiting(cast)])

    ana.post(settle, {**chooses, "keep": "both", "text": "Both."})
    ana.post(settle, {**chooses, "keep": "both", "text": "Both, and more."})

    assert current(cast, NOTE) == "Both, and more."
    assert ("Both.", False) in versions(cast, NOTE)


@pytest.mark.on_both
def test_text_put_together_for_a_submitted_audit_is_kept(
    cast: Cast, ana: Client, ben: Client, chooses: dict[str, list[str]]
) -> None:
    send(ben, url(cast, KINDS[0]), goal=["knowledge"])
    settle = reverse("settle", args=[waiting(cast)])
    with scope(organization=cast.ours.organization):
        # As where it was submitted before conflicts had to be settled.
        Audit.objects.filter(pk=cast.ours.draft.pk).update(state="in_review")

    ana.post(settle, {**chooses, "keep": "both", "text": "Both."})

    assert ("Both.", True) in versions(cast, NOTE)
    listed = text(ana.get(reverse("conflicts", args=[cast.ours.draft.pk])))
    assert "Both." in listed


@every_page
def test_coming_back_later_keeps_what_was_answered(
    cast: Cast, ana: Client, kind: Kind
) -> None:
    page = url(cast, kind)

    answer = send(ana, page, **kind.one, later="1")

    assert answer["Location"] == reverse("tasks", args=[cast.ours.draft.pk])
    assert versions(cast, kind) == [(kind.first, False)]
