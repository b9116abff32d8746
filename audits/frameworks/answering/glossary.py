"""The technical words that a text uses, and Attune’s own, with their meanings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from audits.frameworks.questions import Question
from audits.frameworks.schema import Framework, Term
from audits.strict_yaml.shipped import read_file

_FILE = Path(__file__).with_name("words.yaml")
_KEPT = 500  # as many questions as several versions have


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """The words that no framework has: those of pages and papers."""

    words: tuple[Term, ...]


@cache
def own_words() -> tuple[Term, ...]:
    """Return the words of Attune’s own pages and papers.

    Raises:
        RefusedFileError: The file is refused; lists every problem with its line.
    """
    return read_file(_FILE, OwnWords).words


def words_of_question(framework: Framework, question: Question) -> tuple[Term, ...]:
    """Return the terms of a framework's glossary that a question uses, in its order.

    A term counts in the singular and the plural, and whatever its capitals are.
    """
    return _words_in(framework, " ".join(_texts(question)))


def words_in(framework: Framework, *texts: str) -> tuple[Term, ...]:
    """Return the terms of a framework's glossary that some texts use, in its order."""
    return _words_in(framework, " ".join(texts))


@lru_cache(maxsize=_KEPT)
def words_of(framework: Framework, question: str) -> tuple[Term, ...]:
    """Return the same for a question of the framework, by its id."""
    return words_of_question(framework, framework.question_by_id[question])


def _texts(question: Question) -> Iterator[str]:
    yield from (question.text, question.hint, question.example, question.find_out)
    for option in question.options:
        yield from (option.name, option.text)


@lru_cache(maxsize=_KEPT)
def _words_in(framework: Framework, text: str) -> tuple[Term, ...]:
    return tuple(word for word in framework.glossary if _of(word.term).search(text))


@lru_cache(maxsize=_KEPT)
def _of(term: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(term)}(?:e?s)?\b", re.IGNORECASE)
