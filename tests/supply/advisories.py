"""Whether weaknesses of what requirements.txt pins are known, if that can be asked."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

LIMIT = 20
"""Seconds; a network that swallows every packet must not hold up the other steps."""
_UNREACHABLE = ("ConnectionError", "ConnectTimeout", "ReadTimeout", "ProxyError")
_COMMAND = (
    *(sys.executable, "-m", "pip_audit", "--requirement", "requirements.txt"),
    *("--disable-pip", "--require-hashes", "--format", "json"),
    *("--progress-spinner", "off", "--timeout", "5"),
)


@dataclass(frozen=True)
class Answer:
    """What an audit came to."""

    checked: bool
    problems: tuple[str, ...] = ()


UNREACHABLE = Answer(checked=False)


def ask(
    root: Path, command: tuple[str, ...] = _COMMAND, limit: float = LIMIT
) -> Answer:
    """Ask for advisories about the requirements of a folder."""
    try:
        audit = subprocess.run(
            command,
            cwd=root,
            capture_output=True,
            text=True,
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return UNREACHABLE
    return understand(audit.returncode, audit.stdout, audit.stderr)


def understand(status: int, output: str, errors: str) -> Answer:
    """Return what pip-audit found out, by its exit code and what it wrote.

    It passes packages over that its source does not know, and finds nothing then: an
    index that only hands out files knows none of them, and that is no clean bill.
    """
    try:
        asked = json.loads(output)["dependencies"]
    except ValueError:
        if any(word in errors for word in _UNREACHABLE):
            return UNREACHABLE
        said = errors.strip().splitlines() or [f"exit code {status}"]
        return Answer(checked=False, problems=(f"pip-audit broke off: {said[-1]}",))
    unknown = [one["name"] for one in asked if "skip_reason" in one]
    if len(unknown) == len(asked):
        return UNREACHABLE
    found = [
        f"{one['name']} {one['version']}: {weakness['id']}, fixed in "
        f"{', '.join(weakness['fix_versions']) or 'no version yet'}."
        for one in asked
        for weakness in one.get("vulns", ())
    ]
    found += [f"{name}: the source of advisories does not know it." for name in unknown]
    return Answer(checked=True, problems=tuple(found))
