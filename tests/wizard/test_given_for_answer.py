"""A level and a file belong to the person and the answer that they were given for."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Event, Evidence, Version
from audits.models.audits import values
from audits.services.answers.evidence import add_link
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.page_forms import hidden, resend, send

ITEM = "task_shape"
LEVEL = f"level__{ITEM}"


@pytest.fixture
def shown(cast: Cast, ana: Client, purpose: str) -> None:
    """Ana's answer, with her level and her link."""
    send(ana, purpose, **{ITEM: "narrow_stable", LEVEL: "measured"})
    with scope(organization=cast.ours.organization):
        add_link(
            audit=cast.ours.draft,
            by=cast.ours.contributor,
            question=ITEM,
            link="https://wiki.example/run",
            name="Test run",
        )


def pair(cast: Cast) -> tuple[Any, Any]:
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.draft.pk)
    return values(audit.answers).get(ITEM), values(audit.levels).get(ITEM)


def page_of(client: Client, name: str, cast: Cast, *more: str) -> str:
    return html_of(client.get(reverse(name, args=[cast.ours.draft.pk, *more])))


@pytest.mark.thorough
@pytest.mark.usefixtures("shown")
def test_level_of_a_colleague_falls_with_the_answer_that_it_was_given_for(
    cast: Cast, ben: Client, purpose: str
) -> None:
    told = send(ben, purpose, **{ITEM: "broad", LEVEL: "measured"})

    assert pair(cast) == ("broad", None)
    after = html_of(ben.get(told["Location"]))
    assert "is open again, because it was given for another answer" in after
    with scope(organization=cast.ours.organization):
        levels = Version.objects.filter(audit=cast.ours.draft, kind="level")
        assert [v.value for v in levels.order_by("number")] == ["measured", None]


@pytest.mark.usefixtures("shown")
def test_page_of_the_new_answer_shows_no_level_and_saves_none_again(
    cast: Cast, ben: Client, purpose: str
) -> None:
    opened = hidden(ben, purpose)
    sent = {ITEM: "broad", LEVEL: "measured"}

    answer = html_of(resend(ben, purpose, opened, htmx=True, **sent))

    assert f'id="level-{ITEM}" hx-swap-oob="true"' in " ".join(answer.split())
    part = answer[answer.index(f'id="level-{ITEM}"') :].split("</fieldset>")[0]
    assert "checked" not in part
    assert "Say how you know this one" in answer
    assert pair(cast) == ("broad", None)
    assert f'name="v-{ITEM}"' in answer


@pytest.mark.usefixtures("shown")
def test_level_that_is_chosen_for_the_new_answer_counts(
    cast: Cast, ben: Client, purpose: str
) -> None:
    send(ben, purpose, **{ITEM: "broad", LEVEL: "documented"})

    assert pair(cast) == ("broad", "documented")


@pytest.mark.usefixtures("shown")
def test_same_answer_of_a_colleague_keeps_the_level(
    cast: Cast, ben: Client, purpose: str
) -> None:
    send(ben, purpose, **{ITEM: "narrow_stable", LEVEL: "measured"})

    assert pair(cast) == ("narrow_stable", "measured")


@pytest.mark.on_both
@pytest.mark.usefixtures("shown")
def test_link_given_for_the_earlier_answer_is_taken_with_one_click(
    cast: Cast, ben: Client, purpose: str
) -> None:
    earlier = "Given for the earlier answer."
    assert earlier not in page_of(ben, "question", cast, ITEM)
    send(ben, purpose, **{ITEM: "broad", LEVEL: "measured"})

    page, check = page_of(ben, "question", cast, ITEM), page_of(ben, "check", cast)

    assert earlier in page
    assert "<bdi>Test run</bdi>" in check
    assert "added it for the earlier answer" in check
    assert "gave “Measured” for the earlier answer" in check
    with scope(organization=cast.ours.organization):
        link = Evidence.objects.get(audit=cast.ours.draft, name="Test run")
    ben.post(reverse("take_evidence", args=[link.pk]))
    assert earlier not in page_of(ben, "question", cast, ITEM)
    assert "added it for the earlier answer" not in page_of(ben, "check", cast)
    with scope(organization=cast.ours.organization):
        link.refresh_from_db()
        assert link.given_for == "broad"
        assert Event.objects.filter(verb="evidence.taken_for_answer").count() == 1


@pytest.mark.thorough
@pytest.mark.usefixtures("shown")
def test_link_belongs_to_the_answer_again_once_that_is_given_again(
    cast: Cast, ben: Client, purpose: str
) -> None:
    send(ben, purpose, **{ITEM: "broad", LEVEL: "measured"})
    send(ben, purpose, **{ITEM: "narrow_stable"})

    assert "Given for the earlier answer." not in page_of(ben, "question", cast, ITEM)


def test_link_added_before_there_was_an_answer_is_for_any(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    with scope(organization=cast.ours.organization):
        add_link(
            audit=cast.ours.draft,
            by=cast.ours.contributor,
            question=ITEM,
            link="https://wiki.example/run",
            name="Test run",
        )
    send(ben, purpose, **{ITEM: "broad"})

    assert "Given for the earlier answer." not in page_of(ana, "question", cast, ITEM)


@pytest.mark.usefixtures("shown")
def test_own_level_that_fell_is_not_called_that_of_a_colleague(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    sent = {ITEM: "broad", LEVEL: "measured"}
    own = html_of(resend(ana, purpose, hidden(ana, purpose), htmx=True, **sent))

    assert "You said how you knew the earlier answer. Say how you know this" in own
    assert "A colleague said" not in own
    assert "You gave “Measured” for the earlier answer" in page_of(ana, "check", cast)
    sent = {ITEM: "narrow_stable", LEVEL: "documented"}
    send(ana, purpose, **sent)
    theirs = {ITEM: "broad", LEVEL: "documented"}
    others = html_of(resend(ben, purpose, hidden(ben, purpose), htmx=True, **theirs))
    assert "A colleague said how the earlier answer is known." in others


@pytest.mark.thorough
@pytest.mark.usefixtures("shown")
def test_own_link_shows_no_later_answer_until_it_is_taken_for_that(
    cast: Cast, ana: Client, purpose: str
) -> None:
    def counts_as() -> list[str]:
        audit = Audit.objects.get(pk=cast.ours.draft.pk)
        return [audit.inputs.levels[ITEM], values(audit.levels)[ITEM]]

    with scope(organization=cast.ours.organization):
        assert counts_as() == ["measured", "measured"]
        send(ana, purpose, **{ITEM: "broad", LEVEL: "documented"})
        send(ana, purpose, **{ITEM: "broad", LEVEL: "measured"})
        assert counts_as() == ["asserted", "measured"]
        assert "Given for the earlier answer." in page_of(ana, "question", cast, ITEM)

        link = Evidence.objects.get(audit=cast.ours.draft, name="Test run")
        ana.post(reverse("take_evidence", args=[link.pk]))
        assert counts_as() == ["measured", "measured"]
