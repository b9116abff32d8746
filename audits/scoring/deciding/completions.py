"""Whether the last open questions can still change a verdict, by trying every answer.

Reading open conditions forgets that two of them read the same answer, so it may find a
question that can change nothing. Where few are left, trying them all is exact.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

from audits.frameworks.evaluation import Code, Codes
from audits.frameworks.questions import UNKNOWN, Question
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.decision import Again
from audits.scoring.deciding.signatures import signature
from audits.scoring.deciding.trial import Shift, Trial

# A few milliseconds.
MOST = 36

# An answer, and whether it is measured.
type Choice = tuple[Code, bool]


def only_verdict(
    framework: Framework,
    codes: Codes,
    questions: Sequence[str],
    under: Circumstances,
) -> Verdict | None:
    """Return the verdict if all answers to some open questions give the same.

    Args:
        framework: The framework that asks.
        codes: The answers so far.
        questions: The questions left open; others can change nothing.
        under: The market of the day, and how the answers are proved.

    Returns:
        None also where there are too many answers to try, or several may be picked.
    """
    asked = [framework.question_by_id[question] for question in questions]
    if any(question.kind == "several" for question in asked):
        return None
    choices = [tuple(_choices(framework, question)) for question in asked]
    if prod(map(len, choices)) > MOST:
        return None
    trial = Trial.of(framework, codes, under)
    again = Again(trial)
    _, verdict = again.decide(trial)
    for chosen in product(*choices):
        _, other = again.decide(trial.after(_shift(questions, chosen)))
        if other != verdict:
            return None
    return verdict


def _choices(framework: Framework, question: Question) -> Iterator[Choice]:
    """Yield one answer of each kind that decides otherwise than the others."""
    is_told = question.id in framework.subjects.told
    seen: set[object] = set()
    for code in (UNKNOWN, *(option.id for option in question.options)):
        # An experiment compares its outcome with the very option.
        seen_as = code if is_told else signature(framework, question, code)
        if seen_as not in seen:
            seen.add(seen_as)
            yield code, True
            if question.is_measurement and code != UNKNOWN:
                yield code, False


def _shift(questions: Sequence[str], chosen: Sequence[Choice]) -> Shift:
    given = dict(zip(questions, chosen, strict=True))
    return Shift(
        {question: code for question, (code, _) in given.items()},
        frozenset(question for question, (_, is_shown) in given.items() if is_shown),
    )
