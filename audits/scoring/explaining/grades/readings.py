"""The article's own test beside the verdict, and whether one use case is two."""

from collections.abc import Mapping
from dataclasses import dataclass

from audits.frameworks.conditions import Condition
from audits.frameworks.evaluation import holds
from audits.frameworks.schema import Framework
from audits.scoring.deciding.decision import Decision
from audits.scoring.explaining.advice import Claim, claims
from audits.scoring.explaining.grades.standings import STANDINGS, ReasonStanding


@dataclass(frozen=True, slots=True, kw_only=True)
class LiteralCondition:
    """One of the article's conditions, and whether it holds; None is not known.

    `words` say so; a reason that is only possible is told as everywhere else.
    """

    id: str
    name: str
    holds: bool | None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiteralReading:
    """The article read literally: how many conditions hold, and what it would say."""

    text: str
    conditions: tuple[LiteralCondition, ...]
    would_train: bool
    agrees: bool
    because: str

    @property
    def holding(self) -> int:
        """How many of the conditions hold."""
        return sum(condition.holds is True for condition in self.conditions)


def literal_reading(framework: Framework, decision: Decision) -> LiteralReading:
    """Return the article's literal test, and why it differs from the verdict."""
    test = framework.literal_test
    claimed = claims(framework, decision)
    conditions = tuple(
        LiteralCondition(
            id=condition.id,
            name=condition.name,
            holds=(found := holds(condition.when, None, decision.at)),
            words=_words(framework, condition.when, found, claimed),
        )
        for condition in test.conditions
    )
    would_train = any(condition.holds for condition in conditions)
    agrees = would_train == (decision.trained_layer is not None)
    because = (_agreement if agrees else _difference)(framework, decision)
    if agrees and not would_train:
        because = _not_known(framework, conditions) or because
    return LiteralReading(
        text=test.text,
        conditions=conditions,
        would_train=would_train,
        agrees=agrees,
        because=because,
    )


def _words(
    framework: Framework,
    when: Condition,
    found: bool | None,
    claimed: Mapping[str, Claim],
) -> str:
    standing: ReasonStanding = "measured" if found else "absent"
    if found is None:
        standing = "unknown"
    elif not found:
        said = (claimed.get(read, "absent") for read in framework.read_by(when))
        standing = next((each for each in said if each != "absent"), standing)
    return STANDINGS[standing]


def split_advice(framework: Framework, decision: Decision) -> str | None:
    """Return the advice to assess two calls separately, or None for one call."""
    split = framework.split
    return split.text if holds(split.when, None, decision.at) else None


def _not_known(framework: Framework, conditions: tuple[LiteralCondition, ...]) -> str:
    """Say which conditions are not known, as any of them would allow training."""
    names = [each.name for each in conditions if each.words == STANDINGS["unknown"]]
    words = framework.literal_test.not_known
    return words.replace("{conditions}", "; ".join(names)) if names else ""


def _agreement(framework: Framework, decision: Decision) -> str:
    test = framework.literal_test
    rows = (r for r in test.agreements if holds(r.when, None, decision.at))
    return next((row.text for row in rows), test.agree)


def _difference(framework: Framework, decision: Decision) -> str:
    rows = framework.literal_test.differences
    return next(row.text for row in rows if holds(row.when, None, decision.at))
