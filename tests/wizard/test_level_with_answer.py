"""An evidence level counts only for the answer that it was given for."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Version
from audits.models.audits import values
from audits.services.answers.merging import Outcome, merge_pair
from audits.services.answers.set_aside import level_with
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.page_forms import hidden, hidden_in, resend, send

ITEM, LEVEL = "task_shape", "level__task_shape"


@pytest.fixture
def begun(ana: Client, purpose: str) -> dict[str, list[str]]:
    """A page on which the answer is “narrow_stable”, open before others change it."""
    send(ana, purpose, **{ITEM: "narrow_stable"})
    return hidden(ana, purpose)


def pair(cast: Cast) -> tuple[Any, Any]:
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.draft.pk)
    return values(audit.answers).get(ITEM), values(audit.levels).get(ITEM)


def waiting(cast: Cast) -> list[tuple[Any, Any]]:
    """Return the answers that wait for a choice, each with its level."""
    with scope(organization=cast.ours.organization):
        found = Version.objects.filter(set_aside=True, settled=False).order_by("pk")
        found = found.filter(audit=cast.ours.draft)
        levels = [level_with(version) for version in found]
        return [
            (version.value, level.value if level else None)
            for version, level in zip(found, levels, strict=True)
        ]


def choose(client: Client, cast: Cast, keep: str) -> Any:
    url = reverse("conflicts", args=[cast.ours.draft.pk])
    fields = hidden_in(html_of(client.get(url)))
    with scope(organization=cast.ours.organization):
        version = Version.objects.get(
            audit=cast.ours.draft, set_aside=True, settled=False
        )
    sent = {**fields, "keep": keep}
    return client.post(reverse("settle", args=[version.public_id]), sent)


@pytest.mark.parametrize("htmx", [False, True])
def test_level_of_another_answer_is_not_mixed_with_a_new_one(
    cast: Cast, ana: Client, ben: Client, purpose: str, begun: Any, *, htmx: bool
) -> None:
    send(ben, purpose, **{ITEM: "narrow_stable", LEVEL: "measured"})

    resend(ana, purpose, begun, htmx=htmx, **{ITEM: "broad"})

    assert pair(cast) == ("narrow_stable", "measured")
    assert waiting(cast) == [("broad", None)]


@pytest.mark.thorough
@pytest.mark.parametrize("htmx", [False, True])
def test_level_is_not_given_to_an_answer_that_its_page_did_not_show(
    cast: Cast, ana: Client, ben: Client, purpose: str, begun: Any, *, htmx: bool
) -> None:
    send(ben, purpose, **{ITEM: "broad"})

    sent = {ITEM: "narrow_stable", LEVEL: "measured"}
    resend(ana, purpose, begun, htmx=htmx, **sent)
    resend(ana, purpose, begun, htmx=htmx, **sent)

    assert pair(cast) == ("broad", None)
    assert waiting(cast) == [("narrow_stable", "measured")]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("keep", "stored"),
    [("mine", ("narrow_stable", "measured")), ("theirs", ("broad", "asserted"))],
)
def test_answer_and_level_are_chosen_together(
    cast: Cast,
    ana: Client,
    ben: Client,
    purpose: str,
    *,
    begun: Any,
    keep: str,
    stored: tuple[str, str],
) -> None:
    send(ben, purpose, **{ITEM: "broad", LEVEL: "asserted"})
    told = html_of(
        resend(ana, purpose, begun, **{ITEM: "narrow_stable", LEVEL: "measured"})
    )

    choose(ana, cast, keep)

    assert "Measured</bdi>" in told
    assert "Asserted</bdi>" in told
    assert pair(cast) == stored
    assert waiting(cast) == []


@pytest.mark.thorough
def test_answer_that_is_chosen_without_a_level_takes_none_over(
    cast: Cast, ana: Client, ben: Client, purpose: str, begun: Any
) -> None:
    send(ben, purpose, **{ITEM: "narrow_stable", LEVEL: "measured"})
    resend(ana, purpose, begun, **{ITEM: "broad"})

    page = ana.get(choose(ana, cast, "mine")["Location"], follow=True)

    assert pair(cast) == ("broad", None)
    assert "is open again, because it was given for another answer" in html_of(page)


def test_level_that_changed_while_one_chose_is_not_overwritten(
    cast: Cast, ana: Client, ben: Client, purpose: str, begun: Any
) -> None:
    send(ben, purpose, **{ITEM: "broad"})
    resend(ana, purpose, begun, **{ITEM: "narrow_stable", LEVEL: "measured"})
    url = reverse("conflicts", args=[cast.ours.draft.pk])
    shown = hidden_in(html_of(ana.get(url)))
    with scope(organization=cast.ours.organization):
        version = Version.objects.get(
            audit=cast.ours.draft, settled=False, set_aside=True
        )
    send(ben, purpose, **{ITEM: "broad", LEVEL: "documented"})

    settle = reverse("settle", args=[version.public_id])
    told = ana.post(settle, {**shown, "keep": "mine"})

    assert told.status_code == 409
    assert pair(cast) == ("broad", "documented")
    assert waiting(cast) == [("narrow_stable", "measured")]


def test_restored_answer_has_no_level_of_the_one_it_replaces(
    cast: Cast, ana: Client, purpose: str, begun: Any
) -> None:
    send(ana, purpose, **{ITEM: "broad", LEVEL: "measured"})
    with scope(organization=cast.ours.organization):
        version = Version.objects.get(
            audit=cast.ours.draft, kind="answer", item=ITEM, value="narrow_stable"
        )

    restore = reverse("restore", args=[version.public_id])
    page = ana.post(restore, {"seen": "2", "tab": "t"}, follow=True)

    assert pair(cast) == ("narrow_stable", None)
    assert "is open again, because it was given for another answer" in html_of(page)
    with scope(organization=cast.ours.organization):
        levels = Version.objects.filter(audit=cast.ours.draft, kind="level")
        assert [v.value for v in levels.order_by("pk")] == ["measured", None]


@pytest.mark.on_both
def test_level_given_after_the_history_was_shown_waits_with_the_restored_answer(
    cast: Cast, ana: Client, ben: Client, purpose: str, begun: Any
) -> None:
    send(ana, purpose, **{ITEM: "broad"})
    with scope(organization=cast.ours.organization):
        version = Version.objects.get(
            audit=cast.ours.draft, kind="answer", item=ITEM, value="narrow_stable"
        )
    history = reverse("question_history", args=[cast.ours.draft.pk, ITEM])
    shown = hidden(ana, history)
    send(ben, purpose, **{ITEM: "broad", LEVEL: "measured"})

    told = ana.post(reverse("restore", args=[version.public_id]), shown)

    assert told.status_code == 409
    assert pair(cast) == ("broad", "measured")
    assert waiting(cast) == [("narrow_stable", None)]


@pytest.mark.thorough
def test_own_level_falls_with_the_answer_that_it_was_given_for(
    cast: Cast, ana: Client, purpose: str
) -> None:
    send(ana, purpose, **{ITEM: "narrow_stable", LEVEL: "measured"})
    told = send(ana, purpose, **{ITEM: "broad", LEVEL: "measured"})

    assert pair(cast) == ("broad", None)
    after = html_of(ana.get(told["Location"]))
    assert "is open again, because it was given for another answer" in after
    send(ana, purpose, **{ITEM: "broad", LEVEL: "measured"})
    assert pair(cast) == ("broad", "measured")


@pytest.mark.parametrize(
    ("answer", "level", "together"),
    [
        ("saved", "saved", ("saved", "saved")),
        ("saved", "same", ("saved", "same")),
        ("saved", "kept", ("conflict", "conflict")),
        ("saved", "conflict", ("conflict", "conflict")),
        ("saved", "late", ("late", "late")),
        ("same", "saved", ("same", "saved")),
        ("same", "conflict", ("same", "conflict")),
        ("kept", "kept", ("kept", "kept")),
        ("kept", "same", ("kept", "same")),
        ("kept", "saved", ("conflict", "conflict")),
        ("kept", "conflict", ("conflict", "conflict")),
        ("kept", "late", ("kept", "late")),
        ("late", "saved", ("late", "late")),
        ("late", "kept", ("late", "kept")),
        ("late", "same", ("late", "same")),
        ("conflict", "saved", ("conflict", "conflict")),
        ("conflict", "same", ("conflict", "conflict")),
        ("conflict", "late", ("conflict", "conflict")),
    ],
)
def test_halves_of_a_pair_come_out_together(
    answer: Outcome, level: Outcome, together: tuple[Outcome, Outcome]
) -> None:
    assert merge_pair(answer, level) == together


def test_answer_whose_level_changed_again_is_not_kept_unseen(
    cast: Cast, ana: Client, ben: Client, purpose: str, begun: Any
) -> None:
    send(ben, purpose, **{ITEM: "narrow_shifting", LEVEL: "measured"})
    chooses = hidden_in(html_of(resend(ana, purpose, begun, **{ITEM: "broad"})))
    with scope(organization=cast.ours.organization):
        version = Version.objects.get(
            audit=cast.ours.draft, set_aside=True, settled=False
        )
    settle = reverse("settle", args=[version.public_id])
    send(ben, purpose, **{ITEM: "narrow_shifting", LEVEL: "asserted"})

    again = ana.post(settle, {**chooses, "keep": "theirs"})
    still_waits = waiting(cast)
    ana.post(settle, {**hidden_in(html_of(again)), "keep": "theirs"})

    assert again.status_code == 409
    assert "The other answer has changed again since you chose" in html_of(again)
    assert still_waits == [("broad", None)]
    assert waiting(cast) == []
    assert pair(cast) == ("narrow_shifting", "asserted")
