"""What cards say beside the framework, as data that ships with this release."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from audits.frameworks.evaluation import Code
from audits.strict_yaml.shipped import read_file

_FILE = Path(__file__).with_name("step_facts.yaml")
CASES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperimentFacts:
    """A planned experiment: the question that it answers, and how it is run.

    `kinds` are the kinds of candidates that are tested on `cases` cases; empty if it
    needs none. `sets_target` says that its result is a target. `how` is what to do,
    where its name does not say it.
    """

    id: str
    asks: str
    sample: str
    measure: str
    pass_mark: str
    how: str = ""
    kinds: tuple[str, ...] = ()
    cases: int = CASES
    sets_target: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFacts:
    """A question that the scores of candidates answer.

    `by_scores` says that nothing but these scores, and a target, answers it. `enough`
    is how many cases a test of it takes; 0 where its sample says it. `on_test_set` says
    that it takes the cases of the test set, and `same_cases` that it takes as many as
    are there. `beside` is how the first of its `kinds` is tested together with what is
    advised, `{what}`.
    """

    id: str
    kinds: tuple[str, ...]
    cases: int = CASES
    by_scores: bool = True
    enough: int = 0
    on_test_set: bool = False
    same_cases: bool = False
    beside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestFacts:
    """The test of what a verdict advises, by the step that it names.

    It is of a `kind` of candidate. `hours` are those of one person who has the cases.
    `unpriced` is what it changes in each call, where no number says what that costs.
    """

    step: str
    name: str
    kind: str
    hours: int
    unpriced: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFacts:
    """How the answers to some questions are shown that are there already.

    An answer that is `lacking` says that there is nothing to show. `by_results` says
    that results of candidates show them.
    """

    id: str
    questions: tuple[str, ...]
    name: str
    how: str
    hours: int = 1
    lacking: tuple[str, ...] = ()
    by_results: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlingFacts:
    """The step of a question where one of `steps` is advised, named as there."""

    question: str
    steps: tuple[str, ...]
    name: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookingFacts:
    """The step of a question that people answer by a look at cases, and at which.

    Its name is `name`, with `cases` where no test has some that failed.
    """

    question: str
    name: str
    cases: str
    sample: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFacts:
    """What the target is, how to set it, and when that is done."""

    asks: str
    how: str
    done: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RerunFacts:
    """How cases that are there are run after every change, and the hours of that."""

    hours: int
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidBy:
    """What some answers to a question say of a thing, in words."""

    question: str
    answers: Mapping[str, str]

    def told(self, codes: Mapping[str, Code]) -> str:
        """Return what the answer says of it; empty if it does not say that it is."""
        code = codes.get(self.question)
        return self.answers.get(code, "") if isinstance(code, str) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFacts:
    """An answer on how often experts agree: on `least` of 100 cases or more.

    It is on fewer than `below`; None where the answer has no such end.
    """

    question: str
    answer: str
    least: int
    below: int | None = None


@dataclass(frozen=True, kw_only=True)
class CardFacts:
    """All of it; `answered_by_results` are questions, `agreement` answers.

    `test_set` says that there are cases, `written_target` that there was a target.

    One more case takes `minutes_a_case`, with its right answer, and `minutes_a_run` to
    run and judge it with each other candidate.
    """

    experiments: tuple[ExperimentFacts, ...]
    questions: tuple[QuestionFacts, ...]
    answered_by_results: tuple[str, ...]
    tests: tuple[TestFacts, ...]
    proofs: tuple[ProofFacts, ...]
    settling: SettlingFacts
    looking: LookingFacts
    target: TargetFacts
    reruns: RerunFacts
    test_set: SaidBy
    written_target: SaidBy
    agreement: tuple[AgreementFacts, ...]
    minutes_a_case: int
    minutes_a_run: int

    @cached_property
    def experiment(self) -> Mapping[str, ExperimentFacts]:
        """The planned experiments by id."""
        return {each.id: each for each in self.experiments}

    @cached_property
    def test(self) -> Mapping[str, TestFacts]:
        """The tests of the advice, by step."""
        return {each.step: each for each in self.tests}

    @cached_property
    def proof(self) -> Mapping[str, ProofFacts]:
        """What shows an answer, by its question."""
        return {asked: each for each in self.proofs for asked in each.questions}

    @cached_property
    def question(self) -> Mapping[str, QuestionFacts]:
        """The questions by id."""
        return {each.id: each for each in self.questions}


@cache
def card_facts() -> CardFacts:
    """Return what ships with this release.

    Raises:
        RefusedFileError: The file is refused; lists every problem with its line.
    """
    return read_file(_FILE, CardFacts)
