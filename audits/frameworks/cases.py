"""The published cases that ship with a framework, and their outcomes."""

import json
from collections.abc import Iterator
from typing import Any

from audits.frameworks import loader


def published_cases() -> Iterator[dict[str, Any]]:
    """Yield the published cases of the current framework, as its file has them."""
    framework = loader.current()
    file = loader.PACKS / framework.name / f"v{framework.version}.cases.jsonl"
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
