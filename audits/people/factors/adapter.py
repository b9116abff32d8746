"""How allauth stores second factors here, and what it calls this site to their apps."""

import base64
import hashlib
from typing import TYPE_CHECKING

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings

from audits.models import User
from audits.services.people.factors.factors import UnreadableSecret

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

PRODUCT = "Attune"


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """Encrypts secrets with a key made of SECRET_KEY, so that no backup opens one."""

    def get_totp_issuer(self) -> str:
        return PRODUCT

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret.

        Raises:
            UnreadableSecret: It was encrypted with another SECRET_KEY.
        """
        from cryptography.fernet import InvalidToken  # noqa: PLC0415 - see _cipher

        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise UnreadableSecret from error

    def _get_site_name(self) -> str:
        return PRODUCT

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - its name in allauth
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return f"Passkey {number}"


def _cipher() -> "MultiFernet":
    # A process keeps some MiB of it: it loads where a code is first used.
    from cryptography.fernet import Fernet, MultiFernet  # noqa: PLC0415

    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key_of(key)) for key in keys])


def _key_of(secret: str) -> bytes:
    made = hashlib.sha256(f"audits.second_factors\n{secret}".encode()).digest()
    return base64.urlsafe_b64encode(made)
