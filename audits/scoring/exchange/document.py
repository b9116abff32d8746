"""Converts assessments to JSON documents and back; `schema` describes a document."""

import json
from dataclasses import replace
from typing import Any

from audits.frameworks.answering.meanings import meanings
from audits.scoring.exchange.json_values import reader, written
from audits.scoring.exchange.printed_amounts import NAME as AS_PRINTED
from audits.scoring.exchange.printed_amounts import PrintedAmounts, printed_amounts
from audits.scoring.exchange.standing import NAME as STANDING
from audits.scoring.exchange.standing import Standing
from audits.scoring.explaining.assessment import Assessment

_LEFT_OUT = (
    *("proposal", "entered_in", "candidates", "from_candidates"),
    *("provisional", "replaced"),
)


def dump(assessment: Assessment) -> dict[str, Any]:
    """Return the assessment as JSON-ready values; equal ones give equal values.

    Without a proposal there is no word of one, nor of a currency where amounts are in
    US dollars, nor of candidates where none was scored, nor of gaps where a verdict is
    firm, nor of replaced numbers where the team has none of its own, as in papers from
    before there were any.
    """
    document: dict[str, Any] = written(assessment)
    for part in _LEFT_OUT:
        if not document[part]:
            del document[part]
    for part in ("move", "replacement"):
        if document["costs"] and document["costs"][part] is None:
            del document["costs"][part]
    return document


def exported(assessment: Assessment, standing: Standing) -> dict[str, Any]:
    """Return an assessment, its printed amounts and the state of its audit."""
    found = {**dump(assessment), STANDING: standing.values}
    if amounts := printed_amounts(assessment):
        found[AS_PRINTED] = written(amounts)
    return found


def load(document: dict[str, Any]) -> Assessment:
    """Return the assessment in a document.

    Raises:
        WrongShapeError: It is not such a document; names the field.
    """
    # It needs YAML, which a process that only writes documents does not.
    from audits.frameworks.loading import loader  # noqa: PLC0415 - see above

    found: Assessment = reader(Assessment)(document)
    framework = loader.shipped().get((found.framework, found.version))
    if framework is None:
        return found
    return replace(found, means=meanings(framework, found.codes))


def load_text(text: str) -> Assessment:
    """Return the same from the text of such a document.

    Raises:
        ValueError: It is not such a document; a WrongShapeError names the field.
    """
    return load(json.loads(text))


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a document; docs/assessment.schema.json has it.

    An exported document also has the state of its audit, and the amounts as printed.
    """
    # 9 MB, which a process that only shows pages does not need.
    from pydantic import TypeAdapter  # noqa: PLC0415 - see above

    found = TypeAdapter(Assessment).json_schema()
    del found["properties"]["means"]
    del found["$defs"]["Meanings"], found["$defs"]["Option"]
    for shape in (Standing, PrintedAmounts):
        beside = TypeAdapter(shape).json_schema()
        found["$defs"] |= beside.pop("$defs") | {shape.__name__: beside}
    found["properties"][STANDING] = {"$ref": "#/$defs/Standing"}
    each = {"$ref": "#/$defs/PrintedAmounts"}
    found["properties"][AS_PRINTED] = {"items": each, "type": "array"}
    return found
