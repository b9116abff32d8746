"""Proofs about a framework, which no single case can show.

`unused` and `golden` need nothing but the framework. `problems` needs z3, a tool of
development, and is for `./run lint`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, combinations
from pathlib import Path
from typing import Any

from audits.frameworks import answers, flow
from audits.frameworks import conditions as c
from audits.frameworks.condition_places import conditions_of
from audits.frameworks.questions import Computed, Question
from audits.frameworks.rules import (
    Blocker,
    Caution,
    ContextRule,
    Reason,
    VerdictRule,
)
from audits.frameworks.schema import Framework
from audits.scoring.decision import Decision, decide
from audits.scoring.proofs.parts import ProofProblem

# Keys of a published case that answer no question.
_NOTES = {"as_of", "notes"}


def problems(framework: Framework) -> tuple[ProofProblem, ...]:
    """Prove that everything in a framework can happen; return what cannot.

    Over all sets of answers and all markets: every condition holds for some and not
    for all; every question is asked; every fact, status of a reason, blocker, row,
    verdict and caution can happen; every set of answers has exactly one verdict.

    Returns:
        The parts for which that fails. A row that never fires comes with the earlier
        rows that hold whenever it does.

    Raises:
        ImportError: z3 is not installed.
    """
    from audits.scoring.proofs import goals  # noqa: PLC0415 - z3 may be missing

    return goals.problems(framework)


def unused(framework: Framework) -> tuple[ProofProblem, ...]:
    """Return the parts that nothing reads: removing them would change nothing."""
    leaves = {leaf for _, part in conditions_of(framework) for leaf in c.leaves(part)}
    used: dict[str, tuple[Iterable[str], set[str]]] = {
        "facts": (
            framework.facts_by_id,
            {leaf.fact for leaf in leaves if isinstance(leaf, c.FactHolds)},
        ),
        "market": (
            framework.market_by_id,
            {
                x.market
                for x in leaves
                if isinstance(x, c.MarketExists | c.MarketReaches)
            },
        ),
        "sources": (framework.sources, set(_cited(framework))),
    }
    idle = [
        ProofProblem(f"{group}[{an_id}]", "nothing refers to it")
        for group, (ids, needed) in used.items()
        for an_id in ids
        if an_id not in needed
    ]
    return (*idle, *_idle_answers(framework, leaves), *_never_ticked(framework))


def golden(
    framework: Framework, path: Path, *, may_miss: int = 0
) -> tuple[ProofProblem, ...]:
    """Compare a framework with cases whose verdict is known.

    Args:
        framework: The framework that decides.
        path: A file of JSON lines: `facts` and `acceptable_verdicts`, and where they
            matter `context_layers` and `trained_layer`.
        may_miss: How many cases may have another verdict before any is returned. We do
            not bend rules to fit every case.

    Returns:
        The cases that miss, by id, and always those that cannot be read.
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
            facts = {q: x for q, x in case["facts"].items() if q not in _NOTES}
            codes = answers.read(framework, facts)
        except ValueError as error:
            unread.append(ProofProblem(f"line {number}", str(error)))
            continue
        decision = decide(framework, flow.relevant(framework, codes))
        missed += [ProofProblem(case["id"], said) for said in _misses(case, decision)]
    return (*unread, *(missed if len(missed) > may_miss else ()))


def _misses(case: Mapping[str, Any], decision: Decision) -> Iterator[str]:
    verdicts = case["acceptable_verdicts"]
    layers = case.get("context_layers", [decision.context_layer])
    if decision.verdict not in verdicts:
        yield f"gets {decision.verdict}, not {' or '.join(verdicts)}"
    elif decision.context_layer not in layers:
        yield f"gets the layer {decision.context_layer}, not {' or '.join(layers)}"
    elif case.get("trained_layer", decision.trained_layer) != decision.trained_layer:
        yield f"trains {decision.trained_layer}, not {case['trained_layer']}"


def _cited(framework: Framework) -> Iterator[str]:
    asked: tuple[Question | Computed, ...] = (
        *framework.questions,
        *framework.computed,
    )
    deciding: tuple[Reason | Blocker | ContextRule | VerdictRule | Caution, ...] = (
        *framework.reasons,
        *framework.blockers,
        *framework.context_rules,
        *framework.verdict_rules,
        *framework.cautions,
    )
    for row in (*asked, *deciding, framework.literal_test, framework.split):
        yield from row.sources


def _idle_answers(
    framework: Framework, leaves: Iterable[c.Leaf]
) -> Iterator[ProofProblem]:
    """Yield the questions whose answer decides nothing and argues for nothing."""
    read = {getattr(leaf, "question", None) for leaf in leaves}
    read.add(framework.state_question)
    for item in framework.answerable.values():
        if item.id not in read and not any(option.push for option in item.options):
            group = "questions" if item.id in framework.question_by_id else "computed"
            sentence = "no condition reads it, and no option of it argues for anything"
            yield ProofProblem(f"{group}[{item.id}]", sentence)


def _never_ticked(framework: Framework) -> Iterator[ProofProblem]:
    """Yield the options that no ticks give, because a later option takes them."""
    for question in framework.questions:
        ticks = [tick.id for tick in question.ticks]
        if not ticks:
            continue
        sizes = range(len(ticks) + 1)
        sets = chain.from_iterable(combinations(ticks, size) for size in sizes)
        reached = {flow.ticked_option(question, ticked) for ticked in sets}
        for option in question.options:
            if option.id not in reached:
                where = f"questions[{question.id}].options[{option.id}]"
                yield ProofProblem(where, "no ticks select it")
