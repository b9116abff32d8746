"""Turns one line of facts into one line with a verdict, for `manage.py assess`.

A line is a JSON object with `facts` in the framework's option codes, and may have an
`id` and `numbers`. Its answer is JSON-ready.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from audits.frameworks.schema import Framework
from audits.scoring.assess import assess
from audits.scoring.calendars.payback import in_tenths
from audits.scoring.closing_models import not_to_follow
from audits.scoring.deciding.candidates import answers_from
from audits.scoring.exchange.lines.fact_line_reading import FactLine, read_line
from audits.scoring.exchange.lines.proposal_lines import proposal_line
from audits.scoring.explaining.advised_ways import (
    holds_documents,
    ways_meanwhile,
)
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.trace_shapes import ReasonStep, Step
from audits.scoring.known import known_of, prices_documents, with_known
from audits.scoring.market import circumstances_on, with_computed
from audits.scoring.money.proposal import compared_proposal
from audits.scoring.numbers.currency import converted, entered_in
from audits.scoring.numbers.numbers import numbers_of
from audits.scoring.pricing.cost_plan import Band, Price
from audits.scoring.pricing.economics import Economics
from audits.scoring.pricing.pricing import Numbers, answered_on, economics
from audits.scoring.scored.by_hand import TRIED, unshown_ways

_CENT = Decimal("0.01")


def answer(
    framework: Framework, line: str, on: date, *, explain: bool = False
) -> dict[str, Any]:
    """Return the verdict on one line of facts.

    Args:
        framework: The framework of a line that names none.
        line: The line.
        on: The day whose market and prices count.
        explain: Whether to add the headline, the lead and the trace.

    Raises:
        ValueError: The line is wrong; says which field, and what is allowed.
    """
    given = read_line(line, framework)
    codes, under = given.codes, circumstances_on(given.framework, on, given.levels)
    under = replace(under, unmarked=given.unmarked)
    if given.table is not None:
        scored = answers_from(given.table, codes, given.levels_of_all)
        shown = scored.behind.get(TRIED, ())
        unshown = unshown_ways((r.kind for r in shown), scored.codes, given)
        codes = scored.codes
        under = replace(under, levels=scored.levels, failed=scored.failed)
        under = replace(under, best=scored.best, unshown=unshown)
    priced = None
    if given.numbers is not None:
        known = known_of(given.framework, codes)
        numbers = _in_dollars(given, given.numbers, on)
        found = answered_on(with_known(numbers, known), on)
        under, codes = with_computed(found, under, codes)
    assessment = assess(given.framework, codes, under)
    if given.numbers is not None:
        known = replace(
            known,
            meanwhile=ways_meanwhile(assessment),
            adds_documents=prices_documents(assessment)
            and not holds_documents(given.codes),
        )
        priced = economics(with_known(numbers, known), on)
    if priced and (out := not_to_follow(assessment, priced)):
        known = replace(known, ruled_out=out)
        again = economics(with_known(numbers, known), on)
        priced = replace(again, computed=priced.computed, basis=priced.basis)
    result = {"id": given.id, **_summary(assessment)}
    if priced:
        result["costs"] = _costs(priced) | _entered_in(given, on)
    if given.proposal:
        result["proposal"] = _proposal(given, assessment, priced, on)
    return result | (_explanation(assessment) if explain else {})


def _in_dollars(given: FactLine, numbers: Numbers, on: date) -> Numbers:
    entered = entered_in(given.as_entered, on)
    return numbers_of(converted(given.as_entered, entered)) if entered else numbers


def _entered_in(given: FactLine, on: date) -> dict[str, Any]:
    """Return the currency of a line's amounts and its rate; nothing for US dollars."""
    found = entered_in(given.as_entered, on)
    if found is None or found.rate is None:
        return {}
    rate = found.rate
    return {
        "entered_in": {
            "currency": found.currency,
            "usd": str(rate.dollars),
            "day": rate.day.isoformat() if rate.day else None,
            "issuer": rate.issuer,
        }
    }


def _proposal(
    given: FactLine, assessment: Assessment, priced: Economics | None, on: date
) -> dict[str, Any]:
    """Return the proposal of a line, compared."""
    numbers = {**given.as_entered, **given.proposal}
    known = replace(assessment, on=on, numbers=numbers, costs=priced)
    found = compared_proposal(given.framework, known)
    assert found is not None  # noqa: S101 - read_proposal let it through
    return proposal_line(found)


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
        **_advised(assessment),
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


def _advised(assessment: Assessment) -> dict[str, Any]:
    """Return what goes with a verdict; a version that tells none has confidence."""
    advice, completeness = assessment.advice, assessment.completeness
    if advice is None or completeness is None:
        return {"confidence": assessment.confidence}
    plan = assessment.measurements
    return {
        "component": advice.component,
        "step": advice.step.id,
        "training_kind": advice.training_kind.id if advice.training_kind else None,
        "serving": advice.serving.id if advice.serving else None,
        "standing": advice.standing,
        "subject_to": [gate.id for gate in advice.subject_to],
        "destination": advice.destination.id if advice.destination else None,
        "experiments": [
            {"experiment": each.id, "hours": each.hours}
            for each in (plan.experiments if plan else ())
        ],
        "triggers": [trigger.says for trigger in advice.triggers],
        "still_possible": list(completeness.possible),
        "completeness": {
            "settled": completeness.is_settled,
            "can_change": [
                each.question for each in (*completeness.open, *completeness.not_known)
            ],
            "known": assessment.known,
            "applicable": assessment.applicable,
        },
        "evidence_strength": advice.strength.id,
    }


def _costs(priced: Economics) -> dict[str, Any]:
    """Return the plan in US dollars, to the cent; None if there is no price."""
    return {
        "unit": "USD",
        "on": priced.plan.on.isoformat(),
        "techniques": [
            {"technique": cost.technique, **_price(cost.price)}
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


def _price(price: Price) -> dict[str, Any]:
    return {
        "month": _span(price.month),
        "one_off": _money(price.one_off),
        "year": _span(price.year),
        "months": [_money(month.amount) for month in price.calendar.months],
        "events": [
            {"day": event.day.isoformat(), "kind": event.kind, "text": event.text}
            for event in price.calendar.events
        ],
        "payback_months": _months(price.payback_months),
    }


def _span(band: Band) -> dict[str, str | None]:
    return {
        "low": _money(band.low),
        "expected": _money(band.expected),
        "high": _money(band.high),
    }


def _money(value: Decimal | None) -> str | None:
    return None if value is None else str(value.quantize(_CENT))


def _months(value: Decimal | None) -> str | None:
    return None if value is None else str(in_tenths(value))


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
