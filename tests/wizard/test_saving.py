"""Two tabs, two people, lost responses: what is saved, kept, and set aside."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Role, User
from audits.models.audits import values
from audits.services.answers.answers import save_entries
from audits.services.answers.merging import Sender, Sent
from tests.casting import Cast
from tests.pages import html_of
from tests.proved import show
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS
from tests.signed_in import sign_in
from tests.wizard.page_forms import hidden, hidden_in, resend, send


def browser(user: User) -> Client:
    client = Client()
    sign_in(client, user)
    return client


@pytest.fixture
def ana(cast: Cast) -> Client:
    return browser(cast.ours.contributor)


@pytest.fixture
def ben(cast: Cast) -> Client:
    return browser(cast.ours.people[Role.REVIEWER])


def audit(cast: Cast) -> Audit:
    with scope(organization=cast.ours.organization):
        return Audit.objects.get(pk=cast.ours.draft.pk)


def answers(cast: Cast) -> dict[str, Any]:
    return values(audit(cast).answers)


def versions(cast: Cast) -> list[tuple[Any, int, bool]]:
    with scope(organization=cast.ours.organization):
        found = cast.ours.draft.versions.filter(item="state").order_by("pk")
        return [(v.value, v.number, v.set_aside) for v in found]


def test_every_change_is_a_version_of_who_made_it(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    send(ana, purpose, state="none")
    send(ben, purpose, state="planned")

    entry = audit(cast).answers["state"]
    assert versions(cast) == [("none", 1, False), ("planned", 2, False)]
    assert (entry["value"], entry["version"]) == ("planned", 2)
    assert entry["by"] == cast.ours.people[Role.REVIEWER].pk


def test_page_sent_again_saves_nothing_new(
    cast: Cast, ana: Client, purpose: str
) -> None:
    opened = hidden(ana, purpose)

    for _ in range(3):
        resend(ana, purpose, opened, htmx=True, state="none", seq="1")

    assert versions(cast) == [("none", 1, False)]


def test_lost_response_is_no_conflict_with_oneself(
    cast: Cast, ana: Client, purpose: str
) -> None:
    opened = hidden(ana, purpose)
    resend(ana, purpose, opened, htmx=True, state="none", seq="1")

    # The page never heard of version 1, and sends on the versions it knows.
    page = resend(ana, purpose, opened, htmx=True, state="planned", seq="2")

    assert answers(cast)["state"] == "planned"
    assert "choose" not in html_of(page)


def test_message_that_was_overtaken_changes_nothing(
    cast: Cast, ana: Client, purpose: str
) -> None:
    opened = hidden(ana, purpose)
    resend(ana, purpose, opened, htmx=True, state="planned", seq="2")

    resend(ana, purpose, opened, htmx=True, state="none", seq="1")

    assert answers(cast)["state"] == "planned"


@pytest.mark.thorough
def test_what_a_page_did_not_touch_is_not_overwritten_and_is_shown(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    send(ana, purpose, state="none")
    opened = hidden(ana, purpose)
    send(ben, purpose, state="planned")

    page = resend(
        ana, purpose, opened, htmx=True, state="none", eval="solid_set", seq="1"
    )

    assert answers(cast) == {"state": "planned", "eval": "solid_set"}
    text = html_of(page)
    assert 'id="slot-state" hx-swap-oob="true"' in text
    assert 'name="state" value="planned" id="id_state_1" checked' in text


def test_two_changes_of_one_answer_keep_both_and_ask(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    opened = hidden(ana, purpose)
    send(ben, purpose, state="planned")

    page = resend(ana, purpose, opened, state="none")

    text = html_of(page)
    assert page.status_code == 409
    assert answers(cast)["state"] == "planned"
    assert versions(cast) == [("planned", 1, False), ("none", 0, True)]
    assert "Two answers to one question" in text
    assert "Not started" in text
    assert "Training planned" in text
    assert "Northgate reviewer" in text


def test_conflict_within_a_page_is_told_in_the_page(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    opened = hidden(ana, purpose)
    send(ben, purpose, state="planned")

    page = resend(ana, purpose, opened, htmx=True, state="none", seq="1")
    resend(ana, purpose, opened, htmx=True, state="none", seq="2")

    text = html_of(page)
    assert page.status_code == 200
    assert 'id="msg-state" hx-swap-oob="innerHTML"' in text
    assert reverse("conflicts", args=[cast.ours.draft.pk]) in text
    assert versions(cast) == [("planned", 1, False), ("none", 0, True)]


@pytest.fixture
def waiting(cast: Cast, ana: Client, ben: Client, purpose: str) -> UUID:
    """An answer of Ana's that was set aside, since Ben had given another."""
    opened = hidden(ana, purpose)
    send(ben, purpose, state="planned")
    resend(ana, purpose, opened, state="none")
    with scope(organization=cast.ours.organization):
        return cast.ours.draft.versions.get(set_aside=True).public_id


@pytest.mark.on_both
@pytest.mark.parametrize(("keep", "stands"), [("mine", "none"), ("theirs", "planned")])
def test_author_chooses_which_answer_counts(
    cast: Cast, ana: Client, waiting: UUID, keep: str, stands: str
) -> None:
    settled = ana.post(reverse("settle", args=[waiting]), {"keep": keep})
    listed = ana.get(settled["Location"])

    assert answers(cast)["state"] == stands
    assert listed["Location"] == reverse("question", args=[cast.ours.draft.pk, "state"])


@pytest.mark.thorough
def test_nobody_chooses_for_somebody_else(
    cast: Cast, ben: Client, waiting: UUID
) -> None:
    response = ben.post(reverse("settle", args=[waiting]), {"keep": "theirs"})

    assert response.status_code == 404
    assert answers(cast)["state"] == "planned"


@pytest.mark.thorough
def test_two_notes_can_be_put_together(cast: Cast, ana: Client, ben: Client) -> None:
    page = reverse("question", args=[cast.ours.draft.pk, "state"])
    opened = hidden(ana, page)
    send(ben, page, note__state="Asked the platform team.")
    shown = resend(ana, page, opened, note__state="The budget is open.")
    with scope(organization=cast.ours.organization):
        waiting = cast.ours.draft.versions.get(set_aside=True)

    text = "Asked the platform team.\r\n\r\nThe budget is open."
    ana.post(
        reverse("settle", args=[waiting.public_id]), {"keep": "both", "text": text}
    )

    assert "Or combine both" in html_of(shown)
    assert values(audit(cast).notes) == {"state": text.replace("\r\n", "\n")}


def test_old_version_is_restored_as_a_new_one(
    cast: Cast, ana: Client, purpose: str
) -> None:
    send(ana, purpose, state="none")
    send(ana, purpose, state="planned")
    page = reverse("question", args=[cast.ours.draft.pk, "state"])
    with scope(organization=cast.ours.organization):
        first = cast.ours.draft.versions.get(item="state", number=1)

    listed = html_of(ana.get(page))
    back = ana.post(reverse("restore", args=[first.public_id]), hidden_in(listed))

    assert "Restore" in listed
    assert "· current" in listed
    assert back["Location"] == page
    assert versions(cast)[-1] == ("none", 3, False)


def test_restoring_never_overwrites_what_came_after_the_page(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    send(ana, purpose, state="none")
    send(ana, purpose, state="planned")
    page = reverse("question", args=[cast.ours.draft.pk, "state"])
    with scope(organization=cast.ours.organization):
        first = cast.ours.draft.versions.get(item="state", number=1)
    shown = hidden(ana, page)
    send(ben, purpose, state="in_cycle")

    back = ana.post(reverse("restore", args=[first.public_id]), shown)

    assert back.status_code == 409
    assert "Two answers to one question" in html_of(back)
    assert values(audit(cast).answers)["state"] == "in_cycle"
    assert versions(cast)[-1] == ("none", 2, True)


@pytest.mark.thorough
def test_restoring_what_the_page_shows_says_who_changed_it_since(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    for state in ("none", "planned", "none"):
        send(ana, purpose, state=state)
    page = reverse("question", args=[cast.ours.draft.pk, "state"])
    with scope(organization=cast.ours.organization):
        first = cast.ours.draft.versions.get(item="state", number=1)
    shown = hidden(ana, page)
    send(ben, purpose, state="in_cycle")

    back = ana.post(reverse("restore", args=[first.public_id]), shown, follow=True)

    assert (
        "Northgate reviewer changed “Where training stands” from “Not started” to "
        "“Training now”. Nothing was restored."
    ) in html_of(back)
    assert values(audit(cast).answers)["state"] == "in_cycle"


@pytest.mark.thorough
def test_level_is_saved_with_its_answer_and_counts(cast: Cast, ana: Client) -> None:
    given = {("answer", q): Sent(value=value) for q, value in TRAINING_CASE.items()}
    levels = {("level", q): Sent(value=level) for q, level in TRAINING_LEVELS.items()}
    with scope(organization=cast.ours.organization):
        show(cast.ours.draft, cast.ours.contributor)
        save_entries(
            audit=cast.ours.draft,
            by=cast.ours.contributor,
            sent=given | levels,
            sender=Sender(),
        )
    gap = reverse("question", args=[cast.ours.draft.pk, "quality_gap"])
    send(ana, gap, quality_gap="large", level__quality_gap="asserted")
    claimed = audit(cast).verdict

    send(ana, gap, quality_gap="large", level__quality_gap="measured")

    assert claimed == "prompt_long_context"
    assert audit(cast).verdict == "fine_tune"
    assert values(audit(cast).levels) == TRAINING_LEVELS


@pytest.mark.once
def test_note_is_counted_as_it_is_kept(cast: Cast, ana: Client) -> None:
    page = reverse("question", args=[cast.ours.draft.pk, "state"])
    fits = "\r\n".join(["x" * 99] * 100)

    kept = send(ana, page, note__state=fits)
    refused = send(ana, page, note__state=fits + "\r\n12")

    assert kept.status_code == 302
    assert len(values(audit(cast).notes)["state"]) == 9_999
    assert refused.status_code == 422
    assert "The note must be 10,000 characters or fewer" in html_of(refused)
    assert "xxx\r\n12</textarea>" in html_of(refused)


@pytest.mark.thorough
@pytest.mark.once
def test_verdict_is_said_only_when_it_changes(
    cast: Cast, ana: Client, purpose: str
) -> None:
    said = 'id="verdict-said" hx-swap-oob'

    first = send(ana, purpose, htmx=True, goal=["knowledge"], seq="1")
    second = send(ana, purpose, htmx=True, goal=["knowledge"], state="none", seq="1")

    assert said in html_of(first)
    assert said not in html_of(second)


@pytest.mark.thorough
@pytest.mark.once
def test_question_that_became_irrelevant_is_named(cast: Cast, ana: Client) -> None:
    speed = reverse("section", args=[cast.ours.draft.pk, "cost"])
    send(
        ana,
        reverse("section", args=[cast.ours.draft.pk, "purpose"]),
        goal=["cost_latency"],
    )
    send(ana, speed, latency="hard")
    send(ana, speed, latency="hard", latency_evidence="missed")

    page = send(
        ana,
        speed,
        htmx=True,
        latency="relaxed",
        latency_evidence="missed",
        seq="1",
    )

    assert "No longer asked: Speed measured" in html_of(page)
    assert answers(cast)["latency_evidence"] == "missed"


def test_form_of_an_older_page_without_versions_overwrites_nothing(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    send(ben, purpose, state="planned")

    response = ana.post(purpose, {"shown": ["state"], "state": "none"})

    assert response.status_code == 409
    assert answers(cast)["state"] == "planned"


@pytest.mark.parametrize("said", ["x", "0.0.0.0.7", "-1", "9" * 400, "1e3", ""])
def test_version_that_is_none_is_the_first(
    cast: Cast, ana: Client, purpose: str, said: str
) -> None:
    response = ana.post(
        purpose,
        {"shown": ["state"], "state": "none", "v-state": said, "tab": "t", "seq": said},
    )

    assert response.status_code == 302
    assert answers(cast)["state"] == "none"
