"""Answers by hand that test results contradict: taken back, and counting again.

The entry keeps what was taken back, so that it counts again by itself once no result
says otherwise. Who withdraws an answer, or gives another, leaves nothing to come back.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from audits.models import Audit
from audits.scoring.inputs import Inputs, codes_of
from audits.scoring.scored.answers import contradicted, counting_again
from audits.scoring.scored.candidates import Candidates
from audits.services.answers.entry_checks import Key

_KEPT, _KEPT_LEVEL = "overruled", "overruled_level"
_KINDS = ("answer", "level")


def taken_back(audit: Audit) -> dict[Key, Any]:
    """Return the entries by hand that the candidates contradict, with their values.

    Each stays in the history.
    """
    if not audit.candidates:
        return {}
    found = contradicted(audit.given_candidates, audit.given_codes)
    values = {
        (kind, question): audit.entries(kind).get(question, {}).get("value")
        for question in sorted(found)
        for kind in _KINDS
    }
    return {key: value for key, value in values.items() if value is not None}


def given_back(audit: Audit, found: Candidates | None = None) -> dict[Key, Any]:
    """Return the entries that were taken back and that nothing contradicts now.

    Args:
        audit: The audit.
        found: Its candidates, or what they will be.
    """
    kept = {
        question: entry[_KEPT]
        for question, entry in audit.answers.items()
        if entry["value"] is None and entry.get(_KEPT) is not None
    }
    if not kept:
        return {}
    found = found or audit.given_candidates
    again = counting_again(found, audit.given_codes, codes_of(kept))
    values = {
        (kind, question): audit.answers[question].get(kept_as)
        for question in sorted(again)
        for kind, kept_as in (("answer", _KEPT), ("level", _KEPT_LEVEL))
    }
    return {key: value for key, value in values.items() if value is not None}


def inputs_with(audit: Audit, found: Candidates) -> Inputs:
    """Return the inputs of an audit with other candidates, as they would be saved."""
    back, inputs = given_back(audit, found), audit.inputs
    answers, levels = (
        {item: value for (of, item), value in back.items() if of == kind}
        for kind in _KINDS
    )
    return replace(
        inputs,
        codes={**inputs.codes, **codes_of(answers)},
        levels={**inputs.levels, **levels},
        candidates=found,
    )


def keep_overruled(audit: Audit, taken: Mapping[Key, Any]) -> None:
    """Let the answers that were just taken back know what they and their levels were.

    The level of an earlier answer is none of a later one.
    """
    for (kind, item), value in taken.items():
        if kind == "answer":
            entry = audit.answers[item]
            entry[_KEPT], entry[_KEPT_LEVEL] = value, taken.get(("level", item))
