"""Proofs over a framework: what no single case shows, because it is about all of them.

`unused` needs nothing but the framework. `problems` needs z3, a tool of development,
and is for `./run lint`.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, combinations

from audits.frameworks import conditions as c
from audits.frameworks.answering import flow
from audits.frameworks.condition_places import conditions_of
from audits.frameworks.questions import Computed, Question
from audits.frameworks.rules import (
    Blocker,
    Caution,
    ContextRule,
    Gate,
    Reason,
    VerdictRule,
)
from audits.frameworks.schema import Framework
from audits.scoring.proofs.parts import ProofProblem

# The plan of the costs tells it, whether or not a rule reads it.
_TOLD = "prefix_cost"


def problems(framework: Framework) -> tuple[ProofProblem, ...]:
    """Prove that everything in a framework can happen; return what cannot.

    Over all sets of answers and all markets: every condition holds for some and not
    for all; every question is asked; every fact, standing of a reason, blocker, row,
    verdict, gate and caution can happen; every set of answers has exactly one verdict;
    and the laws of the framework's version hold.

    Returns:
        The parts for which that fails. A row that never fires comes with the earlier
        rows that hold whenever it does.

    Raises:
        ImportError: z3 is not installed.
    """
    from audits.scoring.proofs import goals  # noqa: PLC0415 - z3 may be missing

    return goals.problems(framework)


def unused(framework: Framework) -> tuple[ProofProblem, ...]:
    """Return the parts that nothing reads: they could go and nobody would notice."""
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
    taken = {rule.step for rule in framework.step_rules}
    idle += [
        ProofProblem(f"steps[{step}]", "no row leads to it")
        for step in framework.steps
        if step not in taken
    ]
    return (*idle, *_idle_answers(framework, leaves), *_never_ticked(framework))


def _cited(framework: Framework) -> Iterator[str]:
    asked: tuple[Question | Computed, ...] = (
        *framework.questions,
        *framework.computed,
    )
    deciding: tuple[
        Reason | Blocker | ContextRule | VerdictRule | Gate | Caution, ...
    ] = (
        *framework.reasons,
        *framework.blockers,
        *framework.context_rules,
        *framework.verdict_rules,
        *framework.gates,
        *framework.cautions,
    )
    for row in (*asked, *deciding, framework.literal_test, framework.split):
        yield from row.sources


def _idle_answers(
    framework: Framework, leaves: Iterable[c.Leaf]
) -> Iterator[ProofProblem]:
    """Yield the questions whose answer decides nothing and argues for nothing."""
    read = {getattr(leaf, "question", None) for leaf in leaves}
    read |= {framework.state_question, framework.component_question, _TOLD}
    if framework.failure:
        read.add(framework.failure.question)
    for item in framework.answerable.values():
        if item.id not in read and not any(option.push for option in item.options):
            group = "questions" if item.id in framework.question_by_id else "computed"
            sentence = "no condition reads it, and no option of it argues for anything"
            yield ProofProblem(f"{group}[{item.id}]", sentence)


def _never_ticked(framework: Framework) -> Iterator[ProofProblem]:
    """Yield the options that no ticks add up to, because a later option takes them."""
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
