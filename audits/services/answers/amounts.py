"""Amounts and their currency, which count together."""

from collections.abc import Mapping

from audits.scoring.numbers.currency import AMOUNTS, KEY
from audits.services.answers.entry_checks import Key
from audits.services.answers.merging import Outcome

_MISSED: tuple[Outcome, ...] = ("kept", "late", "conflict")


def with_their_currency(outcomes: Mapping[Key, Outcome]) -> dict[Key, Outcome]:
    """Return what becomes of amounts that a page sent in a currency.

    They were typed in the currency that the page showed. If another one counts by now,
    nobody said what they are in it, so those that would replace a stored one wait for
    a choice.
    """
    if outcomes.get(("number", KEY)) not in _MISSED:
        return dict(outcomes)
    return {
        (kind, item): "conflict"
        if kind == "number" and item in AMOUNTS and outcome == "saved"
        else outcome
        for (kind, item), outcome in outcomes.items()
    }
