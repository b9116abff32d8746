"""Through which questions an unsettled condition may still move."""

from collections.abc import Iterator

from audits.frameworks import conditions as c
from audits.scoring.open_conditions import EITHER, OpenAnswers

_ONE_FLAG = (1, 2, 4)


def support(answers: OpenAnswers, condition: c.Condition | None) -> set[str]:
    """Return the free questions that can still change what a condition ends as."""
    return set(_support(answers, condition)) if condition is not None else set()


def _support(answers: OpenAnswers, condition: c.Condition) -> Iterator[str]:
    if answers.flags(condition) in _ONE_FLAG:
        return
    match condition:
        case c.All(parts) | c.Any(parts):
            for part in parts:
                yield from _support(answers, part)
        case c.Not(part):
            yield from _support(answers, part)
        case c.FactHolds(fact_id):
            fact = answers.framework.facts_by_id[fact_id]
            yield from support(answers, fact.when) | support(answers, fact.unless)
        case c.ReasonStands(reason):
            yield from _of_reasons(answers, (reason,))
        case c.AnyReason() | c.OnlyReasons():
            yield from _of_reasons(answers, tuple(answers.reasons))
        case c.Blocked():
            for blocker in answers.framework.blockers:
                yield from support(answers, blocker.when)
                yield from support(answers, blocker.unless)
        case c.Failed(way):
            if failure := answers.framework.failure:
                yield from _support(answers, c.Includes(failure.question, (way,)))
                yield from _support(answers, failure.when)
        case c.Is() | c.In() | c.Includes() | c.Only() | c.AtLeast() | c.Known():
            yield from _of_question(answers, condition.question)
        case c.Proven() | c.Lacks():
            yield from _of_question(answers, condition.question)


def _of_question(answers: OpenAnswers, question_id: str) -> Iterator[str]:
    """Yield the question itself, or what decides whether its answer counts."""
    if answers.is_free(question_id):
        yield question_id
    elif question_id in answers.may_hide:
        visible = answers.framework.question_by_id[question_id].visible
        yield from support(answers, visible.when if visible else None)


def _of_reasons(answers: OpenAnswers, reasons: tuple[str, ...]) -> Iterator[str]:
    for reason in answers.framework.reasons:
        if reason.id in reasons and answers.reasons[reason.id] == EITHER:
            yield from support(answers, reason.when) | support(answers, reason.unless)
