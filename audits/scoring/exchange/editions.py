"""Which market facts a file was made with, and what that means for its verification.

Nothing of a file can show which landscape was in force, so what it says of that is
taken from it. It is used only to say why its result cannot be had here.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from re import fullmatch
from typing import Any

from audits.landscape import in_force
from audits.landscape.schema import Edition
from audits.scoring.days import in_words
from audits.scoring.exchange import page_one
from audits.scoring.exchange.differences import Difference
from audits.scoring.exchange.provenance import FILE_NAME

_FIELD = "landscape"
_COMPUTED = ("assessment", page_one.NAME)  # what the market facts decide


def stated(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a file says of its landscape, for its assessment to say again.

    It is empty where the file says it in another form than Attune writes.
    """
    assessment = values.get("assessment")
    found = assessment.get(_FIELD) if isinstance(assessment, dict) else None
    return {_FIELD: found} if _edition(found) else {}


def cannot_be_set_again(
    found: Iterable[Difference], values: Mapping[str, Any]
) -> Difference | None:
    """Return why a file cannot be recomputed with the landscape in force, or None.

    Args:
        found: Where it differs from what Attune writes today.
        values: The file.

    Returns:
        One sentence, if the file was made with other market facts and only what these
        decide differs.
    """
    then, now = _edition(stated(values).get(_FIELD)), in_force.current().edition
    parts = {each.field: each.field.partition(".")[0] for each in found}
    if then is None or then.sha256 == now.sha256 or not parts:
        return None
    if FILE_NAME in parts or not set(parts.values()) <= set(_COMPUTED):
        return None
    said = (
        f"The paper was made with other market facts ({_words(then)}) than those in "
        f"force here now ({_words(now)}), so its verdict and amounts cannot be set "
        "again here: verify it where its market facts are in force."
    )
    return Difference(field=f"assessment.{_FIELD}", sentence=said)


def _edition(found: object) -> Edition | None:
    match found:
        case {"sha256": str(sha256), "as_of": str(day), **rest} if not rest:
            with suppress(ValueError):
                as_of = date.fromisoformat(day)
                if fullmatch("[0-9a-f]{64}", sha256) and str(as_of) == day:
                    return Edition(sha256=sha256, as_of=as_of)
    return None


def _words(edition: Edition) -> str:
    return f"of {in_words(edition.as_of)}, {edition.sha256[:12]}…"
