"""Where each result of a step leads, as the rows of a small table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audits.frameworks.rules import Verdict
from audits.scoring.cards.card import Card
from audits.scoring.cards.outcomes import AS_NOW, CardOutcome
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.explaining.evidence import LOOKED_UP

_ROWS = 4
_NAMED = 2  # results that a row names, beside one that has all others
_OTHERS = "Any other result"
_EVERY = "Any result"
_SENTENCE = " the target"  # other results are the names of options


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow:
    """Some results of a step, and what follows from them.

    `verdict` is empty where `says` tells all. `is_improved` says that the verdict was
    tested and failed, made better; `step` is what is advised then, if that changes.
    """

    results: str
    says: str = ""
    verdict: Verdict | None = None
    is_improved: bool = False
    step: str = ""


def outcome_rows(card: Card) -> tuple[OutcomeRow, ...]:
    """Return where the results of a step lead; nothing where all keep the verdict.

    Results that are too many to name are the others: only the last row has them.
    """
    if all(outcome.stays for outcome in card.outcomes):
        return ()
    told = card.outcomes
    if card.comes_first:  # its page says what is advised with another verdict
        told = tuple(x if x.stays else replace(x, then=AS_NOW) for x in told)
    if len(told) > _ROWS:
        first = tuple(_row(each, _either(each.results)) for each in told[:_NAMED])
        return (*first, OutcomeRow(results=_OTHERS, says=_others(told[_NAMED:])))
    head, *rows = _rows(told)
    if card.because == LOOKED_UP:  # its name says where to look, and not for what
        asked = ", ".join(each.label for each in card.answers)
        head = replace(head, results=f"{asked}: {head.results}")
    return (head, *rows)


def _rows(told: Sequence[CardOutcome]) -> Iterator[OutcomeRow]:
    if len(told) == 1 and len(told[0].results) > _NAMED:
        yield _row(told[0], _EVERY)
        return
    most = max(told, key=lambda x: (len(x.results), x.stays))
    is_long = len(most.results) > _NAMED and len(told) > 1
    for outcome in told:
        if not (is_long and outcome is most):
            yield _row(outcome, _either(outcome.results))
    if is_long:
        yield _row(most, _OTHERS)


def _others(told: Sequence[CardOutcome]) -> str:
    """Name what the results lead to that have no row of their own."""
    names = dict.fromkeys(x.verdict_name for x in told if not (x.stays or x.opens))
    opens = ["another question"] if any(x.opens for x in told) else []
    stays = ["the verdict stays"] if any(x.stays for x in told) else []
    said = _either([*names, *opens, *stays])
    return f"{said[:1].upper()}{said[1:]}"


def _either(results: Sequence[str]) -> str:
    """Name one result or another, as the head of a row."""
    first, *rest = results
    *others, last = first, *map(as_clause, rest)
    return f"{', '.join(others)} or {last}" if others else last


def as_clause(result: str) -> str:
    """Return a result as it goes on within a sentence, if it is one.

    >>> as_clause("Both meet the target"), as_clause("Rules")
    ('both meet the target', 'Rules')
    """
    return lower_first(result) if result.endswith(_SENTENCE) else result


def _row(outcome: CardOutcome, results: str) -> OutcomeRow:
    if outcome.stays:
        then = outcome.then.told
        return OutcomeRow(results=results, says="Verdict stays", step=then)
    if outcome.opens:
        first, *others = outcome.opens
        more = f" and {len(others)} more" if others else ""
        return OutcomeRow(results=results, says=f"Brings up “{first}”{more}")
    return OutcomeRow(
        results=results,
        verdict=outcome.verdict,
        is_improved=outcome.is_improved,
        step=outcome.next_step,
    )
