"""One attachment, changed in one place, and what is then told of it."""

import json
from datetime import date
from typing import Any
from unittest.mock import patch

from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import shipped
from audits.frameworks.schema import Framework
from audits.landscape import in_force
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.exchange import provenance, verification
from audits.scoring.exchange.verification import Verification, verify
from audits.scoring.inputs import Inputs
from tests.scoring.exchange.made_attachments import CASES, attachment
from tests.scoring.worked_numbers import TUNED_BY_TOKEN

LEVELS = {"latency_evidence": "measured", "goal": "asserted", "volume": "documented"}
ANSWERS: dict[str, Code] = {
    **CASES[0],
    "goal": ("cost_latency",),
    "latency": "hard",
    "latency_evidence": "missed",
    "mlops": ("versioned", "suite"),
}
RAW = attachment(ANSWERS, LEVELS, TUNED_BY_TOKEN)
VALUES: dict[str, Any] = json.loads(RAW)
# The same without numbers, which is a third as large.
PLAIN = attachment(ANSWERS, LEVELS)


def verified(raw: bytes) -> Verification:
    """Verify a file; most have the same inputs, which are assessed once."""
    with patch.object(verification, "assess_on", _assessed_once):
        return verify(raw, shipped())


_assessed: dict[str, Assessment] = {}


def _assessed_once(framework: Framework, inputs: Inputs, on: date) -> Assessment:
    facts = in_force.current().sha256
    key = f"{framework.content_hash} {facts} {inputs} {on}"
    if key not in _assessed:
        _assessed[key] = assess_on(framework, inputs, on)
    return _assessed[key]


def fields(verification: Verification) -> set[str]:
    """Return all that is named as wrong."""
    found = [d for check in verification.checks for d in check.differences]
    return {d.field for d in (*found, *verification.refused)}


def names(verification: Verification) -> set[str]:
    return {check.name for check in verification.differing}


def changed(
    path: tuple[Any, ...], value: Any, *, hashed: bool = False, raw: bytes = RAW
) -> bytes:
    """Return a file with one value changed, and if so with the hashes made to fit."""
    values = json.loads(raw)
    parent = values
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = value
    if hashed:
        values["answers_hash"] = provenance.digest(values["given"])
        values["file_hash"] = provenance.digest(
            {name: x for name, x in values.items() if name != "file_hash"}
        )
    return provenance.written(values)


def at(path: tuple[Any, ...]) -> Any:
    value: Any = VALUES
    for key in path:
        value = value[key]
    return value
