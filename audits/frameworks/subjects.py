"""What conditions read, by subject: answers, the market, and what was decided before.

A condition is known by its identity: it lives as long as its framework.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, get_args

from audits.frameworks.conditions import (
    AnswerLeaf,
    AtLeast,
    Condition,
    DecidedLeaf,
    FactHolds,
    Failed,
    In,
    Includes,
    Is,
    Known,
    Lacks,
    Leaf,
    Only,
    Proven,
    leaves,
    subject,
)
from audits.frameworks.rules import Fact

if TYPE_CHECKING:
    from audits.frameworks.questions import Question
    from audits.frameworks.readers import Certain, Row
    from audits.frameworks.schema import Framework

_DECIDED: tuple[type[Leaf], ...] = get_args(DecidedLeaf.__value__)
type QuestionRows = tuple[tuple[Question, Certain], ...]


class Subjects:
    """What the conditions of one framework read, with facts taken apart."""

    def __init__(self, framework: "Framework") -> None:
        self._framework = framework
        self._found: dict[int, dict[str, Leaf]] = {}
        # By what changes together, which is an outcome or a few open questions.
        self._reached_rows: dict[frozenset[str], QuestionRows] = {}

    def read_by(self, condition: Condition) -> Mapping[str, Leaf]:
        """Return what a condition reads, by subject: the first leaf of each."""
        found = self._found.get(id(condition))
        if found is None:
            found = self._found[id(condition)] = {}
            for leaf in self._walk(condition):
                found.setdefault(subject(leaf), leaf)
        return found

    def bits_read_by(self, *conditions: Condition | None) -> int:
        """Return the bits of the questions whose answers some conditions read."""
        read = (self.read_by(each) for each in conditions if each is not None)
        questions = {subject for found in read for subject in found}
        return self._framework.answer_tests.of_questions(questions)

    def reads_decided(self, *conditions: Condition | None) -> bool:
        """Return whether some conditions read what was decided before them."""
        walked = (leaf for each in conditions for leaf in self._walk(each))
        return any(isinstance(leaf, _DECIDED) for leaf in walked)

    @cached_property
    def tests_of(self) -> Mapping[str, tuple[AnswerLeaf, ...]]:
        """Every test of an answer that any condition makes, by question."""
        failure = self._framework.failure
        tests: dict[str, dict[AnswerLeaf, None]] = {}
        for condition in self._conditions():
            for leaf in leaves(condition):
                if isinstance(leaf, Is | In | Includes | Only | AtLeast | Known):
                    tests.setdefault(leaf.question, {})[leaf] = None
                elif isinstance(leaf, Proven | Lacks):
                    tests.setdefault(leaf.question, {})[leaf.test] = None
                elif isinstance(leaf, Failed) and failure:
                    ticked = self.ticked[leaf.way]
                    tests.setdefault(ticked.question, {})[ticked] = None
        return {question: tuple(found) for question, found in tests.items()}

    @cached_property
    def ticked(self) -> Mapping[str, Includes]:
        """The test that a simpler way was scored, by way."""
        failure = self._framework.failure
        ways = failure.ways if failure else ()
        return {way: Includes(failure.question, (way,)) for way in ways if failure}

    @cached_property
    def seen_of(self) -> dict[tuple[str, Any], tuple[bool | None, ...]]:
        """What conditions see of answers, by question and code; filled on demand."""
        return {}

    @cached_property
    def determinants(self) -> frozenset[str]:
        """The questions whose answers decide whether others apply."""
        conditions = (q.visible.when for q in self._framework.questions if q.visible)
        read = {each for when in conditions for each in self.read_by(when)}
        return frozenset(read & self._framework.question_by_id.keys())

    @cached_property
    def reached_from(self) -> Mapping[str, frozenset[str]]:
        """A question and those that its answer may show or hide, also by the way."""
        found: dict[str, frozenset[str]] = {}
        questions = self._framework.questions
        for question in reversed(questions):  # which depends on those above it
            shown = (
                found[other.id]
                for other in questions
                if other.visible and question.id in self.read_by(other.visible.when)
            )
            found[question.id] = frozenset({question.id}).union(*shown)
        return found

    def reached_rows(self, changed: Iterable[str]) -> QuestionRows:
        """Return the questions that changed answers reach, in document order.

        Each comes with the function that says whether it applies.
        """
        key = frozenset(changed)
        found = self._reached_rows.get(key)
        if found is None:
            reached = frozenset().union(*(self.reached_from.get(x, ()) for x in key))
            rows = self._framework.readers.questions
            found = self._reached_rows[key] = tuple(
                x for x in rows if x[0].id in reached
            )
        return found

    @cached_property
    def computed(self) -> frozenset[str]:
        """The answers that numbers give."""
        return frozenset(value.id for value in self._framework.computed)

    @cached_property
    def told(self) -> frozenset[str]:
        """The questions that the outcomes of experiments answer."""
        experiments = self._framework.experiments
        outcomes = (outcome for each in experiments for outcome in each.outcomes)
        return frozenset().union(*(outcome.questions for outcome in outcomes))

    @cached_property
    def growing(self) -> frozenset[str]:
        """The questions whose answer an experiment adds to or raises."""
        experiments = self._framework.experiments
        outcomes = (outcome for each in experiments for outcome in each.outcomes)
        return frozenset(q for x in outcomes for q in (*x.adds, *x.raises))

    @cached_property
    def reached_by(self) -> Mapping[str, int]:
        """The bits of what each experiment may answer, show or hide."""
        return {
            experiment.id: self._framework.answer_tests.of_questions(
                reached
                for outcome in experiment.outcomes
                for question in outcome.questions
                for reached in self.reached_from[question]
            )
            for experiment in self._framework.experiments
        }

    def _conditions(self) -> Iterator[Condition]:
        """Yield the conditions of every row that a verdict may come from."""
        framework = self._framework
        rows: tuple[Row, ...] = (
            *framework.facts,
            *framework.reasons,
            *framework.blockers,
            *framework.context_rules,
            *framework.verdict_rules,
        )
        for row in rows:
            yield from (each for each in (row.when, row.unless) if each)
        yield from (each for each in self._single() if each)

    def _single(self) -> Iterator[Condition | None]:
        framework = self._framework
        yield framework.unproven_when
        yield from (q.visible.when for q in framework.questions if q.visible)
        yield from (reason.claimed_when for reason in framework.reasons)
        if framework.failure:
            yield framework.failure.when
        for experiment in framework.experiments:
            yield experiment.when
            yield experiment.again_when
            yield experiment.quicker.when if experiment.quicker else None

    def _walk(self, condition: Condition | None) -> Iterator[Leaf]:
        failure = self._framework.failure
        for leaf in leaves(condition) if condition else ():
            if isinstance(leaf, FactHolds):
                yield from self._of_fact(self._framework.facts_by_id[leaf.fact])
            elif isinstance(leaf, Failed) and failure:
                yield Includes(failure.question, (leaf.way,))
                yield from self._walk(failure.when)
            else:
                yield leaf

    def _of_fact(self, fact: Fact) -> Iterator[Leaf]:
        yield from self._walk(fact.when)
        yield from self._walk(fact.unless)
