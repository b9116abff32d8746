"""Converts assessments to JSON documents and back; `schema` describes a document."""

from functools import cache
from typing import TYPE_CHECKING, Any

from audits.scoring.explaining.assessment import Assessment

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _adapter() -> "TypeAdapter[Assessment]":
    # 9 MB, which a process that only shows pages does not need.
    from pydantic import TypeAdapter  # noqa: PLC0415 - see above

    return TypeAdapter(Assessment)


def dump(assessment: Assessment) -> dict[str, Any]:
    """Return the assessment as JSON-ready values; equal ones give equal values.

    Without a proposal there is no word of one, nor of a currency where amounts are in
    US dollars, nor of candidates where none was scored, as in papers from before there
    were any.
    """
    document: dict[str, Any] = _adapter().dump_python(assessment, mode="json")
    for part in ("proposal", "entered_in", "candidates", "from_candidates"):
        if not document[part]:
            del document[part]
    for part in ("move", "replacement"):
        if document["costs"] and document["costs"][part] is None:
            del document["costs"][part]
    return document


def load(document: dict[str, Any]) -> Assessment:
    """Return the assessment in a document.

    Raises:
        pydantic.ValidationError: It is not such a document; names the field.
    """
    return _adapter().validate_python(document)


def load_text(text: str) -> Assessment:
    """Return the same from the text of such a document.

    Raises:
        pydantic.ValidationError: It is not such a document; names the field.
    """
    return _adapter().validate_json(text)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a document; docs/assessment.schema.json has it."""
    return _adapter().json_schema()
