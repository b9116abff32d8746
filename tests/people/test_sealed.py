"""What is encrypted opens with its key and purpose only; what is drawn is new."""

import re

import pytest
from allauth.mfa import app_settings
from pytest_django import Settings

from audits.people.factors.drawn import new_secret
from audits.services.people.sealed import Unreadable, seal, unseal


def test_sealed_text_opens_for_its_purpose_alone_and_only_unchanged(
    settings: Settings,
) -> None:
    sealed = seal("a secret", "one")
    middle = len(sealed) // 2
    changed = f"{sealed[:middle]}{'A' if sealed[middle] != 'A' else 'B'}"

    assert unseal(sealed, "one") == "a secret"
    assert seal("a secret", "one") != sealed
    for text, purpose in ((sealed, "two"), (f"{changed}{sealed[middle + 1 :]}", "one")):
        with pytest.raises(Unreadable):
            unseal(text, purpose)
    settings.SECRET_KEY = "x" * 60
    with pytest.raises(Unreadable):
        unseal(sealed, "one")


def test_secrets_of_second_factors_are_long_and_new_each_time() -> None:
    drawn = {new_secret() for _ in range(20)}

    assert len(drawn) == 20
    assert all(re.fullmatch("[A-Z2-7]{32}", secret) for secret in drawn)  # 160 bits
    # Hexadecimal digits, 4 bits each.
    assert app_settings.RECOVERY_CODE_DIGITS * 4 >= 20
