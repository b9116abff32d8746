"""Conflicts between two people are settled before an audit is submitted."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Membership, Version
from audits.services.reviews.audits import ConflictsOpen, submit_audit
from tests.casting import Cast
from tests.discussion.inboxes import of_kind
from tests.pages import html_of
from tests.wizard.page_forms import hidden, hidden_in, resend, send

ITEM = "task_shape"


@pytest.fixture
def conflict(cast: Cast, ana: Client, ben: Client, purpose: str) -> None:
    """Ben's answer counts, and Ana's waits against it."""
    opened = hidden(ana, purpose)
    send(ben, purpose, **{ITEM: "broad"})
    resend(ana, purpose, opened, **{ITEM: "narrow_stable"})


def waiting(cast: Cast) -> list[Any]:
    with scope(organization=cast.ours.organization):
        found = Version.objects.filter(set_aside=True, settled=False)
        return [str(v.value) for v in found.filter(audit=cast.ours.draft)]


def state(cast: Cast) -> str:
    with scope(organization=cast.ours.organization):
        return Audit.objects.get(pk=cast.ours.draft.pk).state


@pytest.mark.usefixtures("conflict")
def test_audit_with_an_open_conflict_is_not_submitted(
    cast: Cast, ana: Client, ben: Client
) -> None:
    check = reverse("check", args=[cast.ours.draft.pk])
    submit = reverse("submit", args=[cast.ours.draft.pk])

    anas, bens = html_of(ana.get(check)), html_of(ben.get(check))
    refused = ben.post(submit, follow=True)

    assert submit not in anas + bens
    assert f'href="{reverse("conflicts", args=[cast.ours.draft.pk])}"' in anas
    question = reverse("question", args=[cast.ours.draft.pk, ITEM])
    assert f'href="{question}"' in bens
    assert "Two people answered the same question differently" in html_of(refused)
    assert state(cast) == Audit.State.DRAFT
    with scope(organization=cast.ours.organization), pytest.raises(ConflictsOpen):
        submit_audit(audit=cast.ours.draft, by=cast.ours.contributor)


def test_own_two_windows_are_called_so_where_the_audit_is_submitted(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    opened = hidden(ana, purpose)
    send(ana, purpose, **{ITEM: "broad"})
    resend(ana, purpose, opened, **{ITEM: "narrow_stable"})
    check = reverse("check", args=[cast.ours.draft.pk])
    submit = reverse("submit", args=[cast.ours.draft.pk])

    anas, bens = html_of(ana.get(check)), html_of(ben.get(check))
    refused = html_of(ana.post(submit, follow=True))
    his = html_of(ben.post(submit, follow=True))

    assert "because two windows of yours answered differently:" in anas
    assert "set aside for that of another window of yours. Choose which one" in anas
    assert "because two windows of one person answered differently:" in bens
    assert "</a> in another window and has to choose which one counts" in bens
    assert "Two windows of yours answered the same question differently" in refused
    assert "Two windows of one person answered the same question" in his
    assert "wo people" not in anas + bens + refused + his
    assert state(cast) == Audit.State.DRAFT


@pytest.mark.usefixtures("conflict")
def test_whose_answer_counts_is_told_that_another_waits(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    question = reverse("question", args=[cast.ours.draft.pk, ITEM])
    told = "</bdi> gave another answer to"

    assert told in html_of(ben.get(question))
    assert "has to choose which one counts" in html_of(ben.get(purpose))
    assert told not in html_of(ana.get(question))
    assert "1 of your answers was set aside" in html_of(ana.get(question))
    with scope(organization=cast.ours.organization):
        Audit.objects.filter(pk=cast.ours.draft.pk).update(state="in_review")
    result = reverse("result", args=[cast.ours.draft.pk])
    assert told in html_of(ben.get(result))


@pytest.mark.usefixtures("conflict")
def test_equal_answers_are_one_without_a_choice(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    assert waiting(cast) == ["narrow_stable"]

    send(ben, purpose, **{ITEM: "narrow_stable"})

    assert waiting(cast) == []
    page = ana.get(reverse("conflicts", args=[cast.ours.draft.pk]))
    assert page["Location"] == reverse("resume", args=[cast.ours.draft.pk])
    with scope(organization=cast.ours.organization):
        kept = Version.objects.get(audit=cast.ours.draft, set_aside=True)
        assert (kept.value, kept.settled) == ("narrow_stable", True)


def test_equal_answer_with_another_level_waits(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    opened, level = hidden(ana, purpose), f"level__{ITEM}"
    send(ben, purpose, **{ITEM: "broad", level: "measured"})
    resend(ana, purpose, opened, **{ITEM: "narrow_stable", level: "asserted"})

    send(ben, purpose, **{ITEM: "narrow_stable", level: "measured"})
    differ = waiting(cast)
    send(ben, purpose, **{ITEM: "narrow_stable", level: "asserted"})

    assert (differ, waiting(cast)) == (["narrow_stable"], [])


@pytest.mark.usefixtures("conflict")
def test_answer_of_somebody_who_left_keeps_nobody_waiting(
    cast: Cast, ben: Client
) -> None:
    with scope(organization=cast.ours.organization):
        version = Version.objects.get(audit=cast.ours.draft, set_aside=True)
        Membership.objects.filter(user=version.by).delete()

    page = html_of(ben.get(reverse("check", args=[cast.ours.draft.pk])))

    assert reverse("submit", args=[cast.ours.draft.pk]) in page


@pytest.mark.usefixtures("conflict")
def test_who_chose_is_back_on_the_page_where_the_answer_was_given(
    cast: Cast, ana: Client, purpose: str
) -> None:
    conflicts = reverse("conflicts", args=[cast.ours.draft.pk])
    page = ana.get(conflicts, {"back": purpose})
    settle = re.findall(r'action="(/conflicts/[^"]+)"', html_of(page))
    fields = {name: values[0] for name, values in hidden_in(html_of(page)).items()}
    chosen = ana.post(settle[0], {**fields, "keep": "mine"}, follow=True)

    assert chosen.redirect_chain[-1][0] == purpose
    assert "”: your answer counts.</span>" in html_of(chosen)


@pytest.mark.usefixtures("conflict")
def test_who_chose_without_coming_from_a_page_is_led_to_the_question(
    cast: Cast, ana: Client
) -> None:
    page = ana.get(reverse("conflicts", args=[cast.ours.draft.pk]))
    settle = re.findall(r'action="(/conflicts/[^"]+)"', html_of(page))
    fields = {name: values[0] for name, values in hidden_in(html_of(page)).items()}

    chosen = ana.post(settle[0], {**fields, "keep": "theirs"}, follow=True)

    question = reverse("question", args=[cast.ours.draft.pk, ITEM])
    assert chosen.redirect_chain[-1][0] == question
    assert "”: the other answer counts.</span>" in html_of(chosen)


@pytest.mark.usefixtures("conflict")
def test_page_of_conflicts_leads_to_no_other_site(
    cast: Cast, ana: Client, purpose: str
) -> None:
    conflicts = reverse("conflicts", args=[cast.ours.draft.pk])
    page = ana.get(conflicts, {"back": purpose})
    settle = re.findall(r'action="(/conflicts/[^"]+)"', html_of(page))
    fields = {name: values[0] for name, values in hidden_in(html_of(page)).items()}
    ana.post(settle[0], {**fields, "keep": "mine"})
    elsewhere = ana.get(conflicts, {"back": "//example.com/"})
    assert elsewhere["Location"] == reverse("resume", args=[cast.ours.draft.pk])


@pytest.mark.on_both
def test_whose_answer_was_not_kept_reads_it_in_the_inbox(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    opened = hidden(ana, purpose)
    send(ben, purpose, **{ITEM: "broad"})
    told = resend(ana, purpose, opened, htmx=True, **{ITEM: "narrow_stable"})
    assert "differs from <bdi>Northgate reviewer</bdi>’s" in html_of(told)
    assert "save-error" not in html_of(told)
    assert of_kind(ben, "not-kept") == []

    settle_all(cast, ana, "mine")

    [row] = of_kind(ben, "not-kept")
    who = cast.ours.contributor
    assert f"Your answer was not kept: {who} chose another one, just now" in row
    assert of_kind(ana, "not-kept") == []


def test_answer_that_was_kept_or_changed_knowingly_is_not_told(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    opened = hidden(ana, purpose)
    send(ben, purpose, **{ITEM: "broad"})
    resend(ana, purpose, opened, **{ITEM: "narrow_stable"})
    settle_all(cast, ana, "theirs")
    send(ben, purpose, state="planned")
    send(ana, purpose, state="none")

    assert of_kind(ben, "not-kept") == []


def settle_all(cast: Cast, client: Client, keep: str) -> None:
    page = html_of(client.get(reverse("conflicts", args=[cast.ours.draft.pk])))
    fields = {name: values[0] for name, values in hidden_in(page).items()}
    for there in dict.fromkeys(re.findall(r'action="(/conflicts/[^"]+)"', page)):
        client.post(there, {**fields, "keep": keep})
