"""What can still become of a verdict, and which question to ask next.

Every condition is read with the questions that nobody was asked yet left open: it then
has one or more of three flags, for what it can still end as. That is sound, since a
flag is never missing; it asks a little too much, since flags forget that two
conditions read the same answer. Source: docs/method.md, “When to stop asking”.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from audits.frameworks.evaluation import Codes
from audits.frameworks.rules import Verdict, VerdictRule
from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import AS_GIVEN, Circumstances
from audits.scoring.deciding.completions import only_verdict
from audits.scoring.deciding.open_conditions import FALSE, TRUE, OpenAnswers, Row
from audits.scoring.deciding.open_measuring import questions_of_measuring
from audits.scoring.deciding.open_support import support_of_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Possibilities:
    """The verdicts that are still possible, and the questions that can change that.

    `questions` are in the order in which they are best asked.
    """

    verdicts: frozenset[Verdict]
    questions: tuple[str, ...]

    @property
    def is_settled(self) -> bool:
        """Whether no answer to an open question changes the verdict."""
        return len(self.verdicts) == 1 or not self.questions

    @property
    def next_question(self) -> str | None:
        """The question to ask next; None where none can change the verdict."""
        return None if self.is_settled else self.questions[0]


def possibilities(
    framework: Framework,
    codes: Codes,
    asked: Set[str],
    under: Circumstances = AS_GIVEN,
) -> Possibilities:
    """Return what some answers to the questions not asked can still lead to.

    Args:
        framework: The framework that asks.
        codes: The answers, as given.
        asked: The questions that were asked, answered or not known.
        under: The market of the day, and how the answers are proved.
    """
    answers = OpenAnswers(framework, codes, asked, under)
    verdicts: set[Verdict] = set()
    live: set[str] = set()
    for rule in framework.verdict_rules:
        row = answers.row(rule.when, rule.unless)
        if not row & TRUE:
            continue
        if rule.measuring is not None:
            needs = questions_of_measuring(answers, rule)
            if needs is not None:
                verdicts.update(_verdicts(answers, rule, live))
                live |= needs
            continue
        verdicts.update(_verdicts(answers, rule, live))
        if row == TRUE:
            break
        live |= support_of_row(answers, rule)
    open_questions = {question for question in live if question not in asked}
    questions = tuple(_in_order(answers, open_questions))
    if len(verdicts) > 1 and (only := only_verdict(framework, codes, questions, under)):
        verdicts, questions = {only}, ()
    return Possibilities(verdicts=frozenset(verdicts), questions=questions)


def _verdicts(
    answers: OpenAnswers, rule: VerdictRule, live: set[str]
) -> Iterator[Verdict]:
    """Yield the verdicts of a row, and note what can still change which it is."""
    if rule.verdict != "context_layer":
        yield rule.verdict
        return
    for layer_rule in answers.framework.context_rules:
        row = answers.row(layer_rule.when, layer_rule.unless)
        if row & TRUE:
            yield layer_rule.layer
            if row == TRUE:
                return
        live |= support_of_row(answers, layer_rule)


def _in_order(answers: OpenAnswers, questions: set[str]) -> list[str]:
    """Return questions as they are best asked.

    None comes early while the answers so far leave open whether it applies.
    """
    framework = answers.framework
    found = [each.id for each in framework.questions if each.id in questions]
    order = framework.question_order
    if order is None:
        return found
    early = list(order.first)
    for asked_when in order.then:
        if answers.flags(asked_when.when) == TRUE:
            early += asked_when.questions
    first = [question for question in early if answers.is_free(question)]
    if any(_is_certain(row) for row in answers.reasons.values()):
        first += [q for q in order.once_needed if q in questions]
    first = [question for question in first if question not in answers.may_hide]
    return list(dict.fromkeys((*first, *found)))


def _is_certain(row: Row) -> bool:
    return bool(row & TRUE) and not row & FALSE
