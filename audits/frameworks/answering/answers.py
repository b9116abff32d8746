"""Checks that answers fit their questions."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from audits.frameworks.evaluation import Code
from audits.frameworks.questions import UNKNOWN, Question
from audits.frameworks.schema import Framework
from audits.strict_yaml.problems import did_you_mean


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """An answer that does not fit its question, and the answers that do."""

    question: str
    message: str


class WrongAnswers(ValueError):  # noqa: N818 - a list of problems
    """Some answers do not fit; `wrong` says which and why."""

    def __init__(self, wrong: list[WrongAnswer]) -> None:
        self.wrong = tuple(wrong)
        super().__init__("; ".join(f"{w.question}: {w.message}" for w in wrong))


def read(framework: Framework, given: Mapping[str, Any]) -> dict[str, Code]:
    """Return answers as codes; several picks in the order of the question.

    Args:
        framework: The framework that asks.
        given: Question or computed value to an option, `"unknown"`, or a list of
            options or ticks, as JSON has them.

    Raises:
        WrongAnswers: The framework has no such id or code; names those it has.
    """
    codes: dict[str, Code] = {}
    wrong: list[WrongAnswer] = []
    for item_id, value in given.items():
        try:
            codes[item_id] = _code(framework, item_id, value)
        except ValueError as error:
            wrong.append(WrongAnswer(item_id, str(error)))
    if wrong:
        raise WrongAnswers(wrong)
    return codes


def fitting(framework: Framework, given: Mapping[str, Code]) -> dict[str, Code]:
    """Return the answers that a framework can read, and leave out the others.

    Args:
        framework: The framework that asks; not the one that they answered.
        given: Question or computed value to an option, `"unknown"`, options or ticks.
    """
    codes: dict[str, Code] = {}
    for item_id, value in given.items():
        with suppress(ValueError):
            codes[item_id] = _code(framework, item_id, value)
    return codes


def _code(framework: Framework, item_id: str, value: Any) -> Code:
    item = framework.answerable.get(item_id)
    if item is None:
        message = f"no such question{did_you_mean(item_id, framework.answerable)}"
        raise ValueError(message)
    if value == UNKNOWN:
        return UNKNOWN
    options = [option.id for option in item.options]
    if isinstance(item, Question) and isinstance(value, list | tuple):
        return _picked(item, value, options)
    if isinstance(item, Question) and item.kind == "several":
        message = f"a list of up to {item.most} of {', '.join(options)}"
        raise ValueError(message)
    if not isinstance(value, str) or value not in options:
        message = f"{_show(value)} is not one of {', '.join([*options, UNKNOWN])}"
        raise ValueError(message)
    return value


def _picked(
    question: Question, value: list[Any] | tuple[Any, ...], options: list[str]
) -> tuple[str, ...]:
    if question.kind == "one":
        message = f"one of {', '.join([*options, UNKNOWN])}, not a list"
        raise ValueError(message)
    ticks = [tick.id for tick in question.ticks]
    allowed = ticks or options
    for item in value:
        if item not in allowed:
            message = f"{_show(item)} is not one of {', '.join(allowed)}"
            raise ValueError(message)
    if len(set(value)) != len(value):
        message = "each may be given once"
        raise ValueError(message)
    if question.kind == "several" and not 0 < len(value) <= question.most:
        message = f"1 to {question.most} of {', '.join(options)}"
        raise ValueError(message)
    return tuple(item for item in allowed if item in value)


def _show(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
