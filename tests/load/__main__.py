"""Load: `python -m tests.load` lets many people save at once, and looks for lost saves.

It starts the site as it is served, on a database of its own: on the server that
TEST_DATABASE_URL names, else on SQLite. It prints one line of JSON, and fails if a save
failed or what was acknowledged is not in the database afterwards.
"""

import argparse
import os
import secrets
import sys
import tempfile
from pathlib import Path

from tests.load.server import database_of_its_own, serving
from tests.migrated import MIGRATED


def main() -> int:
    parser = argparse.ArgumentParser(prog="run load", description=__doc__)
    parser.add_argument("--editors", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--every", type=float, default=5, help="seconds between saves")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, database_of_its_own(folder) as url:
        _set_up(folder, url)
        from tests.load import editors  # noqa: PLC0415 - reads the settings

        people = editors.invite(asked.editors)
        with serving(Path(folder)) as port:
            editors.edit(people, port, asked.seconds, asked.every)
        figures = editors.figures(people)
    for error in sorted({error for editor in people for error in editor.errors})[:5]:
        sys.stderr.write(f"{error}\n")
    sys.stdout.write(figures.to_json() + "\n")
    return 1 if figures.errors or figures.missing or not figures.saves else 0


def _set_up(folder: str, url: str) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": url,
        "MEDIA_ROOT": folder,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "no",  # there is no proxy before it
        "LOG_LEVEL": "WARNING",
    }
    os.environ.pop("ATTUNE_DEMO", None)
    import django  # noqa: PLC0415 - reads the variables set above
    from django.core.management import call_command  # noqa: PLC0415 - the same

    django.setup()
    file = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite") and MIGRATED.copied_to(file):
        return
    call_command("migrate", verbosity=0)
    MIGRATED.keep(file)


if __name__ == "__main__":
    sys.exit(main())
