"""What waits for a person on the page that they open first, and their use cases."""

import re
from datetime import date, datetime, timedelta, tzinfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django_scopes import scope

from audits.access import inbox
from audits.frameworks.answering.progress import at_start
from audits.frameworks.loading.loader import current
from audits.landscape import in_force
from audits.models import (
    Audit,
    Cover,
    Event,
    Membership,
    PortfolioRow,
    Role,
    SignOffCondition,
)
from audits.models.use_cases import Stage
from audits.services.answers.answers import save_answers, save_entries
from audits.services.answers.evidence import add_link
from audits.services.answers.merging import Sender, Sent
from audits.services.discussion.answer_requests import ask_colleague, close_ask
from audits.templatetags import moments
from audits.use_cases import views
from tests.board.boards import record, sign
from tests.casting import Cast
from tests.conditions import in_days, sign_with, term
from tests.discussion.inboxes import lead_of
from tests.e2e.states.state import due_for_review
from tests.examples import thorough
from tests.pages import html_of
from tests.portfolio.rows_made import make_rows
from tests.signed_in import sign_in
from tests.wizard.page_forms import hidden

# A live tuned model that meets its target needs no other answer.
SETTLED = {
    "goal": ["task_skill"],
    "state": "live_tuned",
    "platform": "open",
    "incumbent": "meets",
    "data_rights": "clear",
}


def client_of(cast: Cast, role: Role) -> Client:
    client = Client()
    sign_in(client, cast.ours.people[role])
    return client


def said_of(client: Client) -> str:
    return " ".join(strip_tags(html_of(client.get(reverse("use_cases")))).split())


def rows_of(client: Client, heading: str) -> list[str]:
    """Return the rows under a heading, in words."""
    page = html_of(client.get(reverse("use_cases")))
    found = re.search(rf"<h2[^>]*>{heading}</h2>.*?<ul[^>]*>(.*?)</ul>", page, re.S)
    rows = re.findall(r"<li\b.*?</li>", found[1], re.S) if found else []
    return [" ".join(strip_tags(row).split()) for row in rows]


@pytest.mark.thorough
@pytest.mark.once
def test_what_waits_is_counted_again_after_each_change(cast: Cast) -> None:
    ours = cast.ours
    admin, client = ours.people[Role.ADMIN], client_of(cast, Role.ADMIN)
    before = len(rows_of(client, "Waiting for you"))

    with scope(organization=ours.organization):
        by, asked = ours.contributor, {"section": "cost", "question": ""}
        ask = ask_colleague(audit=ours.draft, by=by, of=admin, **asked)
    then = [len(rows_of(client, "Waiting for you")) for _ in range(2)]
    with scope(organization=ours.organization):
        close_ask(ask=ask, by=admin)

    assert then == [before + 1, before + 1]
    assert len(rows_of(client, "Waiting for you")) == before


@pytest.mark.parametrize(
    "role",
    [
        *(Role.CONTRIBUTOR, thorough(Role.ADMIN), Role.REVIEWER),
        pytest.param(Role.VIEWER, marks=pytest.mark.on_both),
    ],
)
def test_as_many_things_wait_as_in_the_inbox(cast: Cast, role: Role) -> None:
    submitted, draft = cast.ours.submitted, cast.ours.draft
    with scope(organization=cast.ours.organization):
        if role in (Role.REVIEWER, Role.ADMIN):
            by, of = cast.ours.contributor, cast.ours.people[role]
            ask_colleague(audit=draft, by=by, of=of, section="cost", question="")
        asked = term(submitted, "Test it.", owner=cast.ours.people[role], days=10)
        sign_with(submitted, cast.ours.people[Role.REVIEWER], asked)
        make_rows(cast.ours, 3, state=Audit.State.IN_REVIEW)
    client = client_of(cast, role)

    counted = re.match(r"\d+ things? waits? for you\.", lead_of(client))

    assert counted
    assert counted[0] in said_of(client)
    number = int(counted[0].split()[0])
    assert len(rows_of(client, "Waiting for you")) == min(number, inbox._LAST)
    assert number >= 1


@pytest.mark.thorough
def test_each_thing_says_what_is_asked_and_leads_to_it(cast: Cast) -> None:
    due_for_review(cast)
    ours = cast.ours
    with scope(organization=ours.organization):
        admin = ours.people[Role.ADMIN]
        ask = ask_colleague(
            audit=ours.draft, by=ours.contributor, of=admin, section="cost", question=""
        )
        PortfolioRow.objects.filter(audit=ours.submitted).update(owner=admin)
    client = client_of(cast, Role.ADMIN)

    waiting = rows_of(client, "Waiting for you")

    assert len(waiting) == 2
    [asked] = [row for row in waiting if "asked by" in row]
    [due] = [
        row for row in waiting if "A review of the signed verdict is due today" in row
    ]
    assert f"asked by {ours.contributor}, just now" in asked
    assert asked.endswith("Answer")
    assert due.endswith("Start a new audit")
    page = html_of(client.get(reverse("use_cases")))
    assert reverse("notice", args=["asked", ask.pk]) in page
    with scope(organization=ours.organization):
        close_ask(ask=ask, by=admin)
    assert len(rows_of(client, "Waiting for you")) == 1


def test_each_thing_says_how_long_it_waits_when_it_is_read(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        reviewer, by = ours.people[Role.REVIEWER], ours.contributor
        ask_colleague(audit=ours.draft, by=by, of=reviewer, section="cost", question="")
    client = client_of(cast, Role.REVIEWER)
    assert any("just now" in row for row in rows_of(client, "Waiting for you"))

    class InThreeDays(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(days=3)

    monkeypatch.setattr(moments, "datetime", InThreeDays)

    waiting = rows_of(client, "Waiting for you")
    assert any(f"asked by {by}, 3 days ago" in row for row in waiting)


@pytest.mark.on_both
def test_model_that_ends_soon_waits_with_its_day(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, day = cast.ours, timezone.localdate() + timedelta(days=20)
    models = in_force.current().models.values()
    ends = {model.id: day for model in models if model.retires}
    monkeypatch.setattr(inbox, "ending_between", lambda *_: ends)
    with scope(organization=ours.organization):
        rows = PortfolioRow.objects.filter(audit=ours.submitted)
        rows.update(owner=ours.contributor, model=[*ends][-1])

    waiting = rows_of(client_of(cast, Role.CONTRIBUTOR), "Waiting for you")

    assert [row for row in waiting if "The model retires on" in row]


@pytest.mark.on_both
def test_signed_use_case_says_until_when_and_what_is_out_of_date(
    cast: Cast, client: Client
) -> None:
    due_for_review(cast)
    said = said_of(client)
    # What waits is listed once: its row above says it all.
    assert rows_of(client, "Signed off") == []
    assert said.count("On 11 December 2026 GPT-5 shuts down") == 1
    waiting = rows_of(client, "Waiting for you")
    assert [row for row in waiting if "On 11 December 2026 GPT-5" in row]
    assert "may be out of date" not in said

    until = timezone.localdate() + timedelta(days=180)
    with scope(organization=cast.ours.organization):
        audits = Audit.objects.filter(pk=cast.ours.submitted.pk)
        audits.update(review_due_at=None, review_cause="", valid_until=until)

    assert f"signed off Review by {until.day} " not in said
    assert "may be out of date" not in said_of(client)


@pytest.mark.once
def test_review_of_a_stopped_use_case_can_wait_and_is_said_in_its_own_row(
    cast: Cast, client: Client
) -> None:
    due_for_review(cast)
    with scope(organization=cast.ours.organization):
        PortfolioRow.objects.update(stage=Stage.STOPPED)

    [signed] = rows_of(client, "Signed off")
    assert "its review can wait" in signed
    assert "On 11 December 2026 GPT-5 shuts down" in signed
    assert signed.endswith("Review due before it resumes")
    [condition] = rows_of(client, "Waiting for you")
    assert condition.endswith("Meet the condition")
    assert "1 thing waits for you; 1 can wait. 1 use case is signed off." in said_of(
        client
    )
    page = html_of(client.get(reverse("use_cases")))
    act = '<span class="{}">{}Meet the condition</span>'
    assert act.format("status-act status", "") in page
    with scope(organization=cast.ours.organization):
        SignOffCondition.objects.update(due_on=in_days(7))
    # Within a week it presses, as in the inbox.
    near = html_of(client.get(reverse("use_cases")))
    assert act.format("status-wait status", "") in near
    assert reverse("notice", args=["due", cast.ours.submitted.pk]) in page
    assert "may be out of date" not in page


@pytest.mark.parametrize(
    ("outcome", "heading"),
    [("approved", "Decided"), ("refused", "Decided"), ("deferred", "Signed off")],
)
@pytest.mark.once
def test_only_what_the_board_has_decided_is_called_decided(
    cast: Cast,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    *,
    outcome: str,
    heading: str,
) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        audit = sign(ours)
        before = said_of(client)
        record(audit, ours.contributor, outcome)

    said = said_of(client)

    assert "1 use case is signed off" in before
    assert "is decided" not in before
    assert f"1 use case is {heading.lower()}." in said
    # One that is to be carried out waits above, and is listed there alone.
    assert len(rows_of(client, heading)) == (outcome != "approved")
    other = {"Decided": "Signed off", "Signed off": "Decided"}[heading]
    assert not rows_of(client, other)
    # Counted by the database, where there are more than a page.
    monkeypatch.setattr(views, "_A_PAGE", 0)
    with scope(organization=ours.organization):
        reader = inbox.reader_of(Membership.objects.get(user=ours.contributor))
        counted = views._Listed(reader).counted
    assert counted.get(views._BOARD, 0) == (heading == "Decided")


@pytest.mark.thorough
def test_draft_says_what_is_left_as_the_wizard_does(cast: Cast) -> None:
    client, ours = client_of(cast, Role.CONTRIBUTOR), cast.ours
    [new] = rows_of(client, "Drafts")
    start = at_start(current())
    minutes = f"{start.minutes_left} to {start.minutes_at_most} minutes"
    assert start.minutes_left < start.minutes_at_most
    assert f"not yet started {minutes}" in new
    with scope(organization=ours.organization):
        given = {"goal": ["task_skill"], "state": "planned"}
        save_answers(audit=ours.draft, by=ours.contributor, answers=given)
        draft = Audit.objects.get(pk=ours.draft.pk)

    [said] = rows_of(client, "Drafts")

    assert f"{draft.answered} of {draft.applicable} answered" in said
    assert draft.open_later
    assert "may change" in said
    [left] = re.findall(r"about (\d+) minutes left", said)
    wizard = html_of(client.get(reverse("tasks", args=[draft.pk])))
    # One estimate: the list, the questions one by one and a section all say it.
    assert f"About {left} minutes left. Answers may settle the verdict" in wizard
    pages = (("question", "hosting"), ("section", current().sections[0].id))
    for page, place in pages:
        shown = html_of(client.get(reverse(page, args=[draft.pk, place])))
        assert f"About {left} minutes left. Answers may settle" in shown
        assert "minutes at most" not in shown
    step = html_of(client.get(reverse("resume", args=[draft.pk]), follow=True))
    [eyebrow] = re.findall(r'id="how-far">([^<]*)<', step)
    assert eyebrow.strip() == f"About {left} minutes left"
    assert f"{draft.still_open.now} of " in wizard
    assert " unanswered can change it" in wizard


def test_draft_with_nothing_left_to_ask_says_so(cast: Cast) -> None:
    client, ours = client_of(cast, Role.CONTRIBUTOR), cast.ours
    sent = {("answer", name): Sent(value=given) for name, given in SETTLED.items()}
    sent[("level", "incumbent")] = Sent(value="measured")
    with scope(organization=ours.organization):
        draft, by = ours.draft, ours.contributor
        link = "https://wiki.example/test"
        add_link(audit=draft, by=by, question="incumbent", link=link, name="Test")
        draft = Audit.objects.get(pk=draft.pk)
        save_entries(audit=draft, by=by, sent=sent, sender=Sender())

    [said] = rows_of(client, "Drafts")

    assert "5 of " in said
    assert "enough for the verdict" in said
    assert "minute" not in said
    # The panel beside it counts the same questions.
    page = html_of(client.get(reverse("tasks", args=[draft.pk])))
    first = re.search(r"(\d+ open questions?) may add a first step:", page)
    assert first
    enough = "The verdict itself needs no further answer."
    assert f"{enough} {first[1]} may add a first step." in " ".join(page.split())


@pytest.mark.thorough
def test_short_list_is_not_repeated_as_recently_changed(cast: Cast) -> None:
    make_rows(cast.ours, 6)
    client = client_of(cast, Role.CONTRIBUTOR)

    assert "Recently changed by you" not in said_of(client)


@pytest.mark.parametrize("has_example", [True, False])
def test_new_contributor_sees_three_steps_and_what_to_have(
    cast: Cast, *, has_example: bool
) -> None:
    new = cast.ours.people[Role.ADMIN]
    with scope(organization=cast.ours.organization):
        member = new.memberships.get()
        member.role = Role.CONTRIBUTOR
        member.save()
        if not has_example:
            PortfolioRow.objects.all().delete()
    client = client_of(cast, Role.ADMIN)

    said = said_of(client)

    for words in ("Register it", "Answer in parts", "Read the verdict"):
        assert words in said
    assert "colleagues can take a section" in said
    assert "Good to have at hand" in said
    assert "What the use case costs today" in said
    assert ("See a finished example" in said) is has_example


@pytest.mark.parametrize(
    ("due", "heading", "said"),
    [
        (date(2099, 12, 14), "In review", "Board decides by 14 Dec 2099"),
        (date(2001, 12, 14), "Waiting for you", "board was due 14 Dec 2001"),
        (None, "In review", "With a reviewer"),
    ],
)
def test_what_is_in_review_says_by_when_it_is_decided(
    cast: Cast, due: date | None, heading: str, said: str
) -> None:
    with scope(organization=cast.ours.organization):
        PortfolioRow.objects.filter(audit=cast.ours.submitted).update(due_on=due)

    client = client_of(cast, Role.CONTRIBUTOR)

    assert len([row for row in rows_of(client, heading) if said in row]) == 1
    assert said_of(client).count("Northgate handbook") == 1


def test_day_of_the_board_is_asked_with_submitting(cast: Cast) -> None:
    client, draft = client_of(cast, Role.CONTRIBUTOR), cast.ours.draft
    there = reverse("submit", args=[draft.pk])
    day = timezone.localdate() + timedelta(days=12)
    with scope(organization=cast.ours.organization):
        save_answers(audit=draft, by=cast.ours.contributor, answers=SETTLED)
    opened = hidden(client, reverse("check", args=[draft.pk]))

    late = client.post(there, {**opened, "decide_by": "2001-12-14"})
    assert "14 December 2001 has passed" in html_of(late)
    client.post(there, {**opened, "decide_by": day.isoformat()})

    with scope(organization=cast.ours.organization):
        assert PortfolioRow.objects.get(audit=draft).due_on == day
        line = Event.objects.get(verb="cover.saved", subject=str(draft.pk))
        assert line.details["changed"] == ["decide_by"]


def test_day_is_no_day_of_the_board_where_it_is_only_told(cast: Cast) -> None:
    audit, due = cast.ours.submitted, date(2099, 12, 14)
    with scope(organization=cast.ours.organization):
        PortfolioRow.objects.filter(audit=audit).update(due_on=due)
        Cover.objects.update_or_create(
            organization=audit.organization,
            audit=audit,
            defaults={"purpose": Cover.Purpose.INFORMATION},
        )

    [row] = rows_of(client_of(cast, Role.CONTRIBUTOR), "In review")

    assert row.endswith("Decide by 14 Dec 2099")
