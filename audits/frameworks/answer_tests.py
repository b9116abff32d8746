"""Every test of an answer that conditions make, as two bits of one integer.

One bit says that the test holds, the other that it does not; while that is unknown,
neither is set. What conditions see of all answers is then one integer, and a condition
over many tests is read with one or two operations.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from audits.frameworks import conditions as c
from audits.frameworks.condition_places import conditions_of
from audits.frameworks.questions import UNKNOWN

if TYPE_CHECKING:
    from audits.frameworks.evaluation import Code
    from audits.frameworks.schema import Framework

type AnswerTest = c.AnswerLeaf | c.ProofLeaf
type _Key = tuple[str, "Code | None", bool, bool, frozenset[str]]
type _PlainTest = c.Is | c.In | c.Includes | c.Only | c.AtLeast
ANSWER_TESTS = (
    *(c.Is, c.In, c.Includes, c.Only, c.AtLeast, c.Known),
    *(c.Proven, c.Lacks),
)

# More are not kept: of a question with many picks there are thousands of answers.
_MOST_KEPT = 20_000


class AnswerTests:
    """The tests of answers of one framework, and what they see."""

    def __init__(self, framework: "Framework") -> None:
        self._framework = framework
        self._seen: dict[_Key, int] = {}
        self._bits_of_questions: dict[frozenset[str], int] = {}

    def bits(self, test: AnswerTest) -> tuple[int, int]:
        """Return the bits that a test holds, and that it does not.

        Raises:
            KeyError: No condition of the framework makes this test.
        """
        place = self._places[test]
        return 1 << place, 2 << place

    def see(
        self,
        question: str,
        code: "Code | None",
        *,
        proved: bool,
        believed: bool,
        unshown: frozenset[str] = frozenset(),
    ) -> int:
        """Return what the tests of a question see of an answer, or of none.

        Args:
            question: The question of the answer.
            code: The answer; None if there is none.
            proved: Whether something proves it.
            believed: Whether it is read as if something did, and what nobody has tried
                or tested yet as unknown.
            unshown: The ticks of the answer that nothing proves, though it is proved.
        """
        key = question, code, proved, believed, unshown
        seen = self._seen.get(key)
        if seen is None:
            if len(self._seen) >= _MOST_KEPT:
                self._seen.clear()
            seen = self._seen[key] = self._see(key)
        return seen

    @cached_property
    def unanswered(self) -> Mapping[bool, int]:
        """What they see where no question has an answer, by whether it is believed."""
        return {
            believed: _union(
                self.see(question, None, proved=True, believed=believed)
                for question in self._tests_of
            )
            for believed in (False, True)
        }

    @cached_property
    def others(self) -> Mapping[str, int]:
        """All bits but those of the tests of a question, by question."""
        return {question: ~self.of_questions((question,)) for question in self._all}

    def of_questions(self, questions: Iterable[str]) -> int:
        """Return the bits of the tests of some questions."""
        key = frozenset(questions)
        found = self._bits_of_questions.get(key)
        if found is None:
            tests = (test for each in key for test in self._tests_of.get(each, ()))
            found = self._bits_of_questions[key] = _union(
                3 << self._places[test] for test in tests
            )
        return found

    @cached_property
    def _all(self) -> tuple[str, ...]:
        return tuple(self._framework.answerable)

    @cached_property
    def _places(self) -> dict[AnswerTest, int]:
        """The place of the first bit of each test."""
        tests = dict.fromkeys(self._listed())
        return {test: 2 * number for number, test in enumerate(tests)}

    @cached_property
    def _tests_of(self) -> Mapping[str, list[AnswerTest]]:
        found: dict[str, list[AnswerTest]] = {}
        for test in self._places:
            found.setdefault(test.question, []).append(test)
        return found

    def _listed(self) -> Iterator[AnswerTest]:
        for _, condition in conditions_of(self._framework):
            for leaf in c.leaves(condition):
                if isinstance(leaf, ANSWER_TESTS):
                    yield leaf
                if isinstance(leaf, c.Proven | c.Lacks):
                    yield leaf.test
        yield from self._framework.subjects.ticked.values()

    def _see(self, key: "_Key") -> int:
        question, code, proved, believed, unshown = key
        is_open = (question, code) in self._framework.open_answers
        told = None if code == UNKNOWN or is_open else code
        shown = _without(told, unshown) if proved else None
        seen = 0
        for test in self._tests_of.get(question, ()):
            value = self._value(test, told, shown, believed)
            if value is not None:
                seen |= (1 if value else 2) << self._places[test]
        return seen

    def _value(
        self,
        test: AnswerTest,
        told: "Code | None",
        shown: "Code | None",
        believed: bool,
    ) -> bool | None:
        """Return what a test says of an answer; None while that is unknown.

        `shown` is the part of the answer that something proves.
        """
        match test:
            case c.Known(_, known):
                return (told is not None) is known
            case c.Lacks(inner):
                return self._says(inner, told) is not True
            case c.Proven(inner):
                if not believed:
                    return self._says(inner, shown) is True
                value = self._says(inner, told)
                # What nobody has tried or tested yet is not known to be false.
                may_grow = test.question in self._framework.subjects.growing
                return None if may_grow and not value else value
            case _:
                return self._says(test, told)

    def _says(self, test: _PlainTest, told: "Code | None") -> bool | None:
        if told is None:
            return None
        match test:
            case c.Is(_, option):
                return told == option
            case c.In(_, options):
                return told in options
            case c.Includes(_, options):
                return not frozenset(options).isdisjoint(told)
            case c.Only(_, options):
                return bool(told) and frozenset(options).issuperset(told)
            case c.AtLeast(question, option):
                rank = self._framework.rank
                return rank[question, str(told)] >= rank[question, option]


def _without(code: "Code | None", unshown: frozenset[str]) -> "Code | None":
    """Return an answer without some of its ticks."""
    if code is None or isinstance(code, str) or not unshown:
        return code
    return tuple(tick for tick in code if tick not in unshown)


def _union(bits: Iterable[int]) -> int:
    found = 0
    for each in bits:
        found |= each
    return found
