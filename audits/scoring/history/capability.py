"""What a use case knew on a day, had its answers to wait for a model that passes.

That a model is good enough cannot be older than the first model that could be. Before
that day such an answer counts as not known. An answer that a model falls short keeps
its place: a less capable one falls short too.
"""

from collections import Counter
from dataclasses import replace
from datetime import date

from audits.frameworks.answering.meanings import picked
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.landscape.capability import could_pass_since
from audits.scoring.history.time_machine import TimeMachine
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import NO_CANDIDATES


class CapabilityReading:
    """How many use cases had which verdict on a day, if capability counts too.

    `waiting` counts those of which an answer is not known on that day.
    """

    def __init__(self, day: date) -> None:
        self.day = day
        self.verdicts: Counter[str] = Counter()
        self.waiting = 0

    def add(self, verdict: Verdict, *, is_waiting: bool) -> None:
        """Count one use case."""
        self.verdicts[verdict] += 1
        self.waiting += is_waiting


def verdict_known_on(
    machine: TimeMachine, inputs: Inputs, day: date
) -> tuple[Verdict, bool]:
    """Return the verdict of the answers known on a day, and whether some were not."""
    known = known_on(machine.framework, inputs, day)
    return machine.verdict(known, day), known.codes != inputs.answered.codes


def known_on(framework: Framework, inputs: Inputs, day: date) -> Inputs:
    """Return the inputs that could be known on a day."""
    if could_pass_since(inputs.numbers.get("model")) <= day:
        return inputs
    found = inputs.answered
    codes = {
        question: code
        for question, code in found.codes.items()
        if not any(each.good_enough for each in picked(framework, {question: code}))
    }
    return replace(inputs, codes=codes, levels=found.levels, candidates=NO_CANDIDATES)
