"""Passwords: long, any letters, not common and no mere names."""

import re
from hashlib import sha1
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from audits.models import User
from audits.people.breached_passwords import is_breached
from tests.casting import PASSWORD, Cast
from tests.pages import html_of

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    "password",
    [
        "eleven char",
        "qwertyqwerty",
        "administrator",
        "1q2w3e4r5t6y7u8i9o0p",
        "password1234!",
        "PasswordPassword",
        "letmeinletmein",
        "correct horse battery staple",
        "------------",
        "123456123456123",
    ],
)
def test_short_and_common_passwords_are_refused(db: None, password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "Northgate Mutual 1",
        "northgatemutual2026",
        "Northgate-Contributor",
        "contributor@northgate.example",
        "Attune Attune 24",
        "\uff2eorthgate northgate",
    ],
)
def test_names_of_house_person_and_product_are_refused(
    cast: Cast, password: str
) -> None:
    with pytest.raises(ValidationError, match=r"mostly a name|too common"):
        validate_password(password, cast.ours.contributor)


@pytest.mark.parametrize(
    "password",
    [
        "seven grey herons in Northgate",
        "zwölf Boxkämpfer jagen",
        "密码是一只会飞的蓝色小猫咪",
        "🦊🌲🦉🌙🐢🍄🌊🪨🔥🦔🌾🦀",
        "kite lamp " * 19 + "meadow ten",
    ],
)
def test_long_ones_of_any_letters_are_taken_and_open(cast: Cast, password: str) -> None:
    client, person = Client(), cast.ours.contributor
    client.force_login(person)

    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )
    form = {"login": person.email, "password": password}
    signed_in = Client().post(reverse("account_login"), form)

    assert signed_in.status_code == 302, html_of(signed_in)


@pytest.mark.parametrize("number", [1, 2, 999])
def test_breached_password_is_refused_by_a_sorted_file_or_a_folder_of_ranges(
    tmp_path: Path, settings: Settings, number: int
) -> None:
    stolen = [f"seven grey herons {each}" for each in range(number)]
    digests = sorted(sha1(each.encode()).hexdigest().upper() for each in stolen)  # noqa: S324
    file, folder = tmp_path / "sorted.txt", tmp_path / "ranges"
    file.write_text("".join(f"{x}:{len(x) * 7}\n" for x in digests))
    folder.mkdir()
    for each in digests:
        with (folder / f"{each[:5]}.txt").open("a") as range_file:
            range_file.write(f"{each[5:]}:3\r\n")

    assert [each for each in stolen if not is_breached(each, file)] == []
    assert [each for each in stolen if not is_breached(each, folder)] == []
    others = [f"seven blue herons {each}" for each in range(50)]
    assert not any(is_breached(each, file) for each in others)
    settings.BREACHED_PASSWORDS = str(file)
    with pytest.raises(ValidationError, match="public list of stolen passwords"):
        validate_password(stolen[0])
    validate_password(others[0])
    settings.BREACHED_PASSWORDS = str(tmp_path / "gone")
    with pytest.raises(ValidationError, match="cannot be checked now"):
        validate_password(others[0])


def test_password_opens_exactly_as_it_was_set(cast: Cast) -> None:
    client, person, new = Client(), cast.ours.contributor, "  Seven grey Herons  "
    client.force_login(person)
    form = {"password1": new, "password2": new}
    client.post(reverse("account_change_password"), {**form, "oldpassword": "a guess"})
    person.refresh_from_db()
    unchanged = person.check_password(PASSWORD)
    client.post(reverse("account_change_password"), {**form, "oldpassword": PASSWORD})

    person.refresh_from_db()
    assert unchanged
    opens = {text: person.check_password(text) for text in (new, new.strip())}
    assert opens == {new: True, new.strip(): False}
    signed_in = [
        Client().post(
            reverse("account_login"), {"login": person.email, "password": password}
        )
        for password in (new.strip(), new.lower(), new)
    ]
    assert [answer.status_code for answer in signed_in] == [200, 200, 302]


def test_fields_of_passwords_are_masked_and_open_to_password_managers(
    cast: Cast,
) -> None:
    client = Client()
    client.force_login(cast.ours.contributor)
    pages = [
        html_of(Client().get(reverse("account_login"))),
        html_of(client.get(reverse("account_change_password"))),
    ]

    fields = [
        field
        for page in pages
        for field in re.findall(r"<input[^>]*>", page)
        if re.search(r'name="\w*password\d?"', field)
    ]

    assert len(fields) == 4
    for field in fields:
        assert 'type="password"' in field
        assert re.search('autocomplete="(current|new)-password"', field)
        assert "maxlength" not in field
        assert "onpaste" not in field


def test_sign_in_under_way_hashes_anew_only_the_password_that_it_checked(
    cast: Cast,
) -> None:
    """A short salt is an old hash, as one of fewer rounds is after an update."""
    person, new = cast.ours.contributor, make_password("seven grey herons at sea")
    own, old = User.objects.filter(pk=person.pk), make_password(PASSWORD, salt="old")
    form = {"login": person.email, "password": PASSWORD}
    done: list[str] = []

    def reset(execute: Any, sql: str, *others: Any) -> Any:
        if sql.startswith('UPDATE "audits_user" SET "password"') and not done:
            done.append(sql)
            own.update(password=new)
        return execute(sql, *others)

    own.update(password=old)
    late = Client()
    with connection.execute_wrapper(reset):
        late.post(reverse("account_login"), form)
    kept = own.values_list("password", flat=True).get()
    opened = late.get(reverse("portfolio")).status_code
    own.update(password=old)
    in_time = Client()
    in_time.post(reverse("account_login"), form)
    person.refresh_from_db()
    newer, told = person.password, {}
    for text in (PASSWORD, "a guess"):
        own.update(password=old)
        person.refresh_from_db()
        told[text] = async_to_sync(person.acheck_password)(text), person.password == old

    assert done
    assert (kept, opened) == (new, 302)
    assert newer not in {old, new}
    assert told == {PASSWORD: (True, False), "a guess": (False, True)}
    own.update(password=newer)
    assert in_time.get(reverse("portfolio")).status_code == 200
