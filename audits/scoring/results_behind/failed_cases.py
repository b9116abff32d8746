"""Which cases failed and for which faults, beside the question about faults."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from audits.evaluations.words import fault_words
from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.explaining.assessment import Assessment

_PICK = "pick what most of them have"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedFaults:
    """What the team wrote beside failed cases, in a results file with this name."""

    file: str
    faults: tuple[tuple[str, int], ...]


def as_answers(
    framework: Framework, faults: Iterable[tuple[str, int]]
) -> tuple[tuple[str, int], ...]:
    """Return counted faults under the names of the answers, the most frequent first.

    Words that no answer has as its name stay as they are written, after the others.

    Args:
        framework: The framework that asks for the faults.
        faults: Words, each with how many cases have it.
    """
    asked = framework.question_by_id.get(framework.faults_question or "")
    options = asked.options if asked else ()
    names = {x.name.casefold(): x.name for x in options if not x.not_yet}
    matched: Counter[str] = Counter()
    others: list[tuple[str, int]] = []
    for word, count in faults:
        if name := names.get(word.casefold()):
            matched[name] += count
        else:
            others.append((word, count))
    return (*matched.most_common(), *others)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledFault:
    """The fault that more than half of the counted cases have, as an answer."""

    option: str
    name: str
    file: str
    cases: int
    of: int

    @property
    def says(self) -> str:
        """Where it comes from, and how many of the counted cases have it."""
        return f"from {self.file}: {self.name}, {self.cases:,} of {self.of:,}"


def settled_fault(
    framework: Framework, counted: CountedFaults | None
) -> SettledFault | None:
    """Return the answer that the counts of a results file settle; None if none does.

    Args:
        framework: The framework that asks for the faults.
        counted: The faults that a file counts.
    """
    asked = framework.question_by_id.get(framework.faults_question or "")
    if counted is None or asked is None:
        return None
    of = sum(count for _, count in counted.faults)
    ids = {x.name: x.id for x in asked.options if not x.not_yet}
    for name, cases in as_answers(framework, counted.faults)[:1]:
        if name in ids and cases * 2 > of:
            return SettledFault(
                option=ids[name], name=name, file=counted.file, cases=cases, of=of
            )
    return None


def are_counted(
    framework: Framework, counted: CountedFaults | None, picked: Iterable[str]
) -> bool:
    """Return whether a results file counts faults, and most of what it counts is these.

    Args:
        framework: The framework that asks for the faults.
        counted: The faults that a file counts.
        picked: The answer, each option with cases of its own in the file.
    """
    asked = framework.question_by_id.get(framework.faults_question or "")
    if counted is None or asked is None:
        return False
    found = dict(as_answers(framework, counted.faults))
    options = (asked.option(each) for each in picked)
    cases = [found.get(option.name, 0) if option else 0 for option in options]
    return all(cases) and sum(cases) * 2 > sum(found.values())


def faults_said(framework: Framework, counted: CountedFaults | None) -> str:
    """Say how many cases have which fault; empty without any, as for a note."""
    if counted is None or not counted.faults:
        return ""
    told = fault_words(as_answers(framework, counted.faults))
    return f"Counted in {counted.file}: {told}."


def failed_cases(
    framework: Framework,
    assessment: Assessment,
    question: str,
    counted: CountedFaults | None = None,
) -> str:
    """Say beside the question about faults which cases failed; empty elsewhere.

    Who comes from the step that sorts them then knows that they are meant. Nobody is
    asked to sort what their file has sorted.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        question: The question that is asked.
        counted: The faults that the file of the result counts, if it has any.
    """
    if question != framework.faults_question:
        return ""
    found = given_to(assessment)[0].failing if assessment.on else None
    failed = ""
    if found and found.failed:
        failed = (
            f"{found.failed:,} of {found.cases:,} cases failed with “{found.name}”. "
        )
    if said := faults_said(framework, counted):
        return f"{failed}{said} Check it, and {_PICK}."
    if not failed:
        return ""
    return f"{failed}Sort these, {_PICK}, and write the counts in the note."
