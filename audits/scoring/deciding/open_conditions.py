"""Conditions read with some answers left open: what each can still end as."""

from collections.abc import Callable, Mapping, Set
from functools import cached_property
from types import MappingProxyType
from typing import Any

from audits.frameworks import conditions as c
from audits.frameworks.evaluation import Code, Codes, EvaluationContext, evaluate
from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import Circumstances

# What a condition can still end as; several may be set.
TRUE, FALSE, NOT_KNOWN = 1, 2, 4
EITHER = TRUE | FALSE
ANY = TRUE | FALSE | NOT_KNOWN

_TWO_VALUED = (c.Known, c.Proven, c.Lacks)

type Flags = int
# A row matches (TRUE) or does not (FALSE); it is never not known.
type Row = int


class _Facts(dict[str, Flags]):
    """The flags of each fact, read when a condition first asks for it."""

    def __init__(self, answers: "OpenAnswers") -> None:
        self.answers = answers

    def __missing__(self, fact_id: str) -> Flags:
        fact = self.answers.framework.facts_by_id[fact_id]
        flags = self.answers.flags(fact.when)
        if fact.unless is not None and self.answers.flags(fact.unless) & TRUE:
            flags |= FALSE
        self[fact_id] = flags
        return flags


class OpenAnswers:
    """The answers so far, with the questions not asked left open.

    `told` are the other answers, all proved, that measuring may give to questions.
    """

    def __init__(
        self,
        framework: Framework,
        codes: Codes,
        asked: Set[str],
        under: Circumstances,
        told: Mapping[str, Set[Code]] = MappingProxyType({}),
    ) -> None:
        self.framework, self.under = framework, under
        self.codes, self.asked = codes, asked
        self.told = {
            question: [EvaluationContext(framework, {question: code}) for code in given]
            for question, given in told.items()
        }
        self.hidden: set[str] = set()
        self.may_hide: set[str] = set()
        self.at = EvaluationContext(
            framework,
            codes,
            market=under.market_values(framework),
            asserted=under.asserted(framework, codes),
            unshown=under.unshown,
        )
        self.facts = _Facts(self)
        self.supports: dict[int, frozenset[str]] = {}
        self._flags: dict[int, Flags] = {}
        for question in framework.questions:
            if question.visible:
                self._see(question.id, self.flags(question.visible.when))

    def _see(self, question: str, flags: Flags) -> None:
        """Note whether a question applies; what decides it is above it."""
        if not flags & TRUE:
            self.hidden.add(question)
        elif flags != TRUE:
            self.may_hide.add(question)

    def is_free(self, question: str) -> bool:
        """Return whether a question may still get another answer."""
        if question in self.hidden or question not in self.framework.question_by_id:
            return False
        return question not in self.asked

    def is_certain(self, question: str) -> bool:
        """Return whether an answer counts, whatever the open questions are answered."""
        return (
            question in self.asked
            and question not in self.hidden
            and question not in self.may_hide
        )

    def is_shown(self, question: str) -> bool:
        """Return whether an answer is certain and known, and something proves it."""
        return (
            self.is_certain(question)
            and self.at.knows(question)
            and question not in self.at.asserted
            and not (self.at.unshown and self.at.is_of_ways(question))
        )

    @cached_property
    def reasons(self) -> dict[str, Row]:
        """Whether each reason can be measured, and can be not."""
        return {r.id: self.row(r.when, r.unless) for r in self.framework.reasons}

    @cached_property
    def blocked(self) -> Row:
        """Whether some blocker can hold, and whether none can."""
        rows = [self.row(b.when, b.unless) for b in self.framework.blockers]
        can = TRUE if any(row & TRUE for row in rows) else 0
        return can | (FALSE if all(row & FALSE for row in rows) else 0)

    def row(self, when: c.Condition | None, unless: c.Condition | None) -> Row:
        """Return whether a row can match, and whether it can fail to."""
        flags = TRUE if when is None else self.flags(when)
        cancels = FALSE if unless is None else self.flags(unless)
        can = TRUE if flags & TRUE and cancels & (FALSE | NOT_KNOWN) else 0
        fails = flags & (FALSE | NOT_KNOWN) or cancels & TRUE
        return can | (FALSE if fails else 0)

    def flags(self, condition: c.Condition) -> Flags:
        """Return what a condition can still end as."""
        # By identity: a condition of the framework lives as long as the framework.
        flags = self._flags.get(id(condition))
        if flags is None:
            flags = _READERS[type(condition)](condition, self)
            self._flags[id(condition)] = flags
        return flags

    def value(self, leaf: Any) -> Flags:
        """Return the flags of a leaf that reads an answer as it is, or as told."""
        flags = _flag(evaluate(leaf, self.at))
        for at in self.told.get(leaf.question, ()):
            flags |= _flag(evaluate(leaf, at))
        return flags


def _flag(value: bool | None) -> Flags:
    return NOT_KNOWN if value is None else TRUE if value else FALSE


def _without(leaf: Any) -> Flags:
    """Return what a leaf is worth where its question has no answer."""
    match leaf:
        case c.Lacks():
            return TRUE
        case c.Proven():
            return FALSE
        case c.Known(_, known):
            return FALSE if known else TRUE
        case _:
            return NOT_KNOWN


def _all(condition: c.All, answers: OpenAnswers) -> Flags:
    every, some = ANY, 0
    for part in condition.parts:
        flags = answers.flags(part)
        if flags == FALSE:  # which decides, whatever the others are
            return FALSE
        every &= flags
        some |= flags
    return (every & TRUE) | (some & (FALSE | NOT_KNOWN))


def _any(condition: c.Any, answers: OpenAnswers) -> Flags:
    every, some = ANY, 0
    for part in condition.parts:
        flags = answers.flags(part)
        if flags == TRUE:  # which decides, whatever the others are
            return TRUE
        every &= flags
        some |= flags
    return (every & FALSE) | (some & (TRUE | NOT_KNOWN))


def _not(condition: c.Not, answers: OpenAnswers) -> Flags:
    flags = answers.flags(condition.part)
    turned = TRUE if flags & FALSE else 0
    return turned | (FALSE if flags & TRUE else 0) | (flags & NOT_KNOWN)


def _answer(leaf: c.AnswerLeaf | c.ProofLeaf, answers: OpenAnswers) -> Flags:
    question = leaf.question
    if answers.is_free(question):
        return EITHER if isinstance(leaf, _TWO_VALUED) else ANY
    if question in answers.hidden:
        return _without(leaf)
    flags = answers.value(leaf)
    # An answer that a later one may hide is read both ways.
    return flags | _without(leaf) if question in answers.may_hide else flags


def _failed(leaf: c.Failed, answers: OpenAnswers) -> Flags:
    """Read whether a way failed: it was ticked, and the failure's condition holds."""
    failure = answers.framework.failure
    if failure is None:
        return FALSE
    if answers.under.failed is not None:
        return TRUE if leaf.way in answers.under.failed else FALSE
    ticked = answers.flags(answers.framework.subjects.ticked[leaf.way])
    return _all_known(ticked, answers.flags(failure.when))


def _all_known(*parts: Flags) -> Flags:
    """Return whether all parts can be true, and whether one can be anything else."""
    can = TRUE if all(part & TRUE for part in parts) else 0
    return can | (FALSE if any(part & (FALSE | NOT_KNOWN) for part in parts) else 0)


def _any_reason(leaf: c.AnyReason, answers: OpenAnswers) -> Flags:
    rows = answers.reasons.values()
    can = TRUE if any(row & TRUE for row in rows) else 0
    return can | (FALSE if all(row & FALSE for row in rows) else 0)


def _only_reasons(leaf: c.OnlyReasons, answers: OpenAnswers) -> Flags:
    named = [row for r, row in answers.reasons.items() if r in leaf.reasons]
    others = [row for r, row in answers.reasons.items() if r not in leaf.reasons]
    some = any(row & TRUE for row in named) and all(row & FALSE for row in others)
    fails = all(row & FALSE for row in named) or any(row & TRUE for row in others)
    return (TRUE if some else 0) | (FALSE if fails else 0)


def _reason(leaf: c.ReasonStands, answers: OpenAnswers) -> Flags:
    row = answers.reasons[leaf.reason]
    return row if "measured" in leaf.statuses else _turned(row)


def _blocked(leaf: c.Blocked, answers: OpenAnswers) -> Flags:
    return answers.blocked if leaf.blocked else _turned(answers.blocked)


def _turned(row: Row) -> Row:
    return (TRUE if row & FALSE else 0) | (FALSE if row & TRUE else 0)


def _market(leaf: c.MarketLeaf, answers: OpenAnswers) -> Flags:
    return _flag(evaluate(leaf, answers.at))


_READERS: dict[type[c.Condition], Callable[[Any, OpenAnswers], Flags]] = {
    c.All: _all,
    c.Any: _any,
    c.Not: _not,
    c.Is: _answer,
    c.In: _answer,
    c.Includes: _answer,
    c.Only: _answer,
    c.AtLeast: _answer,
    c.Known: _answer,
    c.Proven: _answer,
    c.Lacks: _answer,
    c.Failed: _failed,
    c.FactHolds: lambda leaf, answers: answers.facts[leaf.fact],
    c.MarketExists: _market,
    c.MarketReaches: _market,
    c.ReasonStands: _reason,
    c.AnyReason: _any_reason,
    c.OnlyReasons: _only_reasons,
    c.Blocked: _blocked,
}
