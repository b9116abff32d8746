"""Whether what nobody said can change a verdict, and whether that makes it provisional.

A verdict is firm once every question that can change it was answered, “I don't know
yet” included: the tables decide what follows from what is not known. The same holds of
how a result is known: one that is marked as asserted lifts nothing, and one without any
mark waits for it. Source: docs/method.md, “When to stop
asking”.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audits.frameworks.rules import Verdict
from audits.scoring.explaining.grades.confidence import Unknown

# A sentence names so many; a page has links to all.
MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question that nobody answered and that could still change the verdict."""

    question: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """Whether anything that is not known can change the verdict.

    `possible` are the verdicts that are still possible, should everything become
    known. `open` are the questions that nobody was asked and that can change which one
    it is, in the order in which they are best asked; `not_known` are those that were
    asked, and answered with “I don't know yet”.
    """

    possible: tuple[Verdict, ...]
    open: tuple[OpenQuestion, ...]
    not_known: tuple[OpenQuestion, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether nothing that is not known can change the verdict."""
        return len(self.possible) == 1 or not (self.open or self.not_known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provisional:
    """What has to be said before a verdict is firm.

    `questions` were never answered, in the order in which they are best asked. Nobody
    said how the `results` are known. Each of both could still change the verdict.
    """

    questions: tuple[OpenQuestion, ...]
    results: tuple[OpenQuestion, ...]

    @property
    def sentence(self) -> str:
        """What is missing, by name; of many, the first."""
        said = []
        if self.questions:
            number = _count(len(self.questions), "open question")
            said.append(f"{number} can still change it ({_names(self.questions)})")
        if self.results:
            number = _count(len(self.results), "result")
            verb = "is" if len(self.results) == 1 else "are"
            is_known = f"nobody has said how {number} {verb} known"
            said.append(f"{is_known}, which can change it ({_names(self.results)})")
        return f"This verdict is provisional: {', and '.join(said)}."

    @property
    def lacks(self) -> str:
        """What nobody can sign it off without, by name; of many, the first."""
        said = []
        if self.questions:
            number = _count(len(self.questions), "answer")
            said.append(f"{number} ({_names(self.questions)})")
        if self.results:
            number = _count(len(self.results), "result")
            said.append(f"how {number} were found ({_names(self.results)})")
        return " and ".join(said)


def provisional(
    completeness: Completeness | None,
    unknowns: Iterable[Unknown],
    unmarked: Iterable[OpenQuestion] = (),
) -> Provisional | None:
    """Return what makes a verdict provisional; None if it is firm.

    Args:
        completeness: What nobody was asked; None where the framework does not tell it.
        unknowns: What is not known, and which of it changes the verdict alone.
        unmarked: The results whose level nobody gave and that could change it.
    """
    alone = (
        OpenQuestion(question=unknown.question, label=unknown.label)
        for unknown in unknowns
        if unknown.left_open and unknown.could_become
    )
    questions = completeness.open if completeness else tuple(alone)
    results = tuple(unmarked)
    if not questions and not results:
        return None
    return Provisional(questions=questions, results=results)


def _names(asked: Sequence[OpenQuestion]) -> str:
    return named([each.label for each in asked])


def named(labels: Sequence[str]) -> str:
    """Return labels in quotation marks, and count those after the third."""
    names = [f"“{label}”" for label in labels[:MOST_NAMED]]
    more = len(labels) - len(names)
    last = f"{more} more" if more else names.pop()
    return f"{', '.join(names)} and {last}" if names else last


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
