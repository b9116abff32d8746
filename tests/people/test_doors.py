import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from pytest_django import Settings

from audits.models import User
from audits.services.demo.demo import DEMO_PEOPLE, LEAD
from audits.services.demo.sample import SAMPLE_PEOPLE
from tests.casting import PASSWORD, Cast
from tests.examples import some_of
from tests.loaded_demo import DEMO, SAMPLE
from tests.pages import html_of


def sign_in(client: Client, email: str, password: str, **extra: str) -> str:
    form = {"login": email, "password": password, **extra}
    response = client.post(reverse("account_login"), form)
    return response.get("Location", "")


def test_password_opens_the_use_cases(cast: Cast) -> None:
    client = Client()

    assert sign_in(client, cast.ours.contributor.email, PASSWORD) == "/use-cases/"
    assert client.get(reverse("use_cases")).status_code == 200


@pytest.mark.parametrize("email", ["contributor@northgate.example", "no@example.org"])
def test_wrong_password_and_unknown_person_sound_alike(cast: Cast, email: str) -> None:
    response = Client().post(
        reverse("account_login"), {"login": email, "password": "guess"}
    )

    page = html_of(response)
    assert "The email address or the password is wrong." in page


@pytest.mark.once
@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_sign_in_leads_nowhere_else(cast: Cast, target: str) -> None:
    where = sign_in(Client(), cast.ours.contributor.email, PASSWORD, next=target)

    assert where == "/use-cases/"


@pytest.mark.thorough
@pytest.mark.once
def test_sign_in_page_has_our_own_words(db: None) -> None:
    page = html_of(Client().get(reverse("account_login")))

    assert re.findall(r"<label[^>]*>\s*([^<]*?)\s*<", page) == [
        "Email address",
        "Password",
        "Stay signed in",
    ]
    assert "Forgotten password" in page


def test_nobody_signs_up(db: None) -> None:
    response = Client().post(
        reverse("account_signup"),
        {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert "Attune is by invitation" in html_of(response)


@pytest.mark.usefixtures("mails_at_once")
def test_forgotten_password_is_set_anew_by_mail(cast: Cast) -> None:
    client = Client()
    person = cast.ours.contributor
    client.post(reverse("account_reset_password"), {"email": person.email})
    found = re.search(
        r"https?://[^/]+(/password/reset/key/\S+)", str(mail.outbox[0].body)
    )
    assert found

    form_page = client.get(found.group(1), follow=True)
    new = "a brand new horse battery"
    client.post(form_page.request["PATH_INFO"], {"password1": new, "password2": new})

    assert sign_in(Client(), person.email, new) == "/use-cases/"


@pytest.mark.thorough
@pytest.mark.once
def test_demo_door_opens_with_one_click_in_demo_mode(
    db: None, settings: Settings
) -> None:
    settings.DEMO = True
    DEMO.put()
    client = Client()

    response = client.post(reverse("demo_sign_in"), {"person": LEAD.email})

    assert response["Location"] == reverse("use_cases")
    page = html_of(client.get(reverse("use_cases")))
    assert LEAD.name in page


@pytest.mark.thorough
@pytest.mark.once
@pytest.mark.parametrize("key", some_of(list(SAMPLE_PEOPLE), 2))
def test_sample_company_opens_with_its_people(
    db: None, settings: Settings, key: str
) -> None:
    settings.DEMO = True
    SAMPLE.put()
    client, person = Client(), SAMPLE_PEOPLE[key]

    response = client.post(reverse("demo_sign_in"), {"person": person.email})

    page = "use_cases" if key == "lead" else "portfolio"
    assert response["Location"] == reverse(page)
    shown = " ".join(strip_tags(html_of(client.get(reverse(page)))).split())
    assert "· Halden Mutual sample" in shown


@pytest.mark.parametrize(
    ("page", "opened"),
    [("time_machine", "time_machine"), ("settings", "use_cases"), ("", "use_cases")],
)
@pytest.mark.once
def test_demo_door_leads_to_the_time_machine_and_no_other_page(
    db: None, settings: Settings, page: str, opened: str
) -> None:
    settings.DEMO = True
    DEMO.put()
    client = Client()
    shown = html_of(client.get(reverse("home")))
    assert 'name="page" value="time_machine"' in shown
    assert shown.count("btn-primary") == 1

    sent = {"person": LEAD.email, "page": page}
    response = client.post(reverse("demo_sign_in"), sent)

    assert response["Location"] == reverse(opened)


@pytest.mark.parametrize("person", [LEAD.email, "admin@northgate.example", ""])
@pytest.mark.on_both
def test_demo_door_opens_for_nobody_else(
    cast: Cast, settings: Settings, person: str
) -> None:
    settings.DEMO = True

    response = Client().post(reverse("demo_sign_in"), {"person": person})

    assert response.status_code == 404


@pytest.mark.once
def test_demo_people_are_named_in_demo_mode_only(db: None, settings: Settings) -> None:
    without = html_of(Client().get(reverse("home")))
    settings.DEMO = True
    within = html_of(Client().get(reverse("home")))

    for person in (*DEMO_PEOPLE, *SAMPLE_PEOPLE.values()):
        assert person.email not in without
        assert person.email in within


@pytest.mark.once
def test_chosen_colours_are_kept_and_lead_back(db: None) -> None:
    client = Client()

    response = client.post(
        reverse("choose_theme"),
        {"theme": "dark"},
        headers={"Referer": "http://testserver/method/"},
    )

    assert response["Location"] == "http://testserver/method/"
    assert 'data-theme="dark"' in html_of(client.get(reverse("method")))


@pytest.mark.once
@pytest.mark.parametrize("back", ["https://evil.example/", "", "//evil.example"])
def test_colours_lead_nowhere_else(db: None, back: str) -> None:
    response = Client().post(
        reverse("choose_theme"), {"theme": "<b>"}, headers={"Referer": back}
    )

    assert response["Location"] == "/"
    assert not response.cookies


def test_closed_account_is_told_so(cast: Cast) -> None:
    person = cast.ours.contributor
    person.is_active = False
    person.save(update_fields=["is_active"])
    client = Client()

    where = sign_in(client, person.email, PASSWORD)

    assert "This account is closed" in html_of(client.get(where))


def test_address_is_kept_in_small_letters(db: None) -> None:
    person = User.objects.create_user("New@Example.org", PASSWORD, name="New")

    assert person.email == "new@example.org"
    assert sign_in(Client(), "NEW@example.org", PASSWORD) == "/founding/"
