"""Turns one line of facts into one line with a verdict, for `manage.py assess`.

A line is a JSON object with `facts` in the framework's option codes, and may have an
`id` and `numbers`. Its answer is JSON-ready.
"""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, cast, get_args

from audits.frameworks import answers
from audits.frameworks.schema import Framework
from audits.scoring.assess import assess
from audits.scoring.assessment import Assessment, ReasonStep, Step
from audits.scoring.costs.cost_numbers import INPUT_NAMES, InputId, PricedTechnique
from audits.scoring.costs.economics import Economics
from audits.scoring.costs.numbers import check_number
from audits.scoring.costs.pricing import Numbers, economics
from audits.scoring.market import circumstances_on, with_computed
from audits.strict_yaml.problems import did_you_mean

# Keys of the published cases beside the facts.
_NOTES = ("as_of", "notes")
_MODELS = ("model", "smaller", "tuned")
_CENT = Decimal("0.01")


def answer(
    framework: Framework, line: str, on: date, *, explain: bool = False
) -> dict[str, Any]:
    """Return the verdict on one line of facts.

    Args:
        framework: The framework whose codes the facts use.
        line: The line.
        on: The day whose market and prices count.
        explain: Whether to add the headline, the lead and the trace.

    Raises:
        ValueError: The line is wrong; says which field, and what is allowed.
    """
    given = _parse(line)
    codes = _facts(framework, given)
    under = circumstances_on(framework, on)
    priced = None
    if "numbers" in given:
        priced = _economics(_numbers(given["numbers"]), on)
        under, codes = with_computed(priced, under, codes)
    assessment = assess(framework, codes, under)
    result = {"id": given.get("id"), **_summary(assessment)}
    if priced:
        result["costs"] = _costs(priced)
    return result | (_explanation(assessment) if explain else {})


def _parse(line: str) -> dict[str, Any]:
    try:
        given = json.loads(line, parse_float=Decimal, parse_int=Decimal)
    except json.JSONDecodeError as error:
        message = f"not JSON: {error.msg} at column {error.colno}"
        raise ValueError(message) from error
    except RecursionError as error:
        message = "not readable JSON: nested too deeply"
        raise ValueError(message) from error
    if not isinstance(given, dict) or not isinstance(given.get("facts"), dict):
        message = "facts: must be an object of question and option codes"
        raise ValueError(message)
    return given


def _facts(framework: Framework, given: Mapping[str, Any]) -> dict[str, Any]:
    facts = {key: v for key, v in given["facts"].items() if key not in _NOTES}
    try:
        return dict(answers.read(framework, facts))
    except answers.WrongAnswers as error:
        details = "; ".join(f"facts.{w.question}: {w.message}" for w in error.wrong)
        raise ValueError(details) from error


def _numbers(given: Any) -> Numbers:
    if not isinstance(given, dict):
        message = "numbers: must be an object of numbers and model ids"
        raise ValueError(message)
    known = (*INPUT_NAMES, *_MODELS, "today")
    found: dict[InputId, Decimal] = {}
    for key, value in given.items():
        if key not in known:
            message = f"numbers.{key}: no such number{did_you_mean(key, known)}"
            raise ValueError(message)
        if key in (*_MODELS, "today"):
            continue
        number = value if isinstance(value, Decimal) else Decimal("NaN")
        check_number(f"numbers.{key}", number)
        found[cast("InputId", key)] = number
    today = given.get("today")
    if today not in (None, *get_args(PricedTechnique)):
        allowed = ", ".join(get_args(PricedTechnique))
        message = f'numbers.today: "{today}" is not one of {allowed}'
        raise ValueError(message)
    models = {role: given.get(role) for role in _MODELS}
    return Numbers(given=found, today=today, **models)


def _economics(numbers: Numbers, on: date) -> Economics:
    try:
        return economics(numbers, on)
    except LookupError as error:
        message = f"numbers: {error.args[0]}"
        raise ValueError(message) from error


def _summary(assessment: Assessment) -> dict[str, Any]:
    return {
        "verdict": assessment.verdict,
        "context_layer": assessment.context_layer,
        "trained_layer": assessment.trained_layer,
        "reasons": {
            "measured": list(assessment.reasons_measured),
            "claimed": list(assessment.reasons_claimed),
        },
        "blockers": list(assessment.blockers),
        "confidence": assessment.confidence,
        "literal": {
            "holding": assessment.literal.holding,
            "agrees": assessment.literal.agrees,
        },
        "flips": [
            {
                "changes": {change.question: change.option for change in flip.changes},
                "verdict": flip.verdict,
                "rule": flip.rule,
                "way": flip.way,
            }
            for flip in assessment.flips
        ],
        "evidence_plan": [
            {"question": finding.question, "hours": finding.hours}
            for finding in assessment.evidence_plan
        ],
    }


def _costs(priced: Economics) -> dict[str, Any]:
    """Return the plan in US dollars, to the cent; None if there is no price."""
    return {
        "unit": "USD",
        "on": priced.plan.on.isoformat(),
        "techniques": [
            {
                "technique": cost.technique,
                "month": {
                    "low": _money(cost.price.month.low),
                    "expected": _money(cost.price.month.expected),
                    "high": _money(cost.price.month.high),
                },
                "one_off": _money(cost.price.one_off),
                "year": _money(cost.price.year),
                "payback_months": _money(cost.price.payback_months),
            }
            if cost.price
            else {"technique": cost.technique, "month": None, "why": cost.unpriced}
            for cost in priced.plan.techniques
        ],
        "thresholds": list(priced.thresholds),
        "swings": [
            {"number": swing.input_id, "size": _money(swing.size)}
            for swing in priced.swings[:5]
        ],
        "defaults": list(priced.plan.defaults),
        "computed": dict(priced.computed),
    }


def _money(value: Decimal | None) -> str | None:
    return None if value is None else str(value.quantize(_CENT))


def _explanation(assessment: Assessment) -> dict[str, Any]:
    trace = assessment.trace
    steps: tuple[Step | ReasonStep, ...] = (
        *trace.reasons,
        *trace.blockers,
        *trace.context_rules,
        *trace.verdict_rules,
    )
    return {
        "headline": assessment.headline,
        "lead": assessment.lead,
        "split_advice": assessment.split_advice,
        "literal_because": assessment.literal.because,
        "flip_sentences": [flip.sentence for flip in assessment.flips],
        "trace": [
            {
                "id": step.id,
                "outcome": step.outcome,
                "text": step.text,
                "read": {reading.id: reading.answer for reading in step.read},
                "sources": [source.title for source in step.sources],
            }
            for step in steps
        ],
    }
