"""The organizations that benchmarks work in."""

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.test import override_settings

from tests.casting import Tenant, build_tenant

# Nobody is there to take a mail.
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


@contextmanager
def site(**more: Any) -> Iterator[None]:
    """Serve the pages with their styles and scripts, as in production."""
    with (
        TemporaryDirectory() as folder,
        override_settings(
            ALLOWED_HOSTS=["testserver"], STATIC_ROOT=folder, MAILERS=MAILERS, **more
        ),
    ):
        call_command("collectstatic", verbosity=0)
        yield


def founded(slug: str, word: str) -> Tenant:
    """Bring the database up to date, and found an organization in it."""
    call_command("migrate", verbosity=0)
    with override_settings(MAILERS=MAILERS):
        return build_tenant(slug, word)
