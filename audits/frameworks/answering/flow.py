"""Which questions apply, and which answers count.

Every reader of answers goes through `relevant`: an answer to a question that no longer
applies stays stored, and never counts.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Self

from audits.frameworks.evaluation import Code, Codes, EvaluationContext
from audits.frameworks.questions import UNKNOWN, Question
from audits.frameworks.readers import Certain
from audits.frameworks.schema import Framework


def relevant(framework: Framework, answers: Mapping[str, Code]) -> Codes:
    """Return the answers that count, as option codes, in document order.

    Args:
        framework: The framework the answers were given to.
        answers: Question id to an option code, `"unknown"`, or a tuple of options
            (kind several) or ticks (kind ticks). It may include computed values.

    Returns:
        The answers to questions that apply; ticks become the option they give. A
        question without an answer is absent.
    """
    return Counted.of(framework, answers).codes


def applicable(
    framework: Framework, answers: Mapping[str, Code]
) -> tuple[Question, ...]:
    """Return the questions that apply, given these answers, in document order."""
    return _applicable(framework, tuple(answers.items()))


@lru_cache(maxsize=128)
def _applicable(
    framework: Framework, answers: tuple[tuple[str, Code], ...]
) -> tuple[Question, ...]:
    """Find them once for a page, which asks several times."""
    return applying(framework, relevant(framework, dict(answers)))


def applying(framework: Framework, codes: Codes) -> tuple[Question, ...]:
    """Return the questions that apply, given the answers that count."""
    at = EvaluationContext(framework, codes)
    return tuple(q for q, applies in framework.readers.questions if applies(at))


class Counted:
    """Given answers, and the `codes` of those that count.

    `changed` are the questions whose answer counts otherwise than before a change.
    """

    def __init__(
        self,
        given: Mapping[str, Code],
        codes: dict[str, Code],
        above: EvaluationContext,
    ) -> None:
        self.given, self.codes = given, codes
        self.changed: set[str] = set()
        # The answers that count, of the questions that decide whether others apply.
        self._above = above

    @classmethod
    def of(cls, framework: Framework, given: Mapping[str, Code]) -> Self:
        """Return which of the given answers count, in document order."""
        counted = cls(given, {}, EvaluationContext(framework, {}))
        determinants = framework.subjects.determinants
        for question, applies in framework.readers.questions:
            code = counted._code(question, applies)
            if code is not None:
                counted.codes[question.id] = code
                if question.id in determinants:
                    counted._above.see(question.id, code)
        for value in framework.computed:
            if value.id in given:
                counted.codes[value.id] = given[value.id]
        return counted

    def after(self, changes: Mapping[str, Code | None]) -> "Counted":
        """Return what counts once some answers are given otherwise, or taken back."""
        above, subjects = self._above, self._above.framework.subjects
        if not subjects.determinants.isdisjoint(changes):
            above = above.fork()
        given = dict(self.given)
        for each, code in changes.items():
            if code is not None:
                given[each] = code
            else:
                given.pop(each, None)
        other = Counted(given, self.codes.copy(), above)
        for question, applies in subjects.reached_rows(changes):
            code = other._code(question, applies)
            if code != other.codes.get(question.id):
                other._put(question.id, code)
        for value in subjects.computed.intersection(changes):
            if changes[value] != other.codes.get(value):
                other._put(value, changes[value])
        return other

    def alone(self) -> "Counted":
        """Return what counts if nothing else had been given."""
        return Counted(self.codes, self.codes, self._above)

    def _code(self, question: Question, applies: Certain) -> Code | None:
        answer = self.given.get(question.id)
        if answer is None or not applies(self._above):
            return None
        return code_of(question, answer)

    def _put(self, item_id: str, code: Code | None) -> None:
        self.changed.add(item_id)
        if code is None:
            del self.codes[item_id]
        else:
            self.codes[item_id] = code
        if item_id in self._above.framework.subjects.determinants:
            self._above.see(item_id, code)


def ticked_option(question: Question, ticks: Iterable[str]) -> str:
    """Return the option that ticks give: the last one they satisfy.

    A ticks question lists its options from least to most.
    """
    given = frozenset(ticks)
    return [o.id for o in question.options if o.amounts_to(given)][-1]


def code_of(question: Question, answer: Code) -> Code:
    """Return an answer as codes: ticks as the option they add up to."""
    if question.kind == "ticks" and isinstance(answer, tuple):
        return ticked_option(question, answer)
    return answer


def is_answered(codes: Codes, question: Question) -> bool:
    """Return whether a question has an answer, "I don't know yet" included."""
    return question.id in codes


def is_known(codes: Codes, question_id: str) -> bool:
    """Return whether a question has an answer other than "I don't know yet"."""
    return codes.get(question_id, UNKNOWN) != UNKNOWN


def is_told(framework: Framework, question_id: str, code: Code) -> bool:
    """Return whether an answer says what is so: a fault that nobody counted does not.

    Which questions come up depends on the fault, so counting it later can change a
    verdict as much as finding out what was "I don't know yet".
    """
    if code == UNKNOWN or question_id != framework.faults_question:
        return code != UNKNOWN
    asked = framework.question_by_id[question_id]
    return not all((found := asked.option(x)) and found.not_yet for x in code)
