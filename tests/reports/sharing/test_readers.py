"""A board reader gets what was shared with them, until that is ended, and no more."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from pytest_django import Settings

from audits.discussion.tasks import mail_digest
from audits.models import (
    AnswerRequest,
    Comment,
    Event,
    Mails,
    Membership,
    Role,
    Share,
    User,
)
from audits.services.demo.demo import HEAD
from audits.services.discussion.comments import add_comment
from audits.services.discussion.mentions import mentioned_in
from audits.services.people.mails import is_mailed
from audits.services.portfolio.saved_views import make_feed
from tests.casting import Cast
from tests.pages import html_of
from tests.people.factors import enter_password
from tests.signed_in import let_prove, sign_in

SHARED = reverse("shared_with_me")


@pytest.fixture
def reader(cast: Cast) -> User:
    return cast.ours.people[Role.BOARD]


@pytest.fixture
def inside(reader: User) -> Client:
    client = Client()
    sign_in(client, reader)
    return client


@pytest.fixture
def reviewer(cast: Cast) -> Client:
    client, person = Client(), cast.ours.people[Role.REVIEWER]
    sign_in(client, person)
    let_prove(client, person)
    return client


@pytest.mark.on_both
def test_pack_is_shared_opened_and_ended_and_each_is_recorded(
    cast: Cast, reader: User, inside: Client, reviewer: Client
) -> None:
    pack = cast.ours.pack
    page = reverse("share_pack", args=[pack.pk])
    form = {"do": "reader", "reader": str(reader.public_id)}
    before = html_of(inside.get(SHARED))

    for _ in range(2):  # the second changes nothing
        reviewer.post(page, form)
    after = html_of(inside.get(SHARED))
    with scope(organization=cast.ours.organization):
        [share] = Share.objects.filter(pack=pack)
    file = reverse("shared_file", args=[share.public_id])
    got = inside.get(file)
    told = html_of(reviewer.get(page))
    ended = reviewer.post(reverse("end_share", args=[share.public_id]), follow=True)

    stays = "Downloaded once: that copy stays with who has it."
    assert stays in told
    assert f"any more. {stays}" in html_of(ended)
    assert stays not in html_of(ended).partition("Shared so far")[2]
    assert "Board pack" not in before
    assert f'href="{file}"' in after
    assert b"".join(got.streaming_content) == b"%PDF pack of Northgate"  # type: ignore[attr-defined]
    assert "Opened 1 time" in told
    assert inside.get(file).status_code == 404
    assert file not in html_of(inside.get(SHARED))
    with scope(organization=cast.ours.organization):
        lines = Event.objects.filter(subject=str(share.public_id)).order_by("number")
        by = cast.ours.people[Role.REVIEWER]
        assert [*lines.values_list("verb", "actor")] == [
            ("share.given", by.pk),
            ("share.opened", reader.pk),
            ("share.ended", by.pk),
        ]


def test_nothing_is_shared_with_who_is_no_board_reader_or_without_a_proof(
    cast: Cast, reader: User, reviewer: Client
) -> None:
    page = reverse("share_paper", args=[cast.ours.report.pk])
    others = [cast.ours.contributor, cast.theirs.people[Role.BOARD]]
    away = Client()
    sign_in(away, cast.ours.people[Role.ADMIN])

    refused = [
        reviewer.post(page, {"do": "reader", "reader": str(person.public_id)})
        for person in others
    ]
    asked = away.post(page, {"do": "reader", "reader": str(reader.public_id)})
    told = ["Confirm who you are" in html_of(x.get(page)) for x in (away, reviewer)]

    assert told == [True, False]
    assert [answer.status_code for answer in refused] == [422, 422]
    assert all("Choose a board reader" in html_of(answer) for answer in refused)
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    with scope(organization=cast.ours.organization):
        assert Share.objects.count() == 1  # of the cast


def test_what_is_shared_with_another_reader_is_unknown(
    cast: Cast, reader: User
) -> None:
    other, ours = Client(), cast.ours.organization
    with scope(organization=ours):
        person = User.objects.create_user("b2@example.org", None, name="Other")
        Membership.objects.create(user=person, organization=ours, role=Role.BOARD)
    sign_in(other, person)

    assert SHARED in html_of(other.get(SHARED))
    file = reverse("shared_file", args=[cast.ours.share.public_id])
    assert file not in html_of(other.get(SHARED))
    assert other.get(file).status_code == 404


def test_reader_is_led_to_what_is_shared_and_nothing_else_names_a_page(
    cast: Cast, inside: Client, settings: Settings
) -> None:
    settings.DEMO = settings.FOUNDING_ALLOWED = True
    home = inside.get(reverse("home"))
    page = html_of(inside.get(SHARED))
    refused = html_of(inside.get(reverse("portfolio")))

    signed_in = enter_password(Client(), cast.ours.people[Role.BOARD])
    assert home["Location"] == signed_in == SHARED
    assert inside.get(reverse("found")).status_code == 200
    User.objects.filter(pk=cast.ours.people[Role.BOARD].pk).update(email=HEAD.email)
    demo = Client().post(reverse("demo_sign_in"), {"person": HEAD.email})
    assert demo["Location"] == SHARED
    for name in ("portfolio", "use_cases", "time_machine", "inbox", "search"):
        assert f'href="{reverse(name)}"' not in page
    assert "You see the papers and packs that were shared with you." in refused
    unknown = inside.get(reverse("result", args=[cast.ours.submitted.pk]))
    assert unknown.status_code == 404
    way = html_of(unknown).partition("<main")[2]
    assert "Go to what was shared with you" in " ".join(way.split())
    assert "your use cases" not in " ".join(way.split())


@pytest.mark.on_both
def test_who_becomes_a_board_reader_gets_nothing_by_other_ways(
    cast: Cast, inside: Client
) -> None:
    ours, person = cast.ours.organization, cast.ours.people[Role.REVIEWER]
    User.objects.filter(pk=person.pk).update(mails=Mails.DAILY, mailed_until=None)
    with scope(organization=ours):
        member = person.memberships.get()
        _, secret = make_feed(member=member, view=None)
        calendar = reverse("calendar_feed", args=[secret])
        before = Client().get(calendar).status_code
        an_hour_ago = timezone.now() - timedelta(hours=1)
        AnswerRequest.objects.filter(of=person).update(at=an_hour_ago)
        asks, by = f"What do you say, @{person}?", cast.ours.contributor
        add_comment(audit=cast.ours.draft, by=by, question="goal", text=asks)
        Comment.objects.update(at=an_hour_ago)
        Membership.objects.filter(pk=member.pk).update(role=Role.BOARD)

        named = mentioned_in(asks, ours)
        mailed = is_mailed(person, cast.ours.draft, is_in_inbox=False)
    mail_digest.call(person.pk)

    assert before == 200
    assert Client().get(calendar).status_code == 404
    assert named == []
    assert not mailed
    assert mail.outbox == []
    # Of whom the cast asked something.
    with scope(organization=ours):
        Membership.objects.filter(pk=member.pk).update(role=Role.REVIEWER)
    mail_digest.call(person.pk)
    assert [sent.to for sent in mail.outbox] == [[person.email]]
