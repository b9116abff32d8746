"""The tokens of forms are those that Django takes."""

from collections import Counter
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.middleware import csrf
from django.middleware.csrf import (
    CSRF_ALLOWED_CHARS,
    CSRF_SECRET_LENGTH,
    get_token,
)
from django.test import Client
from django.urls import reverse

from audits.access.csrf_tokens import csrf_token_of
from tests.casting import Cast

# The stubs of Django leave out what is not documented.
_does_token_match: Any = vars(csrf)["_does_token_match"]
_unmask_cipher_token: Any = vars(csrf)["_unmask_cipher_token"]


def test_token_is_one_of_django_for_the_same_secret() -> None:
    request = HttpRequest()
    secret = request.META["CSRF_COOKIE"] = CSRF_ALLOWED_CHARS[:CSRF_SECRET_LENGTH]

    tokens = {csrf_token_of(request) for _ in range(20)}

    assert len(tokens) == 20
    for token in (*tokens, get_token(request)):
        assert _unmask_cipher_token(token) == secret
        assert _does_token_match(token, secret)
    assert not _does_token_match(next(iter(tokens)), secret[::-1])
    assert request.META["CSRF_COOKIE_NEEDS_UPDATE"]


def test_request_without_a_secret_gets_one_that_nobody_had() -> None:
    secrets = set()
    for _ in range(200):
        request = HttpRequest()
        token = csrf_token_of(request)
        secrets.add(request.META["CSRF_COOKIE"])
        assert _does_token_match(token, request.META["CSRF_COOKIE"])

    assert len(secrets) == 200
    assert {len(secret) for secret in secrets} == {CSRF_SECRET_LENGTH}
    # 6,400 letters, so about 103 of each.
    counted = Counter("".join(secrets))
    assert set(counted) == set(CSRF_ALLOWED_CHARS)
    assert max(counted.values()) < 2 * min(counted.values()) + 60


@pytest.mark.parametrize("changed", [False, True])
def test_form_of_a_page_is_taken_with_its_own_token_alone(
    cast: Cast, changed: bool
) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.ours.contributor)
    page = browser.get(reverse("use_cases")).content.decode()
    _, _, rest = page.partition('name="csrfmiddlewaretoken" value="')
    token, _, rest = rest.partition('"')
    _, _, rest = rest.partition('name="page-of" value="')
    ticket, _, _ = rest.partition('"')
    if changed:
        token = token[::-1]

    answer = browser.post(
        reverse("choose_theme"),
        {"csrfmiddlewaretoken": token, "page-of": ticket, "theme": "dark"},
    )

    assert settings.CSRF_COOKIE_NAME in browser.cookies
    assert (answer.status_code == 403) is changed
