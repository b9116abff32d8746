"""What a framework's parts say of each other: no id may dangle.

The reader has proved the shapes; here every id is looked up, and what a
condition may read is held to what is decided before it.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from audits.frameworks import conditions as c
from audits.frameworks.questions import UNKNOWN, Computed, Question
from audits.frameworks.rules import ContextRule, Difference, VerdictRule
from audits.frameworks.schema import Framework
from audits.strict_yaml.problems import Problem, did_you_mean


def problems(framework: Framework) -> list[Problem]:
    """Return every dangling, doubled or forbidden reference, in no set order."""
    return [
        *_doubled_ids(framework),
        *_questions(framework),
        *_decision(framework),
        *_words(framework),
        *_quick(framework),
        *_headlines(framework),
        *_addresses(framework),
        *_day(framework),
    ]


def _problem(where: str, key: str, message: str) -> Problem:
    """Build a problem at the line a string was read from."""
    return Problem(getattr(where, "line", 1), key, message)


def _dangling(
    what: str, ids: Iterable[str], known: Collection[str], key: str
) -> Iterator[Problem]:
    for an_id in ids:
        if an_id not in known:
            hint = did_you_mean(an_id, known)
            yield _problem(an_id, key, f'no {what} "{an_id}"{hint}')


def _headlines(framework: Framework) -> Iterator[Problem]:
    for verdict, words in framework.verdicts.items():
        for headline in words.headlines.values():
            if {"{", "}"} & set(headline.replace("{context}", "")):
                key = f"verdicts.{verdict}.headlines"
                yield _problem(headline, key, "only {context} is filled in")


def _day(framework: Framework) -> Iterator[Problem]:
    try:
        date.fromisoformat(framework.published)
    except ValueError:
        message = "must be a day, written like 2026-11-25"
        yield _problem(framework.published, "published", message)


def _addresses(framework: Framework) -> Iterator[Problem]:
    """Sections stand in addresses, and each must have something to ask."""
    asked = {question.section for question in framework.questions}
    for section in framework.sections:
        key = f"sections[{section.id}]"
        if not re.fullmatch(r"[a-z][a-z0-9_]*", section.id):
            yield _problem(section.id, key, "an id is small letters, digits and _")
        if section.id not in asked:
            yield _problem(section.id, key, "has no question")


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
    }
    for item in items:
        groups[f"{item.id}.options"] = [o.id for o in item.options]
    for question in framework.questions:
        groups[f"{question.id}.ticks"] = [tick.id for tick in question.ticks]
    for group, ids in groups.items():
        for place, an_id in enumerate(ids):
            if an_id in ids[:place]:
                yield _problem(an_id, group, f'id "{an_id}" is used twice')


def _questions(framework: Framework) -> Iterator[Problem]:
    sections = [s.id for s in framework.sections]
    reach = _Reach(framework)
    for question in framework.questions:
        key = f"questions[{question.id}]"
        yield from _dangling("section", [question.section], sections, f"{key}.section")
        yield from _dangling("source", question.sources, framework.sources, key)
        yield from _ticks(question, key)
        yield from _options(question, key)
        if question.visible:
            message = " comes before this one"
            yield from reach.check(
                question.visible.when, f"{key}.visible.when", after=message
            )
        reach.answers.append(question.id)
    for value in framework.computed:
        key = f"computed[{value.id}]"
        yield from _dangling("source", value.sources, framework.sources, key)
        yield from _options(value, key)


def _ticks(question: Question, key: str) -> Iterator[Problem]:
    ticks = [tick.id for tick in question.ticks]
    if (question.kind == "ticks") != bool(ticks):
        yield _problem(question.id, f"{key}.ticks", "go with kind: ticks, and only so")
    for option in question.options:
        ticked = (*option.ticked, *option.ticked_any)
        where = f"{key}.options[{option.id}]"
        yield from _dangling("tick", ticked, ticks, where)
    if ticks and not any(o.amounts_to(frozenset()) for o in question.options):
        yield _problem(question.id, key, "no option is amounted to by no tick at all")


def _options(item: Question | Computed, key: str) -> Iterator[Problem]:
    for option in item.options:
        where = f"{key}.options[{option.id}]"
        if option.id == UNKNOWN:
            yield _problem(option.id, where, '"unknown" is an answer to every question')
        if bool(option.push) == bool(option.no_push):
            yield _problem(
                option.id, where, "needs either push, or no_push with the reason"
            )
        for technique, points in option.push.items():
            if not -3 <= points <= 3:  # noqa: PLR2004 - the method's own scale
                yield _problem(technique, where, "a push lies between -3 and 3")


@dataclass
class _Reach:
    """What a condition may read at some point of the file."""

    framework: Framework
    answers: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    blockers: bool = False

    def check(
        self, condition: c.Condition | None, key: str, after: str = ""
    ) -> Iterator[Problem]:
        if condition is None:
            return
        for leaf in c.leaves(condition):
            yield from self._leaf(leaf, key, after)

    def _leaf(self, leaf: c.Leaf, key: str, after: str) -> Iterator[Problem]:
        match leaf:
            case c.MarketExists(market) | c.MarketReaches(market):
                yield from _market(self.framework, market, leaf, key)
            case c.FactHolds(fact):
                yield from _dangling("fact", [fact], self.facts, key)
            case c.ReasonStands(reason):
                yield from _dangling("reason", [reason], self.reasons, key)
            case c.OnlyReasons(reasons):
                yield from _dangling("reason", reasons, self.reasons, key)
            case c.AnyReason() if not self.reasons:
                yield Problem(1, key, "reasons are not decided yet at this point")
            case c.Blocked() if not self.blockers:
                yield Problem(1, key, "blockers are not decided yet at this point")
            case c.Is() | c.In() | c.Includes() | c.Only() | c.AtLeast() | c.Known():
                yield from self._answer(leaf, key, after)

    def _answer(self, leaf: c.AnswerLeaf, key: str, after: str) -> Iterator[Problem]:
        if leaf.question not in self.answers:
            hint = did_you_mean(leaf.question, self.answers)
            message = f'no question "{leaf.question}"{after}{hint}'
            yield _problem(leaf.question, key, message)
            return
        item = self.framework.answerable[leaf.question]
        options = [option.id for option in item.options]
        match leaf:
            case c.Is(_, option) | c.AtLeast(_, option):
                yield from _dangling("option", [option], options, key)
            case c.In(_, chosen) | c.Includes(_, chosen) | c.Only(_, chosen):
                yield from _dangling("option", chosen, options, key)
        yield from _fitting(leaf, item, key)


def _market(
    framework: Framework, market: str, leaf: c.MarketLeaf, key: str
) -> Iterator[Problem]:
    yield from _dangling("market fact", [market], framework.market_by_id, key)
    fact = framework.market_by_id.get(market)
    if fact and isinstance(fact.assumed, bool) != isinstance(leaf, c.MarketExists):
        message = "`exists` asks of a thing, `at_least` of a number"
        yield _problem(market, key, message)


def _fitting(
    leaf: c.AnswerLeaf, item: Question | Computed, key: str
) -> Iterator[Problem]:
    several = isinstance(item, Question) and item.kind == "several"
    ordered = isinstance(item, Question) and item.ordered
    if isinstance(leaf, c.Includes | c.Only) and not several:
        yield _problem(leaf.question, key, "one option is picked; use `is` or `in`")
    if isinstance(leaf, c.Is | c.In) and several:
        yield _problem(leaf.question, key, "several may be picked; use `includes`")
    if isinstance(leaf, c.AtLeast) and not ordered:
        yield _problem(leaf.question, key, "`at_least` asks of an ordered question")


def _decision(framework: Framework) -> Iterator[Problem]:
    reach = _Reach(framework, answers=list(framework.answerable))
    for fact in framework.facts:
        yield from reach.check(fact.when, f"facts[{fact.id}].when")
        yield from reach.check(fact.unless, f"facts[{fact.id}].unless")
        reach.facts.append(fact.id)
    yield from reach.check(framework.unproven_when, "unproven_when")
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
    yield from _after_the_verdict(framework, reach)
    yield from _totality(framework)


def _after_the_verdict(framework: Framework, reach: _Reach) -> Iterator[Problem]:
    for caution in framework.cautions:
        yield from reach.check(caution.when, f"cautions[{caution.id}].when")
    literal = framework.literal_test
    for condition in literal.conditions:
        yield from reach.check(condition.when, f"literal_test[{condition.id}].when")
    for difference in literal.differences:
        key = f"literal_test[{difference.id}].when"
        yield from reach.check(difference.when, key)
    yield from reach.check(framework.split.when, "split.when")


def _totality(framework: Framework) -> Iterator[Problem]:
    """Only the last row of a table is without a condition, so it always ends."""
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
            yield _problem(row.id, f"{key}[{row.id}]", message)
        if not last and row.when is None:
            message = "has no condition, so no row after it can be reached"
            yield _problem(row.id, f"{key}[{row.id}]", message)


def _quick(framework: Framework) -> Iterator[Problem]:
    yield from _dangling("question", framework.quick, framework.asked, "quick")
    for question in framework.questions:
        if question.id in framework.quick and question.visible:
            message = "must always apply, so the quick check can ask it"
            yield _problem(question.id, "quick", message)


def _words(framework: Framework) -> Iterator[Problem]:
    yield from _dangling(
        "question", [framework.state_question], framework.asked, "state_question"
    )
    for group in ("reasons", "blockers", "context_rules", "verdict_rules", "cautions"):
        for row in getattr(framework, group):
            yield from _dangling(
                "source", row.sources, framework.sources, f"{group}[{row.id}].sources"
            )
    state = framework.asked.get(framework.state_question)
    if state is None:
        return
    if state.kind == "several":
        message = "must be a question that one option answers"
        yield _problem(framework.state_question, "state_question", message)
        return
    states = [*(o.id for o in state.options), UNKNOWN]
    for verdict, words in framework.verdicts.items():
        key = f"verdicts.{verdict}.headlines"
        yield from _dangling("state", words.headlines, states, key)
        for missing in (s for s in states if s not in words.headlines):
            yield _problem(words.name, key, f'no headline for the state "{missing}"')
