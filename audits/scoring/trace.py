"""Builds the trace: what each reason, blocker and rule read, and what came of it."""

from collections.abc import Sequence

from audits.frameworks import conditions as c
from audits.frameworks.evaluation import holds
from audits.frameworks.rules import Blocker, ContextRule, Reason, VerdictRule
from audits.frameworks.schema import Framework
from audits.scoring.assessment import (
    Citation,
    Outcome,
    Reading,
    ReasonStanding,
    ReasonStep,
    Step,
    Trace,
)
from audits.scoring.decision import Decision

_STANDING_WORDS: dict[c.Standing, str] = {
    "measured": "Holds, measured",
    "claimed": "Claimed, not measured",
    "absent": "Does not hold",
}


def build_trace(framework: Framework, decision: Decision) -> Trace:
    """Return every reason, blocker and rule with its outcome and its reading."""
    return Trace(
        reasons=_reasons(framework, decision),
        blockers=tuple(
            _step(framework, decision, row, _fired(row.id in decision.blockers))
            for row in framework.blockers
        ),
        context_rules=_table(
            framework, decision, framework.context_rules, decision.context_rule
        ),
        verdict_rules=_table(
            framework, decision, framework.verdict_rules, decision.verdict_rule
        ),
    )


def cite(framework: Framework, source_ids: Sequence[str]) -> tuple[Citation, ...]:
    """Return the sources of those ids, ready to print."""
    found = (framework.sources[source_id] for source_id in source_ids)
    return tuple(Citation(title=s.title, href=s.href, note=s.note) for s in found)


def _reasons(framework: Framework, decision: Decision) -> tuple[ReasonStep, ...]:
    steps = []
    for reason in framework.reasons:
        standing: ReasonStanding = decision.at.reasons[reason.id]
        if reason.id in decision.undecided:
            standing = "unknown"
        conditions = [reason.when, reason.claimed_when, reason.unless]
        if reason.id in decision.at.unproven:
            conditions.append(framework.unproven_when)
        steps.append(
            ReasonStep(
                id=reason.id,
                name=reason.name,
                text=reason.text,
                origin=reason.origin,
                standing=standing,
                because=_because(framework, decision, reason, standing),
                read=_readings(framework, decision, conditions),
                sources=cite(framework, reason.sources),
            )
        )
    return tuple(steps)


def _because(
    framework: Framework, decision: Decision, reason: Reason, standing: ReasonStanding
) -> str:
    if reason.id in decision.at.unproven:
        return f"{reason.words.measured} {framework.unproven_text}"
    words: str = getattr(reason.words, standing)
    return words


def _table[Rule: (ContextRule, VerdictRule)](
    framework: Framework,
    decision: Decision,
    rules: Sequence[Rule],
    fired: Rule,
) -> tuple[Step, ...]:
    reached = rules.index(fired)
    return tuple(
        _step(
            framework,
            decision,
            rule,
            "not_reached" if place > reached else _fired(rule is fired),
        )
        for place, rule in enumerate(rules)
    )


def _fired(fired: bool) -> Outcome:
    return "fired" if fired else "not_fired"


def _step(
    framework: Framework,
    decision: Decision,
    row: Blocker | ContextRule | VerdictRule,
    outcome: Outcome,
) -> Step:
    return Step(
        id=row.id,
        name=row.name,
        text=row.text,
        outcome=outcome,
        read=_readings(framework, decision, (row.when, row.unless)),
        sources=cite(framework, row.sources),
    )


def _readings(
    framework: Framework,
    decision: Decision,
    conditions: Sequence[c.Condition | None],
) -> tuple[Reading, ...]:
    """Return each answer and reason the conditions read, once, in reading order."""
    readings: dict[str, Reading] = {}
    for condition in conditions:
        for leaf in framework.read_by(condition):
            reading = _reading(framework, decision, leaf)
            readings.setdefault(reading.id, reading)
    return tuple(readings.values())


def _reading(framework: Framework, decision: Decision, leaf: c.Leaf) -> Reading:
    match leaf:
        case c.ReasonStands(reason_id):
            name = next(r.name for r in framework.reasons if r.id == reason_id)
            words = _STANDING_WORDS[decision.at.reasons[reason_id]]
            return Reading(id=reason_id, label=name, answer=words)
        case c.AnyReason() | c.OnlyReasons():
            return Reading(
                id="reasons", label="Reasons to train", answer=_count(decision)
            )
        case c.Blocked():
            count = len(decision.blockers)
            return Reading(
                id="blockers",
                label="Blockers",
                answer=f"{count or 'none'} of {len(framework.blockers)}",
            )
        case c.MarketExists(market) | c.MarketReaches(market):
            label = framework.market_by_id[market].label
            words = decision.under.market_words(framework, market)
            return Reading(id=market, label=label, answer=words)
        case c.FactHolds():  # pragma: no cover - replaced by what it reads
            raise AssertionError(leaf)
        case _:
            words = framework.words(leaf.question, decision.at.answers)
            label = framework.answerable[leaf.question].label
            return Reading(id=leaf.question, label=label, answer=words)


def _count(decision: Decision) -> str:
    standings = list(decision.at.reasons.values())
    measured, claimed = standings.count("measured"), standings.count("claimed")
    return f"{measured} measured, {claimed} claimed"


def caution_holds(decision: Decision, condition: c.Condition) -> bool:
    """Return whether a caution's condition is known to hold."""
    return holds(condition, None, decision.at) is True
