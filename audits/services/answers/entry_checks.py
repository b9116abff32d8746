"""Refuses invalid answers, levels, numbers, notes and candidates."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args

from audits.frameworks.answering import answers as framework_answers
from audits.frameworks.answering.answers import WrongAnswer, WrongAnswers
from audits.frameworks.evaluation import Code
from audits.frameworks.schema import Framework
from audits.models import Version
from audits.models.fields.text import clean_text
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.numbers import numbers
from audits.scoring.scored.values import check_value
from audits.services.answers.merging import Sent

NOTE_MAX = 10_000

type Key = tuple[str, str]


def checked_entries(
    framework: Framework, sent: Mapping[Key, Sent]
) -> Mapping[Key, Sent]:
    """Check that every value fits its entry.

    Returns:
        What was sent, with several picks in the order of their question: the order in
        which a page happens to send them changes no answer.

    Raises:
        WrongAnswers: One does not; names all that do not.
    """
    given: dict[str, dict[str, Any]] = {kind: {} for kind in Version.Kind}
    for (kind, item), entry in sent.items():
        if entry.value is not None:
            given[kind][item] = entry.value
    codes = framework_answers.read(framework, given["answer"])
    wrong = [
        WrongAnswer(question, "no such question")
        for kind in ("level", "note")
        for question in given[kind]
        if question not in framework.question_by_id
    ]
    levels = get_args(EvidenceLevel)
    wrong += [
        WrongAnswer(question, f"one of {', '.join(levels)}")
        for question, level in given["level"].items()
        if level not in levels
    ]
    wrong += [
        WrongAnswer(question, f"{NOTE_MAX:,} characters or fewer")
        for question, note in given["note"].items()
        if clean_text(note) != note or len(note) > NOTE_MAX
    ]
    for key, value in given["number"].items():
        try:
            numbers.check(key, value)
        except ValueError as error:
            wrong.append(WrongAnswer(key, str(error)))
    for item, value in given["candidate"].items():
        try:
            check_value(item, value)
        except ValueError as error:
            wrong.append(WrongAnswer(item, str(error)))
    if wrong:
        raise WrongAnswers(wrong)
    return {key: _in_order(key, entry, codes) for key, entry in sent.items()}


def _in_order(key: Key, entry: Sent, codes: Mapping[str, Code]) -> Sent:
    kind, item = key
    if kind != "answer" or not isinstance(entry.value, list):
        return entry
    return replace(entry, value=list(codes[item]))
