"""Benchmarks: `python -m tests.bench [FILE...]` prints one JSON object a line.

They run on SQLite, or on the server that TEST_DATABASE_URL names.

Times on a shared machine are noise, so each is measured beside a baseline in the
same minute, and the ratio is what counts.
"""

import atexit
import os
import secrets
import sys
import tempfile

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        sqlite = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or sqlite
        os.environ["MEDIA_ROOT"] = folder
        import django  # noqa: PLC0415 - reads the variables set above

        django.setup()
        _use_a_database_of_its_own()
        from tests.bench import (  # noqa: PLC0415 - the same
            changes,
            decisions,
            imports,
            pages,
            papers,
            portfolio,
            saving,
            time_machine,
        )
        from tests.bench.measure import Result  # noqa: PLC0415 - the same

        files = {
            "changes": changes,
            "decisions": decisions,
            "imports": imports,
            "pages": pages,
            "papers": papers,
            "portfolio": portfolio,
            "saving": saving,
            "time_machine": time_machine,
        }
        for name in sys.argv[1:] or files:
            for benchmark in files[name].BENCHMARKS:
                made = benchmark()
                for result in [made] if isinstance(made, Result) else made:
                    sys.stdout.write(result.to_json() + "\n")
                    sys.stdout.flush()


def _use_a_database_of_its_own() -> None:
    """Work beside the databases that a server may have, as tests do."""
    from django.db import connection  # noqa: PLC0415 - the same

    if connection.vendor == "postgresql":
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        atexit.register(connection.creation.destroy_test_db, "", verbosity=0)


main()
