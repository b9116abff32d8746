"""What a framework says of the team's own work: what it aims at, and where it leads."""

from collections.abc import Iterator, Mapping

from audits.frameworks.questions import Computed, Option, Question
from audits.frameworks.schema import Framework
from audits.frameworks.to_training import Answer
from audits.strict_yaml.dangling import dangling, problem_at
from audits.strict_yaml.problems import Problem


def problems(framework: Framework) -> Iterator[Problem]:
    """Yield what it says of work that does not fit its questions."""
    for question in framework.questions:
        key = f"questions[{question.id}]"
        yield from _better(question, key)
        if question.defines_use_case and question.changes_by == "work":
            says = "is not for `changes_by: work`: work makes no other use case"
            yield problem_at(question.id, f"{key}.defines_use_case", says)
        for option in question.options:
            where = f"{key}.options[{option.id}]"
            yield from _option(question, option, where)
            yield from _ruled_out(framework, question, option, where)
    for value in framework.computed:
        yield from _computed(value)
    if framework.to_training:
        yield from _path(framework, framework.to_training.ready, "to_training.ready")
        for place, need in enumerate(framework.to_training.needs, 1):
            yield from _path(framework, need, f"to_training.needs[{place}]")
        if not framework.to_training.needs:
            yield Problem(1, "to_training.needs", "must have at least one row")


def _better(question: Question, key: str) -> Iterator[Problem]:
    """Work leads to better options; of several, each more is a step ahead."""
    has_aim = question.changes_by == "work" and question.kind != "several"
    if has_aim == (question.better is None):
        says = "needs `better: later` or `better: earlier`"
        if not has_aim:
            says = "is for `changes_by: work`, and not for `kind: several`"
        yield problem_at(question.id, f"{key}.better", says)


def _option(question: Question, option: Option, key: str) -> Iterator[Problem]:
    if option.no_aim and question.better is None:
        says = "is for an option of a question with `better:`"
        yield problem_at(option.id, f"{key}.no_aim", says)
    if option.known_at_once and option.not_yet:
        says = "is not for an option that is `not_yet`: there, nobody has looked"
        yield problem_at(option.id, f"{key}.known_at_once", says)


def _ruled_out(
    framework: Framework, question: Question, option: Option, key: str
) -> Iterator[Problem]:
    """Only answers to other questions rule an option out."""
    key = f"{key}.ruled_out_by"
    asked = framework.question_by_id
    yield from dangling("question", option.ruled_out_by, asked, key)
    for other, answers in option.ruled_out_by.items():
        if other == question.id:
            says = "must be another question than that of the option"
            yield problem_at(other, f"{key}.{other}", says)
        elif other in asked:
            options = [each.id for each in asked[other].options]
            yield from dangling("option", answers, options, f"{key}.{other}")


def _computed(value: Computed) -> Iterator[Problem]:
    """Nobody answers it, tries it or works towards it."""
    for option in value.options:
        for name in ("no_aim", "known_at_once", "ruled_out_by"):
            if getattr(option, name):
                key = f"computed[{value.id}].options[{option.id}].{name}"
                says = "is for an option of a question, and this value is computed"
                yield problem_at(option.id, key, says)


def _path(
    framework: Framework, answers: Mapping[str, Answer], key: str
) -> Iterator[Problem]:
    """Each answer is one that the team's own work can give."""
    asked = framework.question_by_id
    yield from dangling("question", answers, asked, key)
    for an_id, answer in answers.items():
        if an_id in asked:
            yield from _answer(asked[an_id], an_id, answer, f"{key}.{an_id}")


def _answer(
    question: Question, place: str, answer: Answer, key: str
) -> Iterator[Problem]:
    if question.changes_by != "work":
        says = "the question needs `changes_by: work`, or no work leads to its answer"
        yield problem_at(place, key, says)
    picks = (answer,) if isinstance(answer, str) else answer
    takes_one = question.kind == "one" and not question.ticks
    if takes_one and not isinstance(answer, str):
        yield problem_at(place, key, "must be one option, and not a list")
    elif question.kind == "several" and isinstance(answer, str):
        yield problem_at(place, key, f"must be a list, such as [{answer}]")
    elif not picks:
        yield problem_at(place, key, "must name at least one")
    elif question.ticks and not isinstance(answer, str):
        yield from dangling("tick", picks, [each.id for each in question.ticks], key)
    else:
        options = [each.id for each in question.options]
        yield from dangling("option", picks, options, key)
