"""What was sent while nobody was signed in waits until it is sent, whatever happens."""

from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Comment, Role, UseCase, Version
from audits.models.audits import values
from audits.services.people.people import choose_layout
from audits.services.reviews.audits import submit_audit
from tests.casting import PASSWORD, Cast
from tests.pages import html_of
from tests.wizard.page_forms import fields_of, hidden, hidden_in, send, sign_in

alone = partial(pytest.param, marks=pytest.mark.once)
OURS = {"Origin": "http://testserver"}
HELD = "You were signed out before these answers were saved"


class Browser:
    """Somebody's browser whose session ends while a page is open in it."""

    def __init__(self, cast: Cast) -> None:
        self.person = cast.ours.contributor
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(self.person)

    def lose_session(self) -> None:
        self.client.session.flush()

    def open(self, url: str) -> dict[str, Any]:
        return hidden_in(html_of(self.client.get(url)))

    def post(self, url: str, fields: dict[str, Any], **headers: str) -> Any:
        return self.client.post(url, fields, headers=OURS | headers)

    def sent_when_signed_out(self, url: str, opened: Any, **fields: Any) -> Any:
        """Send a page once the session is over; the answer is a page to sign in on."""
        self.lose_session()
        named = {name.replace("__", "-"): value for name, value in fields.items()}
        asked = self.post(url, opened | named)
        assert asked.status_code == 401
        return asked

    def sign_in_elsewhere(self) -> None:
        """Sign in in another tab, which renews the token of every form."""
        url = reverse("account_login")
        form = fields_of(self.client.get(url))
        self.post(url, form | {"login": self.person.email, "password": PASSWORD})

    def sign_in_on(self, page: Any) -> Any:
        form = fields_of(page) | {"login": self.person.email, "password": PASSWORD}
        return self.post(reverse("account_login"), form)


@pytest.fixture
def away(cast: Cast) -> Browser:
    return Browser(cast)


def stored(cast: Cast) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.draft.pk)
    return values(audit.answers), values(audit.notes), values(audit.numbers)


def url(cast: Cast, name: str, *more: str) -> str:
    return reverse(name, args=[cast.ours.draft.pk, *more])


def test_page_is_sent_by_who_has_signed_in_in_another_tab_meanwhile(
    cast: Cast, away: Browser
) -> None:
    page = url(cast, "question", "goal")
    words = {"goal": ["style"], "note__goal": "Why.", "comment__text": "Who counted?"}
    asked = away.sent_when_signed_out(page, away.open(page), **words)
    away.sign_in_elsewhere()

    refused = away.sign_in_on(asked)
    away.post(page, hidden_in(html_of(refused)))

    assert refused.status_code == 403
    assert f'action="{page}"' in html_of(refused)
    assert stored(cast)[:2] == ({"goal": ["style"]}, {"goal": "Why."})
    with scope(organization=cast.ours.organization):
        assert Comment.objects.filter(text="Who counted?").count() == 1


@pytest.mark.parametrize("route", ["register", "add_comment"])
def test_any_form_is_sent_by_who_has_signed_in_in_another_tab_meanwhile(
    cast: Cast, away: Browser, route: str
) -> None:
    home = away.open(reverse("register"))
    page, form = reverse("register"), {"name": "Held", "team": "", "stage": "planned"}
    form |= {"new_team": "New", "summary": "What it does."}
    if route == "add_comment":
        page, form = url(cast, "add_comment", "goal"), {"text": "Held"}
    asked = away.sent_when_signed_out(page, home, **form)
    away.sign_in_elsewhere()

    away.post(page, hidden_in(html_of(away.sign_in_on(asked))))

    with scope(organization=cast.ours.organization):
        comments = Comment.objects.filter(text="Held").count()
        assert comments + UseCase.objects.filter(name="Held").count() == 1


def test_sign_in_with_a_token_that_still_holds_brings_back_what_it_carries(
    cast: Cast, away: Browser
) -> None:
    page = url(cast, "section", "purpose")
    asked = away.sent_when_signed_out(page, away.open(page), state="none")
    away.sign_in_elsewhere()
    token = away.client.cookies["__Host-csrf"].value

    form = fields_of(asked) | {"csrfmiddlewaretoken": token}
    onwards = away.post(reverse("account_login"), form)

    assert onwards["Location"] == page
    assert HELD in html_of(away.client.get(page))


def test_colleague_who_is_signed_in_by_now_is_shown_whose_words_they_are(
    cast: Cast, away: Browser
) -> None:
    page = url(cast, "section", "purpose")
    asked = away.sent_when_signed_out(page, away.open(page), state="none")
    colleague = cast.ours.people[Role.REVIEWER]
    away.client.force_login(colleague)

    onwards = away.post(reverse("account_login"), fields_of(asked))
    refused = away.client.get(onwards["Location"])

    assert refused.status_code == 409
    assert f"You are signed in as {colleague}" in html_of(refused)
    assert stored(cast)[0] == {}


def test_old_token_of_a_sign_in_is_renewed_with_what_it_carries(
    cast: Cast, away: Browser
) -> None:
    page = url(cast, "section", "purpose")
    asked = away.sent_when_signed_out(page, away.open(page), state="none")
    away.sign_in_elsewhere()
    away.lose_session()

    again = away.sign_in_on(asked)
    onwards = away.sign_in_on(again)

    assert again.status_code == 401
    assert onwards["Location"] == page
    assert HELD in html_of(away.client.get(page))


def test_old_token_from_another_site_shows_nothing_that_it_carries(
    cast: Cast, away: Browser
) -> None:
    form = {"next": url(cast, "section", "purpose"), "held": "state=none"}

    answer = away.client.post(
        reverse("account_login"), form, headers={"Origin": "https://evil.example"}
    )

    assert answer.status_code == 403
    assert "state" not in html_of(answer)


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("route", "fields", "kind"),
    [
        (("section", "purpose"), {"state": "none"}, "answer"),
        alone(("question", "state"), {"note__state": "Why."}, "note"),
        alone(("next_question", "task_shape"), {"task_shape": "broad"}, "answer"),
        alone(("numbers",), {"requests": "5000"}, "number"),
    ],
)
def test_what_is_held_while_somebody_submits_is_set_aside_and_said(
    cast: Cast,
    away: Browser,
    ben: Client,
    *,
    route: tuple[str, ...],
    fields: dict[str, str],
    kind: str,
) -> None:
    page = url(cast, *route)
    send(ben, url(cast, "section", "purpose"), goal=["style"])
    asked = away.sent_when_signed_out(page, away.open(page), **fields)
    with scope(organization=cast.ours.organization):
        submit_audit(audit=cast.ours.draft, by=cast.ours.people[Role.REVIEWER])

    onwards = away.sign_in_on(asked)
    offer = away.client.get(onwards["Location"], follow=True)
    told = away.client.get(away.post(page, hidden_in(html_of(offer)))["Location"])

    assert "You are signed in. Now send what you entered." in html_of(offer)
    assert "set aside and" in html_of(told)
    with scope(organization=cast.ours.organization):
        aside = Version.objects.filter(audit=cast.ours.draft, set_aside=True)
        assert [v.kind for v in aside if v.value in fields.values()] == [kind]


@pytest.mark.once
def test_section_that_is_asked_question_by_question_by_now_shows_what_is_held(
    cast: Cast, away: Browser
) -> None:
    page = url(cast, "section", "purpose")
    asked = away.sent_when_signed_out(page, away.open(page), state="none")
    choose_layout(user=away.person, one_question_a_page=True)

    onwards = away.sign_in_on(asked)
    offer = away.client.get(onwards["Location"], follow=True)
    away.post(page, hidden_in(html_of(offer)))

    assert stored(cast)[0] == {"state": "none"}
    assert away.client.get(reverse("send_held"))["Location"] == reverse("home")


def test_role_that_may_only_read_by_now_still_sees_what_is_held(
    cast: Cast, away: Browser
) -> None:
    page = url(cast, "question", "state")
    asked = away.sent_when_signed_out(page, away.open(page), note__state="Why.")
    with scope(organization=cast.ours.organization):
        away.person.memberships.update(role=Role.VIEWER)

    offer = away.client.get(away.sign_in_on(asked)["Location"], follow=True)

    assert "Why." in html_of(offer)


def test_two_tabs_that_were_sent_when_signed_out_both_wait(
    cast: Cast, away: Browser
) -> None:
    section = url(cast, "section", "purpose")
    comment = url(cast, "add_comment", "goal")
    opened = away.open(section)
    first = away.sent_when_signed_out(comment, opened, text="Who counted?")
    second = away.sent_when_signed_out(section, opened, state="none")
    away.sign_in_on(first)
    onwards = away.sign_in_on(second)

    direct = html_of(onwards)
    assert onwards.status_code == 403  # the first sign-in renewed the token
    away.post(section, hidden_in(direct))
    offer = html_of(away.client.get(reverse("send_held")))
    away.post(comment, hidden_in(offer))

    assert stored(cast)[0] == {"state": "none"}
    with scope(organization=cast.ours.organization):
        assert Comment.objects.filter(text="Who counted?").count() == 1


@pytest.fixture
def shown(cast: Cast, away: Browser) -> str:
    """The address of a page that shows what was held for it."""
    page = url(cast, "question", "state")
    words = {"state": "none", "comment__text": "Who counted?"}
    asked = away.sent_when_signed_out(page, away.open(page), **words)
    assert away.sign_in_on(asked)["Location"] == page
    return page


@pytest.mark.once
def test_page_that_refuses_a_part_of_what_was_held_still_holds_it(
    cast: Cast, away: Browser, shown: str
) -> None:
    form = away.open(shown) | {"state": "none", "comment-text": "x" * 3000}

    refused = away.post(shown, form)
    reloaded = html_of(away.client.get(shown))
    again = hidden_in(html_of(refused)) | {"state": "none", "comment-text": "Ok."}
    away.post(shown, again)

    assert refused.status_code == 422
    assert "Who counted?" in reloaded
    assert HELD not in html_of(away.client.get(shown))


@pytest.mark.parametrize(
    "route", [("next_question", "state"), ("question", "state"), ("numbers",)]
)
def test_page_saves_what_is_held_only_once_its_person_presses_a_button(
    cast: Cast, away: Browser, route: tuple[str, ...]
) -> None:
    page = url(cast, *route)
    before = html_of(away.client.get(page))
    fields = {"requests": "5000"} if route == ("numbers",) else {"state": "none"}
    away.sign_in_on(away.sent_when_signed_out(page, away.open(page), **fields))

    told = html_of(away.client.get(page))
    away.post(page, hidden_in(told) | fields)
    after = html_of(away.client.get(page))

    assert HELD in told
    # Without this mark no script sends the form.
    assert [" data-autosave" in each for each in (before, told, after)] == [
        True,
        False,
        True,
    ]
    assert f'hx-post="{page}"' not in told
    assert fields in stored(cast)


def test_what_is_held_can_be_discarded(cast: Cast, away: Browser, shown: str) -> None:
    page = html_of(away.client.get(shown))
    [link] = [part for part in page.split('"') if "sign-in/send/?form=" in part]
    form = hidden_in(html_of(away.client.get(link)))

    onwards = away.post(reverse("send_held"), form)

    assert onwards["Location"] == reverse("home")
    assert HELD not in html_of(away.client.get(shown))
    assert stored(cast)[0] == {}


@pytest.mark.once
def test_held_numbers_say_that_they_are_not_saved(cast: Cast, away: Browser) -> None:
    page = url(cast, "numbers")
    asked = away.sent_when_signed_out(page, away.open(page), requests="5000")

    away.sign_in_on(asked)
    told = html_of(away.client.get(page))

    assert HELD in told
    assert 'value="5000"' in told


@pytest.mark.once
def test_other_pages_of_the_same_person_say_nothing_of_what_is_held(
    cast: Cast, away: Browser, shown: str
) -> None:
    assert HELD not in html_of(away.client.get(url(cast, "question", "goal")))
    assert shown != url(cast, "question", "goal")


@pytest.mark.once
def test_sign_in_by_hand_brings_nothing(cast: Cast, away: Browser) -> None:
    page = url(cast, "section", "purpose")
    out = Client()

    sign_in(out, out.get(reverse("account_login")), away.person.email)

    assert HELD not in html_of(out.get(page))
    assert hidden(out, page)


def test_session_holds_as_much_together_as_one_form_may_be(cast: Cast) -> None:
    client, person = Client(), cast.ours.contributor
    client.force_login(person)
    page, long = reverse("register"), "x" * 65_000

    for number in range(12):
        client.post(
            reverse("account_login"), {"held": f"name={number}{long}", "next": page}
        )

    held = client.session["held_forms"]
    assert len(held) == 2
    assert held[-1]["body"].startswith("name=11x")
    assert sum(len(one["body"]) for one in held) <= 160 * 1024


@pytest.mark.once
def test_form_of_an_endless_address_is_not_held(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ours.contributor)
    page = f"{reverse('register')}?q={'x' * 100_000}"

    client.post(reverse("account_login"), {"held": "name=a", "next": page})

    assert "held_forms" not in client.session
