"""The order of a framework's questions."""

from dataclasses import dataclass

from audits.frameworks.conditions import Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedWhen:
    """Questions that come early once a condition holds."""

    questions: tuple[str, ...]
    when: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionOrder:
    """Which questions come before the others, which keep the order of the file.

    `once_needed` come first as soon as some reason to train is certain. A question that
    may not apply yet keeps its place in the file until it does.
    """

    first: tuple[str, ...]
    then: tuple[AskedWhen, ...]
    once_needed: tuple[str, ...]
