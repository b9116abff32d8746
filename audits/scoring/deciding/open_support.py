"""Through which questions an unsettled condition may still move."""

from collections.abc import Iterable, Iterator

from audits.frameworks import conditions as c
from audits.frameworks.readers import Row
from audits.scoring.deciding.open_conditions import EITHER, OpenAnswers

_ONE_FLAG = (1, 2, 4)


def support(answers: OpenAnswers, condition: c.Condition | None) -> frozenset[str]:
    """Return the free questions that can still change what a condition ends as."""
    if condition is None:
        return frozenset()
    # By identity: a condition of the framework lives as long as the framework.
    found = answers.supports.get(id(condition))
    if found is None:
        found = answers.supports[id(condition)] = frozenset(
            _support(answers, condition)
        )
    return found


def support_of_row(answers: OpenAnswers, row: Row) -> frozenset[str]:
    """Return the free questions that can still change whether a row matches."""
    return support(answers, row.when) | support(answers, row.unless)


def _support(answers: OpenAnswers, condition: c.Condition) -> Iterable[str]:
    if answers.flags(condition) in _ONE_FLAG:
        return ()
    match condition:
        case c.All(parts) | c.Any(parts):
            return frozenset().union(*(support(answers, part) for part in parts))
        case c.Not(part):
            return support(answers, part)
        case c.FactHolds(fact_id):
            return support_of_row(answers, answers.framework.facts_by_id[fact_id])
        case c.ReasonStands() | c.AnyReason() | c.OnlyReasons() | c.Blocked():
            return _of_decided(answers, condition)
        case c.Failed(way):
            return _of_failure(answers, way)
        case c.MarketExists() | c.MarketReaches() | c.ContextIs() | c.VerdictIs():
            return ()
        case _:
            return _of_question(answers, condition.question)


def _of_decided(answers: OpenAnswers, leaf: c.DecidedLeaf) -> Iterator[str]:
    if isinstance(leaf, c.Blocked):
        for blocker in answers.framework.blockers:
            yield from support_of_row(answers, blocker)
        return
    for reason in answers.framework.reasons:
        is_read = not isinstance(leaf, c.ReasonStands) or leaf.reason == reason.id
        if is_read and answers.reasons[reason.id] == EITHER:
            yield from support_of_row(answers, reason)


def _of_failure(answers: OpenAnswers, way: str) -> Iterator[str]:
    if failure := answers.framework.failure:
        yield from support(answers, answers.framework.subjects.ticked[way])
        yield from support(answers, failure.when)


def _of_question(answers: OpenAnswers, question_id: str) -> Iterator[str]:
    """Yield the question itself, or what decides whether its answer counts."""
    if answers.is_free(question_id):
        yield question_id
    if question_id in answers.may_hide:
        visible = answers.framework.question_by_id[question_id].visible
        yield from support(answers, visible.when if visible else None)
