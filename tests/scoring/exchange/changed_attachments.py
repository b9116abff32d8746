"""One attachment, changed in one place, and what is then told of it."""

import json
from typing import Any

from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import shipped
from audits.scoring.exchange import provenance
from audits.scoring.exchange.verification import Verification, verify
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


def verified(raw: bytes) -> Verification:
    return verify(raw, shipped())


def fields(verification: Verification) -> set[str]:
    """Return all that is named as wrong."""
    found = [d for check in verification.checks for d in check.differences]
    return {d.field for d in (*found, *verification.refused)}


def names(verification: Verification) -> set[str]:
    return {check.name for check in verification.differing}


def changed(path: tuple[Any, ...], value: Any, *, hashed: bool = False) -> bytes:
    """Return the file with one value changed, and if so with the hashes made to fit."""
    values = json.loads(RAW)
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
