"""The page that asks a colleague, and its way back."""

from html import escape
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries, Settings

from audits.discussion.forms import AskForm
from audits.models import AnswerRequest, Audit, Membership, Role, User
from audits.services.discussion.answer_requests import ask_colleague
from tests.casting import Cast
from tests.discussion.conftest import MARKUP, ClientOf
from tests.examples import some_of
from tests.pages import html_of
from tests.queued_mails import send_queued_mails
from tests.signed_in import sign_in


def url(audit: Audit, **query: str) -> str:
    return reverse("ask", args=[audit.pk], query=query)


def form(cast: Cast, **fields: str) -> dict[str, str]:
    admin = cast.ours.people[Role.ADMIN]
    return {"section": "cost", "of": str(admin.public_id), "message": ""} | fields


def asks(cast: Cast) -> list[AnswerRequest]:
    with scope(organization=cast.ours.organization):
        return list(AnswerRequest.objects.with_audit().exclude(pk=cast.ours.ask.pk))


def text(client: Client, there: str) -> str:
    response = client.get(there)
    assert response.status_code == 200
    return html_of(response)


def test_page_says_what_is_asked_and_offers_those_who_may_answer(
    cast: Cast, client: Client
) -> None:
    page = text(client, url(cast.ours.draft, section="cost"))

    assert "<h1>Ask a colleague</h1>" in page
    assert (
        "Choose a colleague to answer the section “Cost and speed” about "
        "<bdi>Northgate triage</bdi>. It takes about 3 minutes." in page
    )
    names = ["Choose a colleague", "Northgate admin", "Northgate reviewer"]
    names[1:] = [f"{name} (may review)" for name in names[1:]]
    places = [page.index(f">{name}</option>") for name in names]
    assert places == sorted(places)
    assert page.count("<option") == 3
    back = reverse("section", args=[cast.ours.draft.pk, "cost"])
    assert f'<a class="crumb" href="{back}">' in page


@pytest.mark.once
def test_page_of_one_question_quotes_it(cast: Cast, client: Client) -> None:
    page = text(client, url(cast.ours.draft, question="latency"))

    assert "How quickly must the answer, or its first words, arrive?" in page
    assert '<input type="hidden" name="section" value="cost">' in page
    assert '<input type="hidden" name="question" value="latency">' in page


def test_colleague_is_asked_and_the_page_says_so(cast: Cast, client: Client) -> None:
    posted = form(cast, question="latency", message="By Friday\nif you can")

    response = client.post(url(cast.ours.draft), posted)

    here = url(cast.ours.draft, section="cost", question="latency")
    assert response["Location"] == here
    (made,) = asks(cast)
    assert (made.of, made.by) == (cast.ours.people[Role.ADMIN], cast.ours.contributor)
    page = text(client, here)
    assert "<strong><bdi>Northgate admin</bdi></strong> was asked just now" in page
    assert "By Friday<br>if you can" in page
    assert "Northgate waits for it" not in page  # another section's
    assert f'action="{reverse("close_ask", args=[made.pk])}"' in page


def test_page_sends_no_mail_itself_and_asks_the_worker_once(
    cast: Cast, mailoutbox: list[EmailMessage], client: Client
) -> None:
    client.post(url(cast.ours.draft), form(cast))
    client.post(url(cast.ours.draft), form(cast))
    assert mailoutbox == []

    send_queued_mails()

    assert [mail.to for mail in mailoutbox] == [["admin@northgate.example"]]


def test_pages_say_that_the_mail_failed_once_the_worker_knows(
    cast: Cast, settings: Settings, client: Client
) -> None:
    settings.MAILERS = {
        "default": {"BACKEND": "tests.discussion.broken_mail.RefusingBackend"}
    }
    said = "The email could not be sent."

    response = client.post(url(cast.ours.draft), form(cast))

    page = text(client, response["Location"])
    assert "<strong><bdi>Northgate admin</bdi></strong> was asked just now" in page
    assert said not in page
    send_queued_mails()
    page = text(client, response["Location"])
    assert f"{said} <bdi>Northgate admin</bdi> sees the request in" in page
    short = "</bdi> was asked just now, but the email could not be sent"
    shown = text(client, reverse("tasks", args=[cast.ours.draft.pk]))
    assert short in " ".join(shown.split())


@pytest.mark.thorough
@pytest.mark.once
def test_section_is_chosen_where_the_address_names_none(
    cast: Cast, client: Client
) -> None:
    page = text(client, url(cast.ours.draft))
    refused = client.post(url(cast.ours.draft), form(cast, section=""))
    client.post(url(cast.ours.draft), form(cast, section="data"))

    assert '<option value="ability">Ability and rights</option>' in page
    assert "Choose a section</a>" in html_of(refused)
    assert [made.section for made in asks(cast)] == ["data"]


@pytest.mark.once
@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"of": ""}, "Choose a colleague"),
        (
            {"message": "x" * 1001},
            "Use 1,000 characters or fewer; you used 1,001, 1 too many",
        ),
    ],
)
def test_refused_ask_is_explained_and_kept(
    cast: Cast, client: Client, fields: dict[str, str], message: str
) -> None:
    kept = {"message": "By Friday"} | fields

    response = client.post(url(cast.ours.draft), form(cast, **kept))

    page = html_of(response)
    assert response.status_code == 422
    assert "<title>Error: Ask a colleague – Attune</title>" in page
    assert message in page
    assert f"\n{kept['message']}</textarea>" in page
    assert asks(cast) == []


@pytest.mark.parametrize("who", ["viewer", "stranger", "nobody", "oneself"])
def test_nobody_else_can_be_chosen(cast: Cast, client: Client, who: str) -> None:
    people = {
        "viewer": cast.ours.people[Role.VIEWER],
        "stranger": cast.theirs.contributor,
        "nobody": cast.unassigned,
        "oneself": cast.ours.contributor,
    }

    response = client.post(
        url(cast.ours.draft), form(cast, of=str(people[who].public_id))
    )

    assert response.status_code == 422
    assert "Choose a colleague from the list" in html_of(response)
    assert asks(cast) == []


@pytest.mark.once
@pytest.mark.parametrize(
    "query",
    [
        {"section": "weather"},
        {"question": "weather"},
        {"section": "cost", "question": "goal"},
    ],
)
def test_what_is_not_in_the_framework_is_not_found(
    cast: Cast, client: Client, query: dict[str, str]
) -> None:
    posted = form(cast) | query

    assert client.get(url(cast.ours.draft, **query)).status_code == 404
    assert client.post(url(cast.ours.draft), posted).status_code == 404
    assert asks(cast) == []


def test_colleague_is_asked_by_their_address(cast: Cast, client: Client) -> None:
    posted = form(cast, of="", address=" Admin@Northgate.example ")

    response = client.post(url(cast.ours.draft), posted)

    assert response.status_code == 302
    assert [made.of for made in asks(cast)] == [cast.ours.people[Role.ADMIN]]


@pytest.mark.on_both
def test_address_of_nobody_says_the_same_as_one_of_another_organization(
    cast: Cast, client: Client
) -> None:
    said = (
        "Nobody in Northgate Mutual has the address {}. They need an account before "
        "you can ask them. Ask an administrator: Northgate admin "
        "(admin@northgate.example)"
    )
    theirs = cast.theirs.contributor.email

    for address in ("ada@firm.example", theirs, cast.unassigned.email):
        response = client.post(url(cast.ours.draft), form(cast, of="", address=address))

        page = html_of(response)
        assert response.status_code == 422
        assert page.count(said.format(address)) == 2
        assert f'value="{address}"' in page
        assert cast.theirs.contributor.name not in page
    assert asks(cast) == []


@pytest.mark.parametrize(
    ("address", "message"),
    [
        (
            "viewer@northgate.example",
            "Northgate viewer may read but not answer. Ask an administrator: "
            "Northgate admin (admin@northgate.example)",
        ),
        ("contributor@northgate.example", "This is your own address"),
        ("reviewer@northgate.example", "This is the address of another colleague"),
        ("ada", "Enter an email address, such as ada@example.org"),
    ],
)
def test_address_that_cannot_be_asked_is_explained(
    cast: Cast, client: Client, address: str, message: str
) -> None:
    response = client.post(url(cast.ours.draft), form(cast, address=address))

    assert response.status_code == 422
    assert message in html_of(response)
    assert asks(cast) == []


@pytest.mark.once
def test_page_of_one_question_leads_to_its_whole_section(
    cast: Cast, client: Client
) -> None:
    page = text(client, url(cast.ours.draft, question="latency"))

    link = '<a href="?section=cost">Ask for the whole section “Cost and speed” instead'
    assert link in page
    assert "instead" not in text(client, url(cast.ours.draft, section="cost"))


@pytest.mark.thorough
def test_viewer_and_stranger_ask_nobody(cast: Cast, client_of: ClientOf) -> None:
    stranger = Client()
    sign_in(stranger, cast.theirs.contributor)

    for someone, status in ((client_of(Role.VIEWER), 403), (stranger, 404)):
        assert someone.get(url(cast.ours.draft)).status_code == status
        response = someone.post(url(cast.ours.draft), form(cast))
        assert response.status_code == status

    assert asks(cast) == []


@pytest.mark.once
def test_locked_answers_show_their_result_instead(cast: Cast, client: Client) -> None:
    result = reverse("result", args=[cast.ours.submitted.pk])

    assert client.get(url(cast.ours.submitted))["Location"] == result
    posted = client.post(url(cast.ours.submitted), form(cast))
    assert posted["Location"] == result
    assert asks(cast) == []


def test_alone_in_the_house_there_is_nobody_to_ask(cast: Cast, client: Client) -> None:
    with scope(organization=cast.ours.organization):
        Membership.objects.exclude(user=cast.ours.contributor).delete()

    page = text(client, url(cast.ours.draft, section="cost"))

    assert "Ask an administrator to add a colleague" in page
    assert "<select" not in page


def test_asker_withdraws(cast: Cast, client: Client) -> None:
    response = client.post(reverse("close_ask", args=[cast.ours.ask.pk]))

    here = url(cast.ours.draft, section="purpose")
    assert response["Location"] == here
    assert "Open requests" not in text(client, here)


def test_third_person_closes_nothing(cast: Cast, client_of: ClientOf) -> None:
    admin = client_of(Role.ADMIN)
    with scope(organization=cast.ours.organization):
        AnswerRequest.objects.filter(pk=cast.ours.ask.pk).update(at=timezone.now())

    response = admin.post(reverse("close_ask", args=[cast.ours.ask.pk]))

    assert response.status_code == 403
    said = "Only the person who asked and the person who was asked can close this."
    assert said in html_of(response)
    page = text(admin, url(cast.ours.draft, section="purpose"))
    assert "<strong><bdi>Northgate reviewer</bdi></strong> was asked just now" in page
    assert "Withdraw" not in page


@pytest.mark.once
@pytest.mark.parametrize("markup", some_of(MARKUP, 2))
def test_message_and_names_stay_text(cast: Cast, client: Client, markup: str) -> None:
    reviewer = cast.ours.people[Role.REVIEWER]
    reviewer.name = markup[:80]
    reviewer.save()
    client.post(
        url(cast.ours.draft), form(cast, of=str(reviewer.public_id), message=markup)
    )

    page = text(client, url(cast.ours.draft, section="cost"))

    assert markup not in page
    assert f'<p class="small" dir="auto">{escape(markup)}</p>' in page
    assert f"<strong><bdi>{escape(markup[:80])}</bdi></strong>" in page
    assert f">{escape(markup[:80])} (may review)</option>" in page


@pytest.mark.once
@pytest.mark.parametrize("more", [0, 29])
def test_many_asks_cost_no_more_queries(
    cast: Cast,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    more: int,
) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        for number in range(more):
            colleague = User.objects.create_user(f"{number}@n.example", None, name="C")
            Membership.objects.create(
                user=colleague, organization=tenant.organization, role=Role.REVIEWER
            )
            ask_colleague(
                audit=tenant.draft,
                by=tenant.contributor,
                of=colleague,
                section="purpose",
            )

    # Session, person, membership; audit; asks; whether there are colleagues, and who;
    # the inbox's count.
    with django_assert_num_queries(8):
        page = text(client, url(tenant.draft, section="purpose"))
    assert page.count("</strong> was asked") == 1 + more


def test_message_to_somebody_who_is_asked_already_is_not_dropped(
    cast: Cast, client: Client
) -> None:
    colleague = Client()
    sign_in(colleague, cast.ours.people[Role.REVIEWER])
    colleague.post(url(cast.ours.draft), form(cast, message="The sales desk knows."))

    page = client.post(url(cast.ours.draft), form(cast, message="By Friday"))
    twice = colleague.post(
        url(cast.ours.draft), form(cast, message="The sales desk knows.")
    )

    text = html_of(page)
    assert page.status_code == 422
    assert "Northgate reviewer has already asked Northgate admin this" in text
    assert ">\nBy Friday</textarea>" in text
    assert twice.status_code == 302
    assert [ask.message for ask in asks(cast)] == ["The sales desk knows."]


@pytest.mark.thorough
def test_message_for_an_audit_that_was_submitted_meanwhile_is_given_back(
    cast: Cast, client: Client
) -> None:
    here = cast.ours.submitted
    answer = client.post(
        reverse("ask", args=[here.pk]), form(cast, message="Do you <know> it?")
    )

    told = text(client, answer["Location"])

    assert answer["Location"] == reverse("result", args=[here.pk])
    assert "You wrote: “Do you &lt;know&gt; it?”" in told
    assert asks(cast) == []


def test_list_of_colleagues_says_who_may_review() -> None:
    none, people = User.objects.none(), [User(name="Ada"), User(name="Bo")]
    given: Any = {"colleagues": none, "why_not": str, "sections": ()}
    field: Any = AskForm(answerers_may_sign=True, **given).fields["of"]
    for person, may_review in zip(people, (True, False), strict=True):
        vars(person)["may_review"] = may_review

    labels = [field.label_from_instance(each) for each in people]

    assert labels == ["Ada (may review)", "Bo"]
