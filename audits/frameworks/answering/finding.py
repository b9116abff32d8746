"""Finds the questions and terms of a framework that have some words."""

from collections.abc import Iterator
from dataclasses import dataclass

from audits.frameworks.answering.glossary import words_of
from audits.frameworks.questions import Question
from audits.frameworks.schema import Framework, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What has all the words, in the order of the framework."""

    questions: tuple[Question, ...]
    terms: tuple[Term, ...]

    def __bool__(self) -> bool:
        return bool(self.questions or self.terms)


def found_in(framework: Framework, words: str) -> Found:
    """Return the questions and terms that have every word, alone or in another.

    A question has the words of its options, too, and of what its technical words mean.

    Args:
        framework: The framework whose questions and glossary are looked through.
        words: What is looked for; its case does not matter. Without a word, nothing
            is found.
    """
    sought = words.casefold().split()
    return Found(
        questions=tuple(
            each
            for each in framework.questions
            if _has(sought, *_texts(framework, each))
        ),
        terms=tuple(
            each for each in framework.glossary if _has(sought, each.term, each.means)
        ),
    )


def _texts(framework: Framework, question: Question) -> Iterator[str]:
    yield from (question.label, question.text, question.hint)
    for option in question.options:
        yield from (option.name, option.text)
    for word in words_of(framework, question.id):
        yield from (word.term, word.means)


def _has(sought: list[str], *texts: str) -> bool:
    text = " ".join(texts).casefold()
    return bool(sought) and all(word in text for word in sought)
