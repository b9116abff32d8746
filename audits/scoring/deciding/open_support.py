"""Through which questions an unsettled condition may still move."""

from collections.abc import Iterator

from audits.frameworks import conditions as c
from audits.frameworks.rules import Blocker, Fact, Reason
from audits.scoring.deciding.open_conditions import EITHER, OpenAnswers

_ONE_FLAG = (1, 2, 4)


def support(answers: OpenAnswers, condition: c.Condition | None) -> set[str]:
    """Return the free questions that can still change what a condition ends as."""
    return set(_support(answers, condition)) if condition is not None else set()


def _support(answers: OpenAnswers, condition: c.Condition) -> Iterator[str]:
    if answers.flags(condition) in _ONE_FLAG:
        return
    if isinstance(condition, c.All | c.Any | c.Not):
        parts = (condition.part,) if isinstance(condition, c.Not) else condition.parts
        for part in parts:
            yield from _support(answers, part)
        return
    match condition:
        case c.FactHolds(fact_id):
            yield from _of_row(answers, answers.framework.facts_by_id[fact_id])
        case c.ReasonStands() | c.AnyReason() | c.OnlyReasons() | c.Blocked():
            yield from _of_decided(answers, condition)
        case c.Failed(way):
            yield from _of_failure(answers, way)
        case c.MarketExists() | c.MarketReaches() | c.ContextIs() | c.VerdictIs():
            return
        case _:
            yield from _of_question(answers, condition.question)


def _of_row(answers: OpenAnswers, row: Fact | Reason | Blocker) -> set[str]:
    return support(answers, row.when) | support(answers, row.unless)


def _of_decided(answers: OpenAnswers, leaf: c.DecidedLeaf) -> Iterator[str]:
    if isinstance(leaf, c.Blocked):
        for blocker in answers.framework.blockers:
            yield from _of_row(answers, blocker)
        return
    for reason in answers.framework.reasons:
        is_read = not isinstance(leaf, c.ReasonStands) or leaf.reason == reason.id
        if is_read and answers.reasons[reason.id] == EITHER:
            yield from _of_row(answers, reason)


def _of_failure(answers: OpenAnswers, way: str) -> Iterator[str]:
    if failure := answers.framework.failure:
        yield from _support(answers, c.Includes(failure.question, (way,)))
        yield from _support(answers, failure.when)


def _of_question(answers: OpenAnswers, question_id: str) -> Iterator[str]:
    """Yield the question itself, or what decides whether its answer counts."""
    if answers.is_free(question_id):
        yield question_id
    elif question_id in answers.may_hide:
        visible = answers.framework.question_by_id[question_id].visible
        yield from support(answers, visible.when if visible else None)
