"""Cases whose verdict is known, compared with a framework."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from audits.frameworks.answering import answers, flow
from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.decision import Decision, decide
from audits.scoring.explaining.advice import Advice, advice
from audits.scoring.proofs.parts import ProofProblem

# What is noted beside the facts of a case, and answers no question.
_NOTES = {"as_of", "notes", "base_end"}


def golden(
    framework: Framework, path: Path, *, may_miss: int = 0
) -> tuple[ProofProblem, ...]:
    """Hold a framework against cases whose verdict is known.

    Args:
        framework: The framework that decides.
        path: A file of JSON lines: `facts`, and what is known of their verdict, as
            `acceptable_verdicts`, `context_layers` and `trained_layer`, or as `expect`,
            an object. `levels` and `default_level` say how the facts are known.
        may_miss: How many cases may have another verdict before any is returned. The
            rules are not bent to fit every case.

    Returns:
        The cases that miss, by id, and always those that cannot be read. Facts with
        rows of scored candidates are left to those who read rows.
    """
    if not path.is_file():
        return (
            ProofProblem(path.name, "is missing: a framework ships with its cases"),
        )
    missed: list[ProofProblem] = []
    unread: list[ProofProblem] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            case = json.loads(line)
            if "rows" in case["facts"]:
                continue
            decision = _decide(framework, case)
        except ValueError as error:
            unread.append(ProofProblem(f"line {number}", str(error)))
            continue
        missed += [ProofProblem(case["id"], said) for said in misses(case, decision)]
    return (*unread, *(missed if len(missed) > may_miss else ()))


def misses(case: Mapping[str, Any], decision: Decision) -> Iterator[str]:
    """Yield what a decision gives that a case does not accept."""
    verdicts = case.get("acceptable_verdicts", [decision.verdict])
    layers = case.get("context_layers", [decision.context_layer])
    if decision.verdict not in verdicts:
        yield f"gets {decision.verdict}, not {' or '.join(verdicts)}"
    elif decision.context_layer not in layers:
        yield f"gets the layer {decision.context_layer}, not {' or '.join(layers)}"
    elif case.get("trained_layer", decision.trained_layer) != decision.trained_layer:
        yield f"trains {decision.trained_layer}, not {case['trained_layer']}"
    yield from _unexpected(case.get("expect", {}), decision)


def _decide(framework: Framework, case: Mapping[str, Any]) -> Decision:
    facts = {q: x for q, x in case["facts"].items() if q not in _NOTES}
    under = Circumstances(
        levels=case.get("levels", {}), unmarked=case.get("default_level")
    )
    codes = answers.read(framework, facts)
    return decide(framework, flow.relevant(framework, codes), under)


def _unexpected(expect: Mapping[str, Any], decision: Decision) -> Iterator[str]:
    """Yield what differs; a list names some of the values, and [] none of them.

    `met` names gates that are not among what training is subject to.
    """
    if not expect:
        return
    given = _given(decision)
    for gate in expect.get("met", ()):
        if gate in given["subject_to"]:
            yield f"is subject to {gate}"
    for name, wanted in expect.items():
        if name == "met":
            continue
        found = given[name]
        if isinstance(wanted, list):
            fits = set(wanted) <= set(found) if wanted else not found
        else:
            fits = found == wanted
        if not fits:
            yield f"{name} is {found}, not {wanted}"


def _given(decision: Decision) -> dict[str, Any]:
    """Return what a verdict comes with, in the words of `expect`."""
    given: dict[str, Any] = {
        "verdict": decision.verdict,
        "context_layer": decision.context_layer,
        "rule": decision.verdict_rule.id,
        "blockers": list(decision.blockers),
        "experiments": [
            each.experiment.id
            for each in (decision.plan.experiments if decision.plan else ())
        ],
    }
    advised = advice(decision.at.framework, decision)
    return given | (_advised(advised) if advised else {})


def _advised(advised: Advice) -> dict[str, Any]:
    kind, serving, to = advised.training_kind, advised.serving, advised.destination
    return {
        "component": advised.component,
        "step": advised.step.id,
        "training_kind": kind.id if kind else None,
        "serving": serving.id if serving else None,
        "standing": advised.standing,
        "subject_to": [gate.id for gate in advised.subject_to],
        "destination": to.id if to else None,
        "strength": advised.strength.id,
        "label_source": advised.label_source.id,
    }
