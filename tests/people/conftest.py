"""What tests of people share."""

import pytest
from pytest_django import Settings


@pytest.fixture
def mails_at_once(settings: Settings) -> None:
    """Send a mail in the request that asks for it."""
    settings.TASKS = {
        "default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}
    }
