"""The published cases that ship with a framework, and their outcomes."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from audits.frameworks.loading import loader
from audits.frameworks.questions import UNKNOWN
from audits.frameworks.schema import Framework


def published_cases() -> Iterator[dict[str, Any]]:
    """Yield the published cases of the current framework, as its file has them."""
    framework = loader.current()
    file = loader.PACKS / framework.name / f"v{framework.version}.cases.jsonl"
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


@cache
def worked_cases() -> Mapping[str, dict[str, Any]]:
    """Return the published cases that anybody may change, by their ids."""
    return {case["id"]: case for case in published_cases() if case.get("worked")}


def levels_of(framework: Framework, case: Mapping[str, Any]) -> dict[str, str]:
    """Return how the measurements of a case are known, by question.

    Args:
        framework: The framework of the case.
        case: A case as its file has it: `default_level` is the level of its
            measurements, and `levels` names those with another one.
    """
    default = case.get("default_level")
    facts: Mapping[str, Any] = case["facts"]
    measured = [
        question
        for question, value in facts.items()
        if question in framework.measurements and value != UNKNOWN
    ]
    own: Mapping[str, str] = case.get("levels", {})
    return {**(dict.fromkeys(measured, default) if default else {}), **own}
