"""An answer that somebody else changed is told, by name and with both values."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Role, User
from audits.models.audits import values
from audits.wizard.changes import changes_of_mine
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import sign_in
from tests.wizard.page_forms import hidden, hidden_in, resend, send

STATE = "changed “Where training stands” from “Not started” to “Training planned”"


def browser(user: User) -> Client:
    client = Client()
    sign_in(client, user)
    return client


@pytest.fixture
def ben(cast: Cast) -> Client:
    return browser(cast.ours.people[Role.REVIEWER])


def url(cast: Cast, name: str, *more: str) -> str:
    return reverse(name, args=[cast.ours.draft.pk, *more])


def audit(cast: Cast) -> Audit:
    with scope(organization=cast.ours.organization):
        return Audit.objects.get(pk=cast.ours.draft.pk)


def saved_in_place(
    client: Client, page: str, opened: dict[str, Any], **more: Any
) -> str:
    """Let an open page save, as its script does, and learn the versions it gets."""
    response = html_of(resend(client, page, opened, htmx=True, **more))
    news = hidden_in(response)
    opened.update({name: v for name, v in news.items() if name.startswith("v-")})
    return response


@dataclass(frozen=True)
class Told:
    """Where one field is changed from what to what, and what is said of it."""

    where: tuple[str, ...]
    field: str
    first: str
    second: str
    said: str


LABEL = "Where training stands"
TOLD = (
    Told(("section", "purpose"), "state", "none", "planned", STATE),
    Told(
        ("question", "state"),
        "level__state",
        "asserted",
        "measured",
        f"changed “{LABEL}: how you know” from “Asserted” to “Measured”",
    ),
    Told(
        ("question", "state"),
        "note__state",
        "First.",
        "Second.",
        f"changed “{LABEL}: note” from “First.” to “Second.”",
    ),
    Told(
        ("question", "state"),
        "note__state",
        "First." * 20,
        "Second.",
        f"changed “{LABEL}: note”.",
    ),
    Told(
        ("numbers",),
        "cache_hit",
        "90",
        "12.5",
        "changed “Share of repeated text billed at the lower cache price” "
        "from “90%” to “12.5%”",
    ),
)


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told.said[:40])
def test_open_page_names_who_changed_what_and_shows_it(
    cast: Cast, ana: Client, ben: Client, told: Told
) -> None:
    page = url(cast, *told.where)
    opened = hidden(ana, page)
    saved_in_place(ana, page, opened, seq="1", **{told.field: told.first})
    of_ben: dict[str, Any] = {told.field: told.second}
    send(ben, page, **of_ben)

    answer = saved_in_place(ana, page, opened, seq="2", **{told.field: told.first})
    later = saved_in_place(ana, page, opened, seq="3", **{told.field: told.second})

    notice = answer[answer.index('id="notice-changes" hx-swap-oob="beforeend"') :]
    assert f"Northgate reviewer {told.said}" in notice
    assert "Your page now shows it." in notice
    assert "notice-changes" not in later


@pytest.mark.once
def test_notice_has_its_place_in_the_region_that_is_read_aloud(
    cast: Cast, ana: Client
) -> None:
    page = html_of(ana.get(url(cast, "section", "purpose")))

    assert (
        '<div id="wizard-notice" role="status"><div id="notice-changes"></div>' in page
    )


@pytest.mark.on_both
def test_other_window_of_the_same_person_is_told_as_such(
    cast: Cast, ana: Client
) -> None:
    page = url(cast, "section", "purpose")
    opened = hidden(ana, page)
    saved_in_place(ana, page, opened, state="none", seq="1")
    send(ana, page, state="planned")

    told = saved_in_place(ana, page, opened, state="none", seq="2")

    assert f"You {STATE} in another window. Your page now shows it." in told


@pytest.mark.once
def test_page_without_javascript_tells_it_on_the_next_page(
    cast: Cast, ana: Client, ben: Client
) -> None:
    page = url(cast, "section", "purpose")
    send(ana, page, state="none")
    opened = hidden(ana, page)
    send(ben, page, state="planned")

    onwards = resend(ana, page, opened, state="none", eval="solid_set")

    shown = html_of(ana.get(onwards["Location"]))
    assert f"Northgate reviewer {STATE}. It was not overwritten." in shown


def settle(cast: Cast, client: Client, keep: str) -> None:
    listed = hidden_in(html_of(client.get(url(cast, "conflicts"))))
    with scope(organization=cast.ours.organization):
        waiting: UUID = audit(cast).versions.get(set_aside=True).public_id
    client.post(reverse("settle", args=[waiting]), {**listed, "keep": keep})


def test_answer_that_a_colleagues_choice_replaced_is_told(
    cast: Cast, ana: Client, ben: Client
) -> None:
    page = url(cast, "section", "purpose")
    of_ana, of_ben = hidden(ana, page), hidden(ben, page)
    saved_in_place(ana, page, of_ana, state="none", seq="1")
    resend(ben, page, of_ben, state="planned")
    settle(cast, ben, "mine")

    told = saved_in_place(ana, page, of_ana, state="none", eval="solid_set", seq="2")

    assert f"Northgate reviewer {STATE}. Your page now shows it." in told
    assert values(audit(cast).answers) == {"state": "planned", "eval": "solid_set"}


@pytest.mark.parametrize("page", ["section", "numbers"])
def test_answer_that_waits_for_a_choice_overwrites_nothing_with_the_next_one(
    cast: Cast, ana: Client, ben: Client, page: str
) -> None:
    numbers = page == "numbers"
    there = url(cast, page, *([] if numbers else ["purpose"]))
    field, mine, theirs = (
        ("requests", "1000", "2000") if numbers else ("state", "none", "planned")
    )
    other = {"output_tokens": "300"} if numbers else {"eval": "solid_set"}
    opened = hidden(ana, there)
    of_ben: dict[str, Any] = {field: theirs}
    send(ben, there, **of_ben)
    saved_in_place(ana, there, opened, seq="1", **{field: mine})

    told = saved_in_place(ana, there, opened, seq="2", **{field: mine}, **other)

    kind = "number" if numbers else "answer"
    assert values(audit(cast).entries(kind)) == {field: theirs, **other}
    assert "1 answer differs from <bdi>" in told
    assert ">choose</a>" in told


def test_of_a_note_that_waits_only_the_newest_text_is_to_be_chosen(
    cast: Cast, ana: Client, ben: Client
) -> None:
    page = url(cast, "question", "state")
    opened = hidden(ana, page)
    send(ben, page, note__state="Of Ben.")
    for seq, typed in enumerate(["Of", "Of A", "Of Ana."], 1):
        saved_in_place(ana, page, opened, seq=str(seq), note__state=typed)

    listed = html_of(ana.get(url(cast, "conflicts")))

    assert values(audit(cast).notes) == {"state": "Of Ben."}
    assert listed.count("Your answer at ") == 1
    assert "<bdi>Of Ana.</bdi>" in listed
    with scope(organization=cast.ours.organization):
        kept = audit(cast).versions.filter(set_aside=True).order_by("pk")
        assert [v.value for v in kept] == ["Of", "Of A", "Of Ana."]


def test_second_window_settles_nothing_that_the_first_one_waits_for(
    cast: Cast, ana: Client, ben: Client
) -> None:
    page = url(cast, "question", "state")
    first, second = hidden(ana, page), hidden(ana, page)
    send(ben, page, note__state="Of Ben.")
    saved_in_place(ana, page, first, seq="1", note__state="Of the first window.")
    saved_in_place(ana, page, second, seq="1", note__state="Of the second.")
    saved_in_place(ana, page, second, seq="2", note__state="Of the second window.")

    listed = html_of(ana.get(url(cast, "conflicts")))

    assert listed.count("Your answer at ") == 2
    assert "<bdi>Of the first window.</bdi>" in listed
    assert "<bdi>Of the second window.</bdi>" in listed


def test_same_text_of_two_windows_waits_for_each_of_them(
    cast: Cast, ana: Client, ben: Client
) -> None:
    page = url(cast, "question", "state")
    first, second = hidden(ana, page), hidden(ana, page)
    send(ben, page, note__state="Of Ben.")
    saved_in_place(ana, page, first, seq="1", note__state="Of both.")
    saved_in_place(ana, page, second, seq="1", note__state="Of both.")
    saved_in_place(ana, page, first, seq="2", note__state="Of the first alone.")

    listed = html_of(ana.get(url(cast, "conflicts")))

    assert listed.count("Your answer at ") == 2
    assert "<bdi>Of both.</bdi>" in listed
    assert "<bdi>Of the first alone.</bdi>" in listed


@pytest.mark.on_both
def test_check_lists_what_others_changed_of_mine(
    cast: Cast, ana: Client, ben: Client
) -> None:
    purpose, numbers = url(cast, "section", "purpose"), url(cast, "numbers")
    send(ana, purpose, state="none", eval="solid_set", goal=["style"])
    send(ana, numbers, requests="1000")
    send(ben, purpose, state="planned", goal=["style"], eval="none")
    send(ben, purpose, state="planned", goal=["style"], eval="solid_set")
    send(
        ben, purpose, state="planned", goal=["style"], eval="solid_set", tried=["demo"]
    )
    send(ben, numbers, requests="2000")

    mine = html_of(ana.get(url(cast, "check")))
    theirs = html_of(ben.get(url(cast, "check")))

    assert "2 of your answers were changed by others" in mine
    assert f'href="{url(cast, "question", "state")}">Where training stands</a>' in mine
    assert (
        "<bdi>Northgate reviewer</bdi> changed it from “<bdi>Not started</bdi>” to "
        "“<bdi>Training planned</bdi>”." in mine
    )
    assert f'href="{numbers}#row-requests"' in mine
    assert "changed by others" not in theirs


def test_check_says_nothing_once_i_answered_again(
    cast: Cast, ana: Client, ben: Client
) -> None:
    purpose = url(cast, "section", "purpose")
    send(ana, purpose, state="none")
    send(ben, purpose, state="planned")
    before = html_of(ana.get(url(cast, "check")))
    send(ana, purpose, state="in_cycle")

    assert "1 of your answers was changed by others" in before
    assert "changed by others" not in html_of(ana.get(url(cast, "check")))


@pytest.mark.once
def test_changes_of_mine_are_one_query(cast: Cast, ana: Client, ben: Client) -> None:
    purpose = url(cast, "section", "purpose")
    send(ana, purpose, state="none", eval="solid_set", goal=["style"])
    send(ben, purpose, state="planned", eval="none", goal=["format"])
    draft = audit(cast)

    with (
        scope(organization=cast.ours.organization),
        CaptureQueriesContext(connection) as queries,
    ):
        found = changes_of_mine(draft, cast.ours.contributor)
        labels = [f"{change}" for change in found]

    assert (len(labels), len(queries)) == (3, 1)
