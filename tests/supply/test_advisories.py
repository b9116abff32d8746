"""No answer about weaknesses is said to be none, and never passes as a clean bill."""

import json
import sys
import time
from pathlib import Path
from typing import Any

from tests.supply.advisories import UNREACHABLE, Answer, ask, understand


def audited(*dependencies: dict[str, Any]) -> str:
    return json.dumps({"dependencies": dependencies, "fixes": []})


CLEAN = {"name": "django", "version": "6.1.3", "vulns": []}
WEAK = {
    "name": "pillow",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-2021-1", "fix_versions": ["1.1"]}],
}
PASSED_OVER = {"name": "gunicorn", "skip_reason": "Dependency not found on PyPI"}


def test_a_clean_answer_about_all_packages_is_a_check() -> None:
    assert understand(0, audited(CLEAN), "") == Answer(checked=True)


def test_a_weakness_is_named_with_the_version_that_fixes_it() -> None:
    assert understand(1, audited(CLEAN, WEAK), "").problems == (
        "pillow 1.0: PYSEC-2021-1, fixed in 1.1.",
    )


def test_a_source_that_knows_no_package_was_not_reached() -> None:
    nothing_found = "No known vulnerabilities found"

    assert understand(0, audited(PASSED_OVER), nothing_found) == UNREACHABLE


def test_one_package_that_is_passed_over_fails_the_check() -> None:
    assert understand(0, audited(CLEAN, PASSED_OVER), "").problems == (
        "gunicorn: the source of advisories does not know it.",
    )


def test_a_refused_connection_is_not_checked() -> None:
    errors = "requests.exceptions.ConnectionError: Max retries exceeded"

    assert understand(1, "", errors) == UNREACHABLE


def test_anything_else_that_breaks_off_fails_the_check() -> None:
    assert understand(2, "", "error: no such option\n").problems == (
        "pip-audit broke off: error: no such option",
    )


def test_a_silent_network_is_waited_for_no_longer_than_the_limit(
    tmp_path: Path,
) -> None:
    began = time.monotonic()

    sleeping = (sys.executable, "-c", "import time; time.sleep(30)")

    assert ask(tmp_path, sleeping, limit=0.5) == UNREACHABLE
    assert time.monotonic() - began < 10
