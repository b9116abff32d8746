"""What Attune's settings read, as every test has it. It imports nothing of Attune."""

import os
import secrets
from functools import cache


# Once: the processes of a run are copies of one in which the settings were read.
@cache
def set_environment() -> None:
    """Set it before the settings are read."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)
    os.environ["DATABASE_URL"] = (
        os.environ.get("TEST_DATABASE_URL") or "sqlite:///unused"
    )
    os.environ.pop("ATTUNE_DEMO", None)
