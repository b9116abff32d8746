"""One line of facts, read: what `manage.py assess` is given."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NoReturn, cast, get_args

from audits.frameworks.answering import answers
from audits.frameworks.answering.moving import moved_to_version_2
from audits.frameworks.evaluation import Code
from audits.frameworks.loading import loader
from audits.frameworks.schema import Framework
from audits.scoring.costs.cost_numbers import INPUT_NAMES, PLANNED, InputId
from audits.scoring.deciding.candidates import CandidatesTable
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.exchange.candidate_rows import NUMBERS as ROW_NUMBERS
from audits.scoring.exchange.candidate_rows import read_table
from audits.scoring.exchange.lines.proposal_lines import read_proposal
from audits.scoring.numbers.currency import KEY as CURRENCY
from audits.scoring.numbers.currency import check_currency
from audits.scoring.numbers.numbers import CHOSEN, check_number, numbers_as_text
from audits.scoring.pricing.gpu_kinds import KEY as GPU
from audits.scoring.pricing.pricing import Numbers
from audits.scoring.proposals.proposal import DOLLARS
from audits.strict_yaml.problems import did_you_mean

# What the published cases note beside the facts themselves.
_NOTES = ("as_of", "notes", "base_end")
_ROWS = ("rows", "target")
_MODELS = ("model", "smaller", "tuned", "successor")
_MOVED_FROM, _MOVED_TO = "fine_tuning:1", ("fine_tuning", 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """What a line says: its answers and what goes with them, under a framework.

    `unmarked` is the level of the answers that have none; None is the framework's own.
    `proposal` has the parts of an offer, as they are stored among the numbers, and
    `currency` is the code of what the numbers are in, as they are there.
    """

    id: Any
    framework: Framework
    codes: dict[str, Code]
    levels: dict[str, EvidenceLevel]
    unmarked: EvidenceLevel | None
    table: CandidatesTable | None
    numbers: Numbers | None
    proposal: dict[str, str]
    currency: str = DOLLARS

    @property
    def levels_of_all(self) -> dict[str, EvidenceLevel]:
        """The levels of the answers, those that the line gives to all others too."""
        others = dict.fromkeys(self.codes, self.unmarked) if self.unmarked else {}
        return {**others, **self.levels}

    @property
    def as_entered(self) -> dict[str, str]:
        """The numbers as they are stored, with their currency."""
        numbers = numbers_as_text(self.numbers) if self.numbers else {}
        if self.currency != DOLLARS:
            numbers[CURRENCY] = self.currency
        return numbers


def read_line(line: str, framework: Framework) -> FactLine:
    """Read a line.

    Args:
        line: A JSON object with `facts`; may have `id`, `levels`, `default_level`,
            `numbers` (one of these is their `currency`), `proposal`, and `framework` or
            `codes`, such as "fine_tuning:1". Answers in the `codes` of version 1 are
            moved to version 2.
        framework: The framework of a line that names none.

    Raises:
        ValueError: The line is wrong; says which field, and what is allowed.
    """
    given = _parse(line)
    framework, moves = _framework(given, framework)
    raw = {k: v for k, v in given["facts"].items() if k not in (*_NOTES, *_ROWS)}
    asked = loader.published("fine_tuning", 1) if moves else framework
    codes = _codes(asked, raw)
    if moves:
        codes = _codes(framework, moved_to_version_2(codes))
    numbers = {**_object(given, "numbers")}
    currency = _currency(numbers.pop(CURRENCY, DOLLARS))
    priced = {k: v for k, v in numbers.items() if k not in ROW_NUMBERS}
    return FactLine(
        id=given.get("id"),
        framework=framework,
        codes=codes,
        levels=_levels(framework, _object(given, "levels")),
        unmarked=_level("default_level", given.get("default_level")),
        table=read_table(given["facts"], numbers),
        numbers=_numbers(priced) if _are_costs(numbers) else None,
        proposal=read_proposal(given.get("proposal")),
        currency=currency,
    )


def _are_costs(numbers: Mapping[str, Any]) -> bool:
    """Return whether numbers are more than what candidates are compared with."""
    return bool(numbers.keys() - {*ROW_NUMBERS, "requests"}) or (
        "requests" in numbers and not numbers.keys() & set(ROW_NUMBERS)
    )


def _parse(line: str) -> dict[str, Any]:
    try:
        given = json.loads(line, parse_float=Decimal, parse_int=Decimal)
    except json.JSONDecodeError as error:
        message = f"not JSON: {error.msg} at column {error.colno}"
        raise ValueError(message) from error
    except RecursionError as error:
        message = "not JSON that can be read: nested too deep"
        raise ValueError(message) from error
    if not isinstance(given, dict) or not isinstance(given.get("facts"), dict):
        message = "facts: must be an object of question and option codes"
        raise ValueError(message)
    return given


def _framework(given: Mapping[str, Any], default: Framework) -> tuple[Framework, bool]:
    """Return the framework of a line, and whether its codes have to be moved to it."""
    if "framework" in given and "codes" in given:
        message = "codes: give framework or codes, not both"
        raise ValueError(message)
    if "codes" in given:
        if given["codes"] != _MOVED_FROM:
            message = f'codes: only "{_MOVED_FROM}" can be moved to a newer version'
            raise ValueError(message)
        return loader.published(*_MOVED_TO), True
    if "framework" in given:
        return loader.named(str(given["framework"])), False
    return default, False


def _object(given: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    value = given.get(part, {})
    if not isinstance(value, dict):
        kind = "numbers and model ids" if part == "numbers" else "questions and levels"
        message = f"{part}: must be an object of {kind}"
        raise ValueError(message)
    return value


def _codes(framework: Framework, facts: Mapping[str, Any]) -> dict[str, Code]:
    try:
        return dict(answers.read(framework, facts))
    except answers.WrongAnswers as error:
        details = "; ".join(f"facts.{w.question}: {w.message}" for w in error.wrong)
        raise ValueError(details) from error


def _levels(framework: Framework, given: Mapping[str, Any]) -> dict[str, EvidenceLevel]:
    found = {}
    for question, value in given.items():
        if question not in framework.question_by_id:
            hint = did_you_mean(question, framework.question_by_id)
            _refuse(f"levels.{question}", f"no such question{hint}")
        level = _level(f"levels.{question}", value)
        if level:
            found[question] = level
    return found


def _level(field: str, value: Any) -> EvidenceLevel | None:
    levels = get_args(EvidenceLevel)
    if value is not None and value not in levels:
        _refuse(field, f'"{value}" is not one of {", ".join(levels)}')
    return cast("EvidenceLevel | None", value)


def _currency(given: Any) -> str:
    check_currency(f"numbers.{CURRENCY}", given)
    return cast("str", given)


def _numbers(given: Mapping[str, Any]) -> Numbers:
    known = (*INPUT_NAMES, *CHOSEN)
    found: dict[InputId, Decimal] = {}
    for key, value in given.items():
        if key not in known:
            _refuse(f"numbers.{key}", f"no such number{did_you_mean(key, known)}")
        if key in CHOSEN:
            continue
        number = value if isinstance(value, Decimal) else Decimal("NaN")
        check_number(f"numbers.{key}", number)
        found[cast("InputId", key)] = number
    today = given.get("today")
    if today not in (None, *PLANNED):
        allowed = ", ".join(PLANNED)
        _refuse("numbers.today", f'"{today}" is not one of {allowed}')
    for role in _MODELS:
        if not isinstance(given.get(role), str | None):
            _refuse(f"numbers.{role}", "must be the id of a model")
    if not isinstance(given.get(GPU), str | None):
        _refuse(f"numbers.{GPU}", "must be the name of a kind of GPU")
    named: dict[str, Any] = {each: given.get(each) for each in (*_MODELS, GPU)}
    return Numbers(given=found, today=today, **named)


def _refuse(field: str, message: str) -> NoReturn:
    said = f"{field}: {message}"
    raise ValueError(said)
