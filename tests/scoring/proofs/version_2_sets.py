"""Random answers to version 2: a third uniform, the rest near answers of real cases."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from random import Random
from typing import get_args

from audits.frameworks.answering import answers, flow
from audits.frameworks.answering.moving import moved_to_version_2
from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import PACKS, published
from audits.frameworks.questions import UNKNOWN, Question
from audits.frameworks.rules import ForgettingLaw
from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import (
    Circumstances,
    EvidenceLevel,
    MarketValue,
)
from audits.scoring.deciding.decision import Decision, decide
from audits.scoring.explaining.advice import Advice, advice, trains_a_model

FRAMEWORK = published("fine_tuning", 2)
VERSION_1 = published("fine_tuning", 1)
FOLDER = PACKS / "fine_tuning"
ITEMS = FRAMEWORK.answerable
LEVELS: tuple[EvidenceLevel, ...] = get_args(EvidenceLevel)

type Answers = dict[str, Code]


@dataclass(frozen=True)
class Case:
    """Answers as they were given, how they are known, and the tables that decide."""

    answers: Answers
    levels: Mapping[str, EvidenceLevel]
    unmarked: EvidenceLevel
    framework: Framework = FRAMEWORK
    market: Mapping[str, MarketValue] = field(default_factory=dict)

    @property
    def under(self) -> Circumstances:
        return Circumstances(
            market=self.market, levels=self.levels, unmarked=self.unmarked
        )

    @cached_property
    def decision(self) -> Decision:
        codes = flow.relevant(self.framework, self.answers)
        return decide(self.framework, codes, self.under)

    @cached_property
    def advice(self) -> Advice:
        found = advice(self.framework, self.decision)
        assert found is not None
        return found

    @property
    def verdict(self) -> str:
        return self.decision.verdict

    @property
    def trains(self) -> bool:
        """Whether a model is trained, small parts included."""
        return trains_a_model(self.framework, self.decision)

    @property
    def trains_a_language_model(self) -> bool:
        return self.decision.trained_layer is not None

    @property
    def measured(self) -> set[str]:
        reasons = self.decision.at.reasons
        return {reason for reason, stands in reasons.items() if stands == "measured"}

    def holds(self, fact: str) -> bool:
        """Return whether a fact is known to hold."""
        return self.decision.at.facts[fact] is True

    def is_shown(self, question: str) -> bool:
        """Return whether an answer counts, is known, and is more than asserted."""
        at = self.decision.at
        return flow.is_known(at.answers, question) and question not in at.asserted

    def is_excepted_from(self, law: ForgettingLaw) -> bool:
        """Whether a blocker holds that the framework excepts from a law."""
        return any(
            law in row.excepted_from
            for row in self.framework.blockers
            if row.id in self.decision.blockers
        )

    def without(self, *questions: str) -> "Case":
        kept = {q: code for q, code in self.answers.items() if q not in questions}
        return replace(self, answers=kept)

    def having(self, changes: Answers) -> "Case":
        return replace(self, answers=self.answers | changes)

    def asserting(self, *questions: str) -> "Case":
        lower: dict[str, EvidenceLevel] = dict.fromkeys(questions, "asserted")
        return replace(self, levels={**self.levels, **lower})


def any_code(chance: Random, item_id: str) -> Code:
    """Return any answer that an item takes, “I don't know yet” seldom."""
    item = ITEMS[item_id]
    options = [option.id for option in item.options]
    if chance.random() < 0.03:
        return UNKNOWN
    if not isinstance(item, Question) or item.kind != "several":
        return chance.choice(options)
    count = min(item.most, chance.choice([1, 1, 2, 3, 4]))
    return tuple(chance.sample(options, count))


def drawn(chance: Random, tables: Framework = FRAMEWORK) -> Case:
    """Return any answers at all, or those of a real case with up to five changed."""
    if chance.random() < 1 / 3:
        share = chance.choice([0.3, 0.6, 0.9])
        found = {q: any_code(chance, q) for q in ITEMS if chance.random() < share}
    else:
        found = dict(chance.choice([*SEEDS, *EVERYTHING]))
        for question in chance.sample(list(ITEMS), chance.randint(0, 5)):
            if chance.random() < 0.25:
                found.pop(question, None)
            else:
                found[question] = any_code(chance, question)
    marked = [q for q in sorted(FRAMEWORK.measurements) if chance.random() < 1 / 8]
    return Case(
        found,
        levels={question: chance.choice(LEVELS) for question in marked},
        unmarked=chance.choice(["documented", "documented", "documented", "asserted"]),
        framework=tables,
    )


def _seeds() -> Iterator[Answers]:
    for line in (FOLDER / "v2.examples.jsonl").read_text("utf-8").splitlines():
        yield _known(json.loads(line)["facts"])
    for line in (FOLDER / "v1.cases.jsonl").read_text("utf-8").splitlines():
        facts = json.loads(line)["facts"]
        old = {q: code for q, code in facts.items() if q in VERSION_1.answerable}
        yield dict(moved_to_version_2(answers.read(VERSION_1, old)))


def _known(facts: Mapping[str, object]) -> Answers:
    return answers.read(FRAMEWORK, {q: x for q, x in facts.items() if q in ITEMS})


SEEDS = list(_seeds())
# A case in which everything is measured and every gate is met.
_ALL: Answers = {
    "state": "none",
    "tried": ("instructions", "examples", "stronger_model"),
    "eval": "solid_set",
    "quality_gap": "large",
    "task_shape": "narrow_stable",
    "component": "generator",
    "examples": "thousands",
    "example_quality": "consistent",
    "mlops": "ready",
    "team": "dedicated",
    "data_rights": "clear",
    "teacher_rights": "cleared",
    "platform": "open",
    "unit_economics": "too_high",
    "volume": "gt_10m",
    "smaller_model": "fails",
    "latency": "tight",
    "latency_evidence": "missed",
    "checker": "automatic",
    "format_need": "bespoke",
    "format_evidence": "fails_constrained",
}
_FAULTS: tuple[tuple[str, ...], ...] = (
    ("task_skill",),
    ("cost_latency",),
    ("task_skill", "cost_latency"),
    ("format",),
    ("reasoning_agent", "cost_latency"),
    ("style", "consistency"),
    ("knowledge",),
)
# A live model that misses, a successor that does better, and nothing untuned scored.
_SUCCESSOR: Answers = {
    **_ALL,
    "goal": ("task_skill",),
    "state": "live_tuned",
    "tried": ("nothing",),
    "incumbent": "misses",
    "trial": "closer",
}
# Training that was set aside, with labels that experts dispute and nothing different.
_REPEATED: Answers = {
    **_ALL,
    "goal": ("task_skill",),
    "state": "failed_or_paused",
    "retry": "nothing",
    "example_quality": "inconsistent",
}
EVERYTHING: list[Answers] = [
    *[{**_ALL, "goal": faults} for faults in _FAULTS] * 6,
    *[_SUCCESSOR] * 4,
    *[_REPEATED] * 4,
]
