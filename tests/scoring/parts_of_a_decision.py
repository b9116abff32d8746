"""Each part of a decision and of its advice by a name of its own."""

from collections.abc import Mapping

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code, holds
from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.decision import Decision, decide
from audits.scoring.explaining.advice import Said, advice, claims
from audits.scoring.explaining.explain import settle
from audits.scoring.explaining.grades.readings import literal_reading, split_advice

type Part = str | bool


def parts(
    framework: Framework, answers: Mapping[str, Code], under: Circumstances
) -> dict[str, Part]:
    """Return what is decided and said; what is not so has no name there."""
    decision = decide(framework, flow.relevant(framework, answers), under)
    found: dict[str, Part] = {
        "verdict": decision.verdict,
        "rule": decision.verdict_rule.id,
        "context": decision.context_rule.id,
        "literal": _literal(framework, decision),
    }
    found |= {f"blocked by {each}": True for each in decision.blockers}
    found |= {
        f"reason {reason}": True
        for reason, stands in decision.at.reasons.items()
        if stands == "measured"
    }
    found |= {
        f"reason {reason}": claim
        for reason, claim in claims(framework, decision).items()
        if claim != "absent"
    }
    found |= {f"asks {q.id}": True for q in flow.applicable(framework, answers)}
    found |= {f"caution {each.id}": True for each in settle(framework, decision)}
    plan = decision.plan.experiments if decision.plan else ()
    found |= {f"measure {each.experiment.id}": True for each in plan}
    return found | _advised(framework, decision) | _named(framework, decision)


def _literal(framework: Framework, decision: Decision) -> str:
    """Return the row that tells the article from the verdict, not its words."""
    test, because = framework.literal_test, literal_reading(framework, decision).because
    ids = {row.text: row.id for row in (*test.agreements, *test.differences)}
    opened = test.not_known.partition("{")[0]
    is_open = bool(opened) and because.startswith(opened)
    return ids.get(because, "not_known" if is_open else "agree")


def _advised(framework: Framework, decision: Decision) -> dict[str, Part]:
    advised = advice(framework, decision)
    assert advised is not None
    rows: dict[str, Said | None] = {
        "step": advised.step,
        "training": advised.training_kind,
        "serving": advised.serving,
        "destination": advised.destination,
        "labels": advised.label_source,
        "deadline": advised.deadline,
        "strength": advised.strength,
    }
    found: dict[str, Part] = {name: row.id for name, row in rows.items() if row}
    return found | {f"gate {gate.id}": True for gate in advised.subject_to}


def _named(framework: Framework, decision: Decision) -> dict[str, Part]:
    found: dict[str, Part] = {
        f"says {place} {row.id}": True
        for place, rows in framework.named.items()
        for row in rows
        if holds(row.when, None, decision.at)
    }
    return found | ({"splits": True} if split_advice(framework, decision) else {})
