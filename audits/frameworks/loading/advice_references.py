"""What the tables that word a verdict say of a framework's other parts."""

import string
from collections.abc import Iterator, Sequence

from audits.frameworks.loading.reach import Reach
from audits.frameworks.questions import UNKNOWN
from audits.frameworks.rules import AdviceRow, Destination, Outcome, StepRule
from audits.frameworks.schema import Framework
from audits.strict_yaml.dangling import dangling, problem_at
from audits.strict_yaml.problems import Problem

# The placeholders of a headline, which other tables fill.
FILLED = (
    *("context", "step", "kind", "labels", "once", "hours", "deadline", "destination"),
    *("training", "interim"),
)
_LEVELS = ("asserted", "documented", "measured")


def problems(framework: Framework, reach: Reach) -> Iterator[Problem]:
    """Yield what the tables after the verdict read and may not, or lack."""
    for name, rows in _tables(framework).items():
        yield from _table(name, rows, reach)
    yield from _step_rules(framework)
    yield from _step_asks(framework)
    yield from _prerequisites(framework)
    for gate in framework.gates:
        key = f"gates[{gate.id}]"
        yield from reach.check(gate.holds, f"{key}.holds")
        yield from reach.check(gate.applies, f"{key}.applies")
        yield from dangling("source", gate.sources, framework.sources, key)
    for out in framework.ruled_out:
        yield from reach.check(out.when, f"ruled_out[{out.id}].when")
    yield from _risks(framework, reach)
    yield from _priced_as(framework)
    for place, rows in framework.named.items():
        for row in rows:
            yield from reach.check(row.when, f"named.{place}[{row.id}].when")
    if framework.groundwork:
        asked, key = framework.question_by_id, "groundwork"
        yield from dangling("question", framework.groundwork.questions, asked, key)
        yield from reach.check(framework.groundwork.when, f"{key}.when")
    yield from _without_training(framework)
    yield from _findings(framework)
    yield from _experiments(framework, reach)
    yield from _failure(framework)


def _risks(framework: Framework, reach: Reach) -> Iterator[Problem]:
    for risk in framework.risks:
        yield from reach.check(risk.when, f"risks[{risk.id}].when")
        if risk.answered:
            asked, key = framework.question_by_id, f"risks[{risk.id}].answered"
            yield from dangling("question", [risk.answered], asked, key)


def _step_rules(framework: Framework) -> Iterator[Problem]:
    for rule in framework.step_rules:
        key = f"step_rules[{rule.id}]"
        yield from dangling("step", [rule.step], framework.steps, key)
        if rule.headline:
            yield from filled(rule.headline, f"{key}.headline")
        elif rule.step in framework.prerequisites:
            message = "a step that comes before all others needs a headline"
            yield problem_at(rule.step, f"{key}.headline", message)


def _step_asks(framework: Framework) -> Iterator[Problem]:
    """Each is of a step, which it names; so is each step that changes nothing."""
    yield from dangling("step", framework.kept_steps, framework.steps, "kept_steps")
    yield from dangling("step", framework.step_asks, framework.steps, "step_asks")
    for step, ask in framework.step_asks.items():
        if "{step}" not in ask:
            message = "it does not name the {step}"
            yield problem_at(ask, f"step_asks.{step}", message)


def _priced_as(framework: Framework) -> Iterator[Problem]:
    """Each is of a row of its table."""
    priced, key = framework.priced_as, "priced_as"
    rules = [rule.id for rule in framework.context_rules]
    servings = [row.id for row in framework.servings]
    yield from dangling("step", priced.steps, framework.steps, f"{key}.steps")
    yield from dangling("row", priced.context_rules, rules, f"{key}.context_rules")
    yield from dangling("row", priced.servings, servings, f"{key}.servings")


def _prerequisites(framework: Framework) -> Iterator[Problem]:
    """Each is a step, is shown by answers, and says where they lead."""
    known, asked = framework.prerequisites, framework.question_by_id
    yield from dangling("step", known, framework.steps, "prerequisites")
    for step, words in known.items():
        key = f"prerequisites.{step}.questions"
        yield from dangling("question", words.questions, asked, key)
        if "{verdict}" not in words.if_met:
            message = "it does not name the {verdict}"
            yield problem_at(words.if_met, f"prerequisites.{step}.if_met", message)


def _without_training(framework: Framework) -> Iterator[Problem]:
    """Every state has its words, if any has."""
    said = framework.without_training
    state = framework.question_by_id.get(framework.state_question)
    if not said or state is None:
        return
    states = [*(option.id for option in state.options), UNKNOWN]
    yield from dangling("state", said, states, "without_training")
    yield from dangling("state", states, said, "without_training")


def _findings(framework: Framework) -> Iterator[Problem]:
    """Every answer to a question says what it shows, if one of them does."""
    said, asked = framework.findings, framework.question_by_id
    yield from dangling("question", said, asked, "findings")
    for name in said.keys() & asked.keys():
        options, key = [x.id for x in asked[name].options], f"findings.{name}"
        yield from dangling("option", said[name].answers, options, key)
        yield from dangling("option", options, said[name].answers, key)
        if said[name].number and asked[name].number is None:
            says = "is for a question with `number:`"
            yield problem_at(name, f"{key}.number", says)
    yield from dangling("level", framework.known_as, _LEVELS, "known_as")


def _experiments(framework: Framework, reach: Reach) -> Iterator[Problem]:
    for experiment in framework.experiments:
        key = f"experiments[{experiment.id}]"
        yield from reach.check(experiment.again_when, f"{key}.again_when")
        if experiment.quicker:
            yield from reach.check(experiment.quicker.when, f"{key}.quicker.when")
        for outcome in experiment.outcomes:
            yield from _outcome(framework, outcome, f"{key}.outcomes")


def _failure(framework: Framework) -> Iterator[Problem]:
    if framework.failure is None:
        return
    question, ways = framework.failure.question, framework.failure.ways
    asked = framework.question_by_id
    yield from dangling("question", [question], asked, "failure.question")
    options = (
        [option.id for option in asked[question].options] if question in asked else []
    )
    yield from dangling("option", ways, options, "failure.ways")
    named = framework.failure.instead
    yield from dangling("option", named, ways, "failure.instead")


def filled(headline: str, key: str) -> Iterator[Problem]:
    """Yield what a headline asks to be filled in and nothing fills."""
    try:
        names = [name for _, name, _, _ in string.Formatter().parse(headline) if name]
    except ValueError:
        yield problem_at(headline, key, "a { or } is not closed")
        return
    for name in names:
        if name not in FILLED:
            message = f"{{{name}}} is not filled in; what is: {', '.join(FILLED)}"
            yield problem_at(headline, key, message)


type _Rows = Sequence[AdviceRow | StepRule | Destination]


def _tables(framework: Framework) -> dict[str, _Rows]:
    return {
        "step_rules": framework.step_rules,
        "training_kinds": framework.training_kinds,
        "servings": framework.servings,
        "destinations": framework.destinations,
        "deadlines": framework.deadlines,
        "interim": framework.interim,
        "label_sources": framework.label_sources,
        "strengths": framework.strengths,
    }


def _table(name: str, rows: _Rows, reach: Reach) -> Iterator[Problem]:
    for row in rows:
        key = f"{name}[{row.id}]"
        yield from reach.check(row.when, f"{key}.when")
        if (row is rows[-1]) == bool(row.when):
            message = "only the last row has no condition"
            yield problem_at(row.id, key, message)


def _outcome(framework: Framework, outcome: Outcome, key: str) -> Iterator[Problem]:
    for part in ("gives", "replaces", "fills", "raises", "adds"):
        for question, picked in getattr(outcome, part).items():
            item = framework.question_by_id.get(question)
            yield from dangling("question", [question], framework.question_by_id, key)
            chosen = [picked] if isinstance(picked, str) else picked
            options = [option.id for option in item.options] if item else []
            yield from dangling("option", chosen, options, f"{key}.{part}.{question}")
