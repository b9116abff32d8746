"""Benchmarks: `python -m tests.bench` prints one JSON object a line.

Times on a shared machine are noise, so each is measured beside a baseline in the
same minute, and the ratio is what counts.
"""

import os
import secrets
import sys
import tempfile

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["MEDIA_ROOT"] = folder
        import django  # noqa: PLC0415 - reads the variables set above

        django.setup()
        from tests.bench import decisions, papers  # noqa: PLC0415 - the same

        for benchmark in (*decisions.BENCHMARKS, *papers.BENCHMARKS):
            sys.stdout.write(benchmark().to_json() + "\n")
            sys.stdout.flush()


main()
