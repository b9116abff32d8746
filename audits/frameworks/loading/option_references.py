"""What a framework says that its options mean, beside the conditions that read them."""

from collections.abc import Iterator

from audits.frameworks.questions import Computed, Option, Question
from audits.frameworks.schema import Framework
from audits.strict_yaml.dangling import problem_at
from audits.strict_yaml.problems import Problem

_OF_ANSWERS = (
    *("tests", "good_enough", "needs_facts", "found_by_search", "machines", "runs"),
)


def problems(framework: Framework) -> Iterator[Problem]:
    """Yield what an option cannot mean, by what its question asks."""
    for question in framework.questions:
        for option in question.options:
            key = f"questions[{question.id}].options[{option.id}]"
            yield from _range(question, option, key)
            if option.good_enough and option.not_yet:
                says = "is not for an option that is `not_yet`"
                yield problem_at(option.id, f"{key}.good_enough", says)
    for value in framework.computed:
        for option in value.options:
            yield from _computed(value, option)


def _range(question: Question, option: Option, key: str) -> Iterator[Problem]:
    """Only a part of a number has ends, and the upper one needs a lower one."""
    low, high = option.low, option.high
    if question.number is None and option.half_window:
        says = "is for an option of a question with `number:`"
        yield problem_at(option.id, f"{key}.half_window", says)
    if question.number is None and (low, high) != (None, None):
        says = "is for an option of a question with `number:`"
        yield problem_at(option.id, f"{key}.{'high' if low is None else 'low'}", says)
    elif high is not None and (low is None or high < low):
        yield problem_at(option.id, f"{key}.high", "needs a `low:` that is no higher")


def _computed(value: Computed, option: Option) -> Iterator[Problem]:
    """Nobody picks it."""
    ends = {"low": option.low is not None, "high": option.high is not None}
    ends["half_window"] = option.half_window is not None
    said = {name: bool(getattr(option, name)) for name in _OF_ANSWERS} | ends
    for name in (name for name, is_said in said.items() if is_said):
        says = "is for an option of a question, and this value is computed"
        key = f"computed[{value.id}].options[{option.id}].{name}"
        yield problem_at(option.id, key, says)
