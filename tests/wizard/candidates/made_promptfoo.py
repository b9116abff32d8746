"""Files of promptfoo with as many cases as a test needs."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

PASSED = "testPassCount"


def promptfoo(
    name: str,
    passed: Mapping[str, int],
    *,
    cases: int = 120,
    day: str = "2026-11-20",
    described: str = "",
    var: str = "case",
) -> SimpleUploadedFile:
    """Return a file in which the first of the cases pass, by provider.

    A case is named by a variable, or by its description if that is a format such as
    “L-{:03}”.
    """
    places = [*enumerate(passed.items())]
    results = [
        _result(place, provider, n, passed=n < count, described=described, var=var)
        for place, (provider, count) in places
        for n in range(cases)
    ]
    prompts = [
        {
            "provider": provider,
            "raw": "Do it: {{case}}",
            "label": "Do it",
            "metrics": {
                PASSED: count,
                "testFailCount": cases - count,
                "testErrorCount": 0,
            },
        }
        for _, (provider, count) in places
    ]
    told = {
        "version": 3,
        "timestamp": f"{day}T10:00:00.000Z",
        "prompts": prompts,
        "results": results,
    }
    return SimpleUploadedFile(
        name, json.dumps({"evalId": "e", "results": told}).encode()
    )


def _result(
    place: int, provider: str, number: int, *, passed: bool, described: str, var: str
) -> dict[str, Any]:
    named = {} if described else {var: f"L-{number:03}"}
    test: dict[str, Any] = {"vars": {"letter": f"Letter {number}", **named}}
    if described:
        test["description"] = described.format(number)
    return {
        "promptIdx": place,
        "testIdx": number,
        "provider": {"id": provider},
        "success": passed,
        "score": int(passed),
        "vars": test["vars"],
        "testCase": test,
    }
