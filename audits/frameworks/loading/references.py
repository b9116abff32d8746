"""References between the parts of a framework: every id must exist.

The reader has checked the shapes. Here every id is looked up, and a condition may read
only what is decided before it.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from audits.frameworks.conditions import Condition
from audits.frameworks.loading import (
    advice_references,
    option_references,
    strengthening,
    work_references,
)
from audits.frameworks.loading.advice_references import filled
from audits.frameworks.loading.reach import Reach
from audits.frameworks.questions import UNKNOWN, Computed, Question
from audits.frameworks.rules import ContextRule, Difference, VerdictRule
from audits.frameworks.schema import Framework
from audits.strict_yaml.dangling import dangling, problem_at
from audits.strict_yaml.problems import Problem


def problems(framework: Framework) -> list[Problem]:
    """Return every unknown, duplicate or forbidden reference, in no fixed order."""
    found = [
        *_doubled_ids(framework),
        *_questions(framework),
        *_decision(framework),
        *_roles(framework),
        *_words(framework),
        *_headlines(framework),
        *_addresses(framework),
        *_day(framework),
        *option_references.problems(framework),
        *work_references.problems(framework),
        *_contradictions(framework),
    ]
    return found or [*strengthening.problems(framework)]


def _headlines(framework: Framework) -> Iterator[Problem]:
    for verdict, words in framework.verdicts.items():
        for headline in words.headlines.values():
            yield from filled(headline, f"verdicts.{verdict}.headlines")
    for rule in framework.verdict_rules:
        if rule.headline:
            yield from filled(rule.headline, f"verdict_rules[{rule.id}].headline")


def _day(framework: Framework) -> Iterator[Problem]:
    try:
        date.fromisoformat(framework.published)
    except ValueError:
        message = "must be a day, written like 2026-11-25"
        yield problem_at(framework.published, "published", message)


def _addresses(framework: Framework) -> Iterator[Problem]:
    """Section ids are part of addresses, and each section must have a question."""
    asked = {question.section for question in framework.questions}
    for section in framework.sections:
        key = f"sections[{section.id}]"
        if not re.fullmatch(r"[a-z][a-z0-9_]*", section.id):
            yield problem_at(section.id, key, "an id is small letters, digits and _")
        if section.id not in asked:
            yield problem_at(section.id, key, "has no question")


def _doubled_ids(framework: Framework) -> Iterator[Problem]:
    items: list[Question | Computed] = [*framework.questions, *framework.computed]
    groups: dict[str, list[str]] = {
        "sections": [s.id for s in framework.sections],
        "questions": [item.id for item in items],
        "market": [m.id for m in framework.market],
        "facts": [f.id for f in framework.facts],
        "reasons": [r.id for r in framework.reasons],
        "blockers": [b.id for b in framework.blockers],
        "context_rules": [r.id for r in framework.context_rules],
        "verdict_rules": [r.id for r in framework.verdict_rules],
        "cautions": [x.id for x in framework.cautions],
        "gates": [gate.id for gate in framework.gates],
        "experiments": [x.id for x in framework.experiments],
        "contradictions": [x.id for x in framework.contradictions],
    }
    for item in items:
        groups[f"{item.id}.options"] = [o.id for o in item.options]
    for question in framework.questions:
        groups[f"{question.id}.ticks"] = [tick.id for tick in question.ticks]
    for group, ids in groups.items():
        for place, an_id in enumerate(ids):
            if an_id in ids[:place]:
                yield problem_at(an_id, group, f'id "{an_id}" is used twice')


def _questions(framework: Framework) -> Iterator[Problem]:
    sections = [s.id for s in framework.sections]
    reach = Reach(framework, facts=[fact.id for fact in framework.facts])
    for question in framework.questions:
        key = f"questions[{question.id}]"
        yield from dangling("section", [question.section], sections, f"{key}.section")
        yield from dangling("source", question.sources, framework.sources, key)
        yield from _ticks(question, key)
        yield from _options(question, key, argues=framework.has_pushes)
        if question.visible:
            yield from _visible(framework, question.visible.when, key, reach)
            for each in question.visible.cases:
                yield from _visible(framework, each.when, key, reach)
        reach.answers.append(question.id)
    for value in framework.computed:
        key = f"computed[{value.id}]"
        yield from dangling("source", value.sources, framework.sources, key)
        yield from _options(value, key, argues=framework.has_pushes)


def _contradictions(framework: Framework) -> Iterator[Problem]:
    """Each is about answers that exist, to two questions or of what runs."""
    asked = framework.question_by_id
    for row in framework.contradictions:
        key = f"contradictions[{row.id}].answers"
        yield from dangling("question", row.answers, asked, key)
        for question, picks in row.answers.items():
            if question in asked:
                options = [each.id for each in asked[question].options]
                yield from dangling("option", picks, options, f"{key}.{question}")
        if len(row.answers) < (1 if row.live else 2):
            message = "needs two questions, or one and `live: true`"
            yield problem_at(row.id, key, message)


def _visible(
    framework: Framework, when: Condition, key: str, reach: Reach
) -> Iterator[Problem]:
    """Whether a question applies is read from answers above it, through facts too."""
    key = f"{key}.visible.when"
    found = list(reach.check(when, key, after=" comes before this one"))
    yield from found
    if found:
        return
    for read in framework.read_by(when):
        if read in framework.question_by_id and read not in reach.answers:
            message = f'a fact reads "{read}", which is asked later'
            yield problem_at(read, key, message)


def _ticks(question: Question, key: str) -> Iterator[Problem]:
    ticks = [tick.id for tick in question.ticks]
    if (question.kind == "ticks") != bool(ticks):
        yield problem_at(
            question.id, f"{key}.ticks", "need kind: ticks, and kind: ticks needs them"
        )
    for option in question.options:
        ticked = (*option.ticked, *option.ticked_any)
        where = f"{key}.options[{option.id}]"
        yield from dangling("tick", ticked, ticks, where)
    if ticks and not any(o.amounts_to(frozenset()) for o in question.options):
        yield problem_at(question.id, key, "no option applies when nothing is ticked")


def _options(item: Question | Computed, key: str, *, argues: bool) -> Iterator[Problem]:
    for option in item.options:
        where = f"{key}.options[{option.id}]"
        if option.id == UNKNOWN:
            yield problem_at(
                option.id, where, '"unknown" is an answer to every question'
            )
        if argues and bool(option.push) == bool(option.no_push):
            yield problem_at(
                option.id, where, "needs either push, or no_push with the reason"
            )
        for technique, points in option.push.items():
            if not -3 <= points <= 3:  # noqa: PLR2004 - the method's own scale
                yield problem_at(technique, where, "a push must be from -3 to 3")


def _decision(framework: Framework) -> Iterator[Problem]:
    reach = Reach(framework, answers=list(framework.answerable))
    for fact in framework.facts:
        yield from reach.check(fact.when, f"facts[{fact.id}].when")
        yield from reach.check(fact.unless, f"facts[{fact.id}].unless")
        reach.facts.append(fact.id)
    yield from reach.check(framework.unproven_when, "unproven_when")
    if framework.failure:
        yield from reach.check(framework.failure.when, "failure.when")
    for reason in framework.reasons:
        for name in ("when", "claimed_when", "unless"):
            key = f"reasons[{reason.id}].{name}"
            yield from reach.check(getattr(reason, name), key)
    reach.reasons = [reason.id for reason in framework.reasons]
    for group, blocks in (
        ("blockers", framework.blockers),
        ("context_rules", framework.context_rules),
        ("verdict_rules", framework.verdict_rules),
    ):
        reach.blockers = group == "verdict_rules"
        for row in blocks:
            yield from reach.check(row.when, f"{group}[{row.id}].when")
            yield from reach.check(row.unless, f"{group}[{row.id}].unless")
    yield from _rule_cases(framework, reach)
    for experiment in framework.experiments:
        yield from reach.check(experiment.when, f"experiments[{experiment.id}].when")
    reach.verdict = True
    yield from _after_the_verdict(framework, reach)
    yield from advice_references.problems(framework, reach)
    yield from _totality(framework)


def _rule_cases(framework: Framework, reach: Reach) -> Iterator[Problem]:
    for group, rules in (
        ("context_rules", framework.context_rules),
        ("verdict_rules", framework.verdict_rules),
    ):
        for rule in rules:
            for case in rule.cases:
                key = f"{group}[{rule.id}].cases[{case.id}].when"
                yield from reach.check(case.when, key)


def _after_the_verdict(framework: Framework, reach: Reach) -> Iterator[Problem]:
    for caution in framework.cautions:
        yield from reach.check(caution.when, f"cautions[{caution.id}].when")
    literal = framework.literal_test
    for condition in literal.conditions:
        yield from reach.check(condition.when, f"literal_test[{condition.id}].when")
    for difference in (*literal.differences, *literal.agreements):
        key = f"literal_test[{difference.id}].when"
        yield from reach.check(difference.when, key)
    yield from reach.check(framework.split.when, "split.when")


def _totality(framework: Framework) -> Iterator[Problem]:
    """Only the last row of a table has no condition, so a row always matches."""
    yield from _rows("context_rules", framework.context_rules)
    yield from _rows("verdict_rules", framework.verdict_rules)
    yield from _rows("literal_test", framework.literal_test.differences)


def _rows(
    key: str, rows: Sequence[ContextRule | VerdictRule | Difference]
) -> Iterator[Problem]:
    if not rows:
        yield Problem(1, key, "must have at least one row")
    for row in rows:
        last = row is rows[-1]
        if last and (row.when or getattr(row, "unless", None)):
            message = "the last row must have no condition"
            yield problem_at(row.id, f"{key}[{row.id}]", message)
        if not last and row.when is None:
            message = "has no condition, so no row after it can be reached"
            yield problem_at(row.id, f"{key}[{row.id}]", message)


def _roles(framework: Framework) -> Iterator[Problem]:
    """The questions that the engine knows by what they ask are asked."""
    asked = framework.question_by_id
    for name in ("state", "component", "faults", "practices"):
        if role := getattr(framework, f"{name}_question"):
            yield from dangling("question", [role], asked, f"{name}_question")
    role = framework.practices_question or ""
    if role in asked and not asked[role].ticks:
        yield problem_at(role, "practices_question", "must be of `kind: ticks`")


def _words(framework: Framework) -> Iterator[Problem]:
    if framework.strengthening_section:
        yield from dangling(
            "section",
            [framework.strengthening_section],
            [section.id for section in framework.sections],
            "strengthening_section",
        )
    for group in ("reasons", "blockers", "context_rules", "verdict_rules", "cautions"):
        for row in getattr(framework, group):
            yield from dangling(
                "source", row.sources, framework.sources, f"{group}[{row.id}].sources"
            )
    state = framework.question_by_id.get(framework.state_question)
    if state is None:
        return
    if state.kind == "several":
        message = "must be a question that one option answers"
        yield problem_at(framework.state_question, "state_question", message)
        return
    states = [*(o.id for o in state.options), UNKNOWN]
    for verdict, words in framework.verdicts.items():
        key = f"verdicts.{verdict}.headlines"
        yield from dangling("state", words.headlines, states, key)
        for missing in (s for s in states if s not in words.headlines):
            yield problem_at(words.name, key, f'no headline for the state "{missing}"')
