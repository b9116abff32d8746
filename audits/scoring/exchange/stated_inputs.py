"""Reads the inputs of an assessment from a file that anybody may have written."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, get_args

from audits.frameworks.answering import answers
from audits.frameworks.evaluation import Code
from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.exchange.differences import Difference
from audits.scoring.exchange.untrusted_json import shown, visible
from audits.scoring.inputs import Inputs
from audits.scoring.numbers import numbers
from audits.scoring.proposals.proposal_parts import TEXTS
from audits.scoring.scored.candidates import NO_CANDIDATES, Candidates
from audits.scoring.scored.values import candidates_of

_PARTS = ("answers", "levels", "numbers", "on")
_MAX_ENTRIES = 200
_MAX_CHARACTERS = 64
# A part of a proposal may be a sentence or a link.
_MAX_OF_NUMBERS = max(TEXTS.values())
_DAY = re.compile(r"20[2-9][0-9]-[0-9]{2}-[0-9]{2}", re.ASCII)
_NO_DAY = (
    "It must be a day like 2026-11-24. Older papers have none, so make the paper again."
)


class WrongInputs(ValueError):  # noqa: N818 - a list of problems
    """A file has unusable inputs; `wrong` says which and why."""

    def __init__(self, wrong: Sequence[Difference]) -> None:
        self.wrong = tuple(wrong)
        super().__init__("; ".join(f"{w.field}: {w.sentence}" for w in wrong))


def read_inputs(stated: Any, framework: Framework) -> tuple[Inputs, date]:
    """Return the inputs and the day of the market, if all of them fit.

    Args:
        stated: The inputs according to the file; may be anything.
        framework: The framework of the file.

    Raises:
        WrongInputs: Something does not fit; names each.
    """
    given = stated if isinstance(stated, dict) else {}
    said = "It is missing or invalid. Make the paper again."
    wrong = [
        Difference(field=f"given.{part}", sentence=said)
        for part in _PARTS[:3]
        if not _is_readable(
            given.get(part), _MAX_OF_NUMBERS if part == "numbers" else _MAX_CHARACTERS
        )
    ]
    day = _day(given.get("on"))
    if day is None:
        wrong.append(Difference(field="given.on", sentence=_NO_DAY))
    if wrong or day is None:
        raise WrongInputs(wrong)
    codes = _answers(framework, given["answers"])
    levels, team_numbers = given["levels"], given["numbers"]
    wrong = [*_wrong_levels(framework, levels), *_wrong_numbers(team_numbers)]
    candidates = NO_CANDIDATES
    try:
        candidates = _candidates(given.get("candidates", {}))
    except ValueError as error:
        wrong.append(_named("candidates", "", str(error)))
    if wrong:
        raise WrongInputs(wrong)
    inputs = Inputs(
        codes=codes, levels=levels, numbers=team_numbers, candidates=candidates
    )
    return inputs, day


def _candidates(stated: Any) -> Candidates:
    """Return the candidates that a file states; most have none.

    Raises:
        ValueError: They do not fit; says which field, and what is allowed.
    """
    if not isinstance(stated, dict):
        message = "an object"
        raise ValueError(message)
    return candidates_of(stated)


def _is_readable(part: Any, most: int) -> bool:
    """Return whether a part is small, and has texts and lists of texts in it."""
    if not isinstance(part, dict) or len(part) > _MAX_ENTRIES:
        return False
    for name, value in part.items():
        texts = value if isinstance(value, list) else [value]
        if len(texts) > _MAX_ENTRIES:
            return False
        if any(not isinstance(x, str) or len(x) > most for x in (name, *texts)):
            return False
    return True


def _day(stated: Any) -> date | None:
    if not isinstance(stated, str) or not _DAY.fullmatch(stated):
        return None
    try:
        return date.fromisoformat(stated)
    except ValueError:
        return None


def _answers(framework: Framework, stated: dict[str, Any]) -> dict[str, Code]:
    try:
        return answers.read(framework, stated)
    except answers.WrongAnswers as error:
        wrong = [_named("answers", w.question, w.message) for w in error.wrong]
        raise WrongInputs(wrong) from None


def _wrong_levels(
    framework: Framework, stated: Mapping[str, Any]
) -> Iterator[Difference]:
    levels = get_args(EvidenceLevel)
    for question, level in stated.items():
        if question not in framework.question_by_id:
            yield _named("levels", question, "no such question")
        elif level not in levels:
            yield _named("levels", question, f"one of {', '.join(levels)}")


def _wrong_numbers(stated: Mapping[str, Any]) -> Iterator[Difference]:
    for key, value in stated.items():
        try:
            if not isinstance(value, str):
                message = "must be a number or a name, as text"
                raise ValueError(message)
            numbers.check(key, value)
        except ValueError as error:
            yield _named("numbers", key, str(error).removeprefix(f"{key}: "))


def _named(part: str, item: str, message: str) -> Difference:
    """Return what is wrong with an item, as a sentence that is safe to show."""
    sentence = f"It does not fit the framework: {visible(message)}."
    return Difference(field=f"given.{part}.{shown(item)}", sentence=sentence)
