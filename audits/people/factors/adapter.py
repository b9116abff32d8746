"""How allauth stores second factors here, and what it calls this site to their apps."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator

from audits.models import User
from audits.services.people.factors.factors import UnreadableSecret
from audits.services.people.sealed import Unreadable, seal, unseal

PRODUCT = "Attune"
_PURPOSE = "audits.second_factors"


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """Encrypts secrets with a key made of SECRET_KEY, so that no backup opens one."""

    def get_totp_issuer(self) -> str:
        return PRODUCT

    def encrypt(self, text: str) -> str:
        return seal(text, _PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret.

        Raises:
            UnreadableSecret: It was encrypted with another SECRET_KEY.
        """
        try:
            return unseal(encrypted_text, _PURPOSE)
        except Unreadable as error:
            raise UnreadableSecret from error

    def _get_site_name(self) -> str:
        return PRODUCT

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - its name in allauth
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return f"Passkey {number}"
