"""The organisations that benchmarks work in."""

from django.core.management import call_command
from django.test import override_settings

from tests.casting import House, build_house

# Nobody is there to take a mail.
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


def founded(slug: str, word: str) -> House:
    """Bring the database up to date, and found an organisation in it."""
    call_command("migrate", verbosity=0)
    with override_settings(MAILERS=MAILERS):
        return build_house(slug, word)
