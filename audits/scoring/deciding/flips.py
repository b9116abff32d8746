"""What would change a verdict: the smallest changes of one or two answers.

Options of a question that no condition distinguishes are tried once, so two answers can
change at a time without trying every pair.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code, Codes
from audits.frameworks.questions import UNKNOWN, Question
from audits.frameworks.rules import Verdict, VerdictRule
from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import AS_GIVEN, Circumstances
from audits.scoring.deciding.decision import Again
from audits.scoring.deciding.rule_words import text_of
from audits.scoring.deciding.shown_with import shown_with
from audits.scoring.deciding.signatures import signature
from audits.scoring.deciding.then_asked import then_asked
from audits.scoring.deciding.trial import Shift, Trial

Way = Literal["measure", "work", "world"]
_SHOWN = " (as now, but shown)"
WAYS: tuple[Way, ...] = ("measure", "work", "world")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One answer, as it is and as it would be.

    `way` says what can change it: a first measurement, the team's own work, or a change
    of the world. `hours` is the time to find out.
    """

    question: str
    label: str
    now: str
    option: str
    then: str
    way: Way
    hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """Changes that together give another verdict, and the rule that then fires.

    `depends_on` are the labels of the questions that are only asked then, where their
    answers say which verdict follows: `verdict` is that without these answers.
    """

    changes: tuple[Change, ...]
    verdict: Verdict
    verdict_name: str
    rule: str
    sentence: str
    depends_on: tuple[str, ...] = ()

    @property
    def way(self) -> Way:
        """The hardest of its changes: measuring, work, or the world."""
        return max((change.way for change in self.changes), key=WAYS.index)


def flips(
    framework: Framework,
    answers: Mapping[str, Code],
    size: int,
    under: Circumstances = AS_GIVEN,
    *,
    open_only: bool = False,
) -> tuple[Flip, ...]:
    """Return the smallest changes that change the verdict, most plausible first.

    The state of training, once known, is not tried: it is a fact of the past, not an
    answer that could turn out differently.

    Args:
        framework: The framework of the answers.
        answers: All the answers, also those to questions that do not apply now: a
            change may make them count.
        size: How many answers may change at once: 1 or 2, or 0 to try none. Two are
            returned only if neither of them changes the verdict by itself.
        under: The market of the day, and how the answers are proved. Measuring an
            asserted answer, with the same result, is a change too.
        open_only: Whether to change only unknown answers, and to return one flip
            for each question: enough to say which of them could change the verdict.

    Returns:
        Flips; those of another world come last. Of the others, one change comes before
        two, and measuring before work, then the quickest to find out.
    """
    if not size:
        return ()
    trial = _Trial(framework, answers, under, open_only=open_only)
    single: list[Flip] = []
    decisive: set[str] = set()
    for change in trial.changes:
        if open_only and change.question in decisive:
            continue
        if flip := trial.flip((change,)):
            single.append(flip)
            decisive.add(change.question)
    if size > 1:
        alone = {change for flip in single for change in flip.changes}
        rest = [change for change in trial.changes if change not in alone]
        pairs = (pair for pair in combinations(rest, 2) if _differ(pair))
        single += [flip for pair in pairs if (flip := trial.flip(pair))]
    return tuple(sorted(single, key=_plausibility))


def _differ(pair: tuple[Change, ...]) -> bool:
    return pair[0].question != pair[1].question


def _plausibility(flip: Flip) -> tuple[bool, int, int, int]:
    hours = sum(change.hours for change in flip.changes)
    return flip.way == "world", len(flip.changes), WAYS.index(flip.way), hours


class _Trial:
    """Tries changed answers against the current verdict."""

    def __init__(
        self,
        framework: Framework,
        answers: Mapping[str, Code],
        under: Circumstances,
        *,
        open_only: bool,
    ) -> None:
        self.framework = framework
        self.trial = Trial.of(framework, answers, under)
        self.codes = codes = self.trial.at.answers
        self.again = Again(self.trial)
        _, self.verdict = self.again.decide(self.trial)
        self.under = under
        applying = flow.applying(framework, codes)
        self.asked = frozenset(question.id for question in applying)
        self.changes = [
            change
            for question in applying
            if not _is_past(framework, codes, question)
            and not (open_only and flow.is_known(codes, question.id))
            for change in _changes(framework, codes, question, under)
        ]

    def flip(self, changes: tuple[Change, ...]) -> Flip | None:
        changed: dict[str, Code | None] = {
            change.question: changed_code(
                self.framework, self.codes, change.question, change.option
            )
            for change in changes
        }
        trial = self.trial.after(Shift(self._shown(changes) | changed))
        if not changed.keys() <= trial.at.answers.keys():
            return None
        rule, verdict = self.again.decide(trial)
        if verdict == self.verdict:
            return None
        depends_on = then_asked(
            self.framework, trial.given, changed, self.under, self.asked
        )
        return _described(
            self.framework,
            changes,
            replace(rule, text=text_of(rule, trial.at)),
            verdict,
            depends_on,
        )

    def _shown(self, changes: Iterable[Change]) -> dict[str, Code | None]:
        """Return what the tests show that give these answers, beside them."""
        return {
            question: code
            for change in changes
            if change.way == "measure"
            for question, code in shown_with(
                self.framework, self.codes, change.question, self.under
            ).items()
        }


def _is_past(framework: Framework, codes: Codes, question: Question) -> bool:
    return question.id == framework.state_question and flow.is_known(codes, question.id)


def _described(
    framework: Framework,
    changes: tuple[Change, ...],
    rule: VerdictRule,
    verdict: Verdict,
    depends_on: tuple[str, ...],
) -> Flip:
    name = framework.verdicts[verdict].name
    said = " and ".join(f"“{x.label}” were “{x.then}”" for x in changes)
    others = " and ".join(f"“{label}”" for label in depends_on)
    then = f"it would depend on {others}." if others else f"{name}. {rule.text}"
    return Flip(
        changes=changes,
        verdict=verdict,
        verdict_name=name,
        rule=rule.id,
        sentence=f"If {said}: {then}",
        depends_on=depends_on,
    )


def _changes(
    framework: Framework, codes: Codes, question: Question, under: Circumstances
) -> Iterator[Change]:
    """Yield one change for each kind of option that conditions distinguish.

    What is known does not become an answer that says that nobody has looked, or that
    there is none.
    """
    now = codes.get(question.id, UNKNOWN)
    asserted = question.id in codes and under.is_asserted(framework, question.id)
    seen = set() if asserted else {signature(framework, question, now)}
    for option in question.options:
        code = changed_code(framework, codes, question.id, option.id)
        seen_as = signature(framework, question, code)
        is_none = option.not_yet or option.alone
        if seen_as in seen or (is_none and now != UNKNOWN):
            continue
        seen.add(seen_as)
        yield Change(
            question=question.id,
            label=question.label,
            now=framework.words(question.id, codes),
            option=option.id,
            then=f"{option.name}{_SHOWN * (code == now)}",
            way="measure" if asserted else _way(question, now),
            hours=question.hours,
        )


def changed_code(
    framework: Framework, codes: Codes, question_id: str, option: str
) -> Code:
    """Return an answer changed to an option.

    Of the simpler ways that were scored, one more is scored; the others stay so.

    Args:
        framework: The framework that asks.
        codes: The answers that count.
        question_id: The question.
        option: The option.
    """
    question = framework.question_by_id[question_id]
    if question.kind != "several":
        return option
    if framework.failure is None or framework.failure.question != question_id:
        return (option,)
    now = codes.get(question_id, UNKNOWN)
    scored = () if now == UNKNOWN else tuple(now)
    picks = {*scored, option}
    return tuple(
        each.id for each in question.options if each.id in picks and not each.not_yet
    )


def _way(question: Question, now: Code) -> Way:
    option = question.option(now) if isinstance(now, str) else None
    if now == UNKNOWN or (option and option.not_yet):
        return "measure"
    return question.changes_by


def deciding_alone(flips: tuple[Flip, ...]) -> list[str]:
    """Return the questions of which a measured answer changes the verdict by itself."""
    alone = (x for x in flips if len(x.changes) == 1 and x.way == "measure")
    return list(dict.fromkeys(flip.changes[0].question for flip in alone))


def looked_up_alone(
    questions: Mapping[str, Question], flips: tuple[Flip, ...]
) -> frozenset[str]:
    """Return those that take no test to answer and change the verdict by themselves.

    A page or a contract that is read is no test, and nor is a question to somebody, as
    the framework describes it. Without such a description, what only leads to another
    question does not count, nor what would make it another use case.

    Args:
        questions: The questions that are open, by their ids.
        flips: The flips of size one.
    """
    alone = [flip for flip in flips if len(flip.changes) == 1]
    asked = [(flip, questions.get(flip.changes[0].question)) for flip in alone]
    return frozenset(
        each.id
        for flip, each in asked
        if each
        and not each.is_measurement
        and (each.experiment or not (flip.depends_on or each.defines_use_case))
    )
