"""The panel beside every page of the wizard: the verdict so far."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Self
from uuid import UUID

from django.utils import timezone

from audits.frameworks.answering.glossary import words_in
from audits.frameworks.answering.progress import Progress
from audits.frameworks.named import NamedVerdict, named
from audits.frameworks.schema import Family, Framework, Term
from audits.landscape import in_force
from audits.landscape.price_age import PriceAge, price_age
from audits.models import Audit
from audits.scoring import Assessment
from audits.scoring.costs.cost_numbers import OWN_GPUS, PricedTechnique
from audits.scoring.explaining.completeness import OpenQuestion
from audits.scoring.money.assumed import assumed_behind
from audits.scoring.money.basis import as_rented, rented_machines
from audits.scoring.options.advised_first import advised_first
from audits.scoring.pricing.cost_plan import CostPlan, TechniqueCost
from audits.scoring.pricing.economics import Economics
from audits.scoring.sentences.documents import LACKING, documents_apart
from audits.scoring.summary.actions import actions
from audits.scoring.summary.found.found import Found
from audits.scoring.summary.sureness import sureness
from audits.scoring.summary.why import LINES, deciding_conditions
from audits.scoring.sums.month_parts import parts_of_today
from audits.services.answers.candidates import takes_candidates
from audits.wizard.open_points import OpenPoints, open_points
from audits.wizard.submitting.unanswered import Unanswered, unanswered

_CHANGES = 2
_PRICES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelChange:
    """An answer that would change the verdict, and what to: a verdict or questions.

    `besides` is what else has to be so; it may be empty. `opens` are the labels of the
    questions that are then asked, where these decide.
    """

    label: str
    then: str
    besides: str
    verdict: NamedVerdict
    opens: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The verdict so far as plain values: equal panels are drawn once.

    The list of pages beside it is drawn from the same values.

    `unsettled` answers are not known and could change it. `message` says what can still
    change the verdict; `comes_first` are open questions that could put something before
    it, and `says_first` how many. `waits` says whether a step
    comes before all that it says. `plan` is what the numbers come to, `price_age` how
    old its prices are; both are None without numbers. `prices` are those to show first.
    `strength` is empty where the framework tells none. `as_rented` are own servers that
    are priced as rented ones, `machines` how those differ from the usual ones, empty if
    they do not.
    `month_parts` says how much of a month is people's time, and `documents` which ones
    the prices of the techniques that are `lacking` them leave out; empty without any.
    `assumed` are the numbers of all techniques that nobody entered.
    `words` are the technical ones of the verdict and its headline.
    `reasons` are the first conditions that decided, and `changes` the first answers
    that would change the verdict.
    `takes_candidates` says whether the framework reads scored candidates.
    """

    audit: UUID
    # Its words tell most panels apart, and an equal hash makes no two equal.
    progress: Progress = field(hash=False)
    family: Family = field(hash=False)
    mark: str
    verdict_name: str
    headline: str
    message: str
    says_enough: str
    unanswered: Unanswered | None = field(hash=False)
    says_first: str
    comes_first: tuple[OpenQuestion, ...]
    unsettled: int
    waits: bool
    strength: str
    plan: CostPlan | None = field(hash=False)
    prices: tuple[TechniqueCost, ...] = field(hash=False)
    price_age: PriceAge | None
    as_rented: tuple[PricedTechnique, ...]
    machines: str
    month_parts: str
    documents: str
    assumed: tuple[str, ...]
    points: OpenPoints = field(hash=False)
    takes_candidates: bool
    has_candidates: bool
    words: tuple[Term, ...] = field(hash=False)
    reasons: tuple[Found, ...] = field(hash=False)
    changes: tuple[PanelChange, ...] = field(hash=False)

    @property
    def names_unknowns(self) -> bool:
        """Whether the message counts the unknown answers, so that it can name them."""
        return self.points.is_settled and self.unsettled > 0 and not self.waits

    @classmethod
    def of(
        cls,
        audit: Audit,
        framework: Framework,
        assessment: Assessment,
        progress: Progress,
    ) -> Self:
        """Return the panel of an audit."""
        return cls(
            audit=audit.pk,
            progress=progress,
            price_age=_price_age(assessment.costs),
            takes_candidates=takes_candidates(audit),
            **_said_of(framework, _ThisOne(assessment)),
        )

    @property
    def lacking(self) -> frozenset[PricedTechnique]:
        """The techniques that send no documents, and find none."""
        return LACKING

    @property
    def own_gpus(self) -> tuple[PricedTechnique, ...]:
        """What runs on those machines."""
        return OWN_GPUS


class _ThisOne:
    """An assessment as the key of what it says: it is equal to itself alone.

    Assessments are kept by what they were made of, so the pages of a draft get the same
    one until something changes.
    """

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ThisOne) and self.assessment is other.assessment

    def __hash__(self) -> int:
        return id(self.assessment)


@in_force.remembered(maxsize=64)
def _said_of(framework: Framework, this: _ThisOne) -> dict[str, Any]:
    """Return what a panel says that depends on the assessment alone."""
    assessment = this.assessment
    advice, costs, found = assessment.advice, assessment.costs, assessment.candidates
    points, sure = open_points(framework, assessment), sureness(framework, assessment)
    # The headline is beside the panel only once nothing is left to ask.
    headline = assessment.headline if points.is_settled else ""
    return {
        "family": assessment.named.family,
        "mark": assessment.named.mark,
        "verdict_name": assessment.named.name,
        "headline": assessment.headline,
        "message": sure.says_beside_count,
        "says_enough": sure.says_enough,
        "unanswered": unanswered(assessment, points),
        "says_first": sure.says_first,
        "comes_first": sure.could_come_first,
        "unsettled": assessment.unsettled,
        "waits": bool(assessment.prerequisite),
        "strength": advice.strength.says if advice else "",
        "plan": costs.plan if costs else None,
        "prices": advised_first(assessment, _PRICES),
        "as_rented": as_rented(assessment),
        "documents": documents_apart(assessment),
        "assumed": tuple(name for name, _ in assumed_behind(assessment, None)),
        "machines": rented_machines(assessment),
        "month_parts": parts_of_today(assessment),
        "points": points,
        "has_candidates": bool(found and found.has_results),
        "words": words_in(framework, assessment.named.name, headline),
        "reasons": tuple(islice(deciding_conditions(framework, assessment), LINES)),
        "changes": tuple(_changes(framework, assessment)),
    }


def _changes(framework: Framework, assessment: Assessment) -> Iterator[PanelChange]:
    """Yield the first changes of one answer each."""
    found = (x for x in actions(framework, assessment) if len(x.changes) == 1)
    for flip in islice(found, _CHANGES):
        words = framework.verdicts[flip.verdict]
        [change] = flip.changes
        yield PanelChange(
            label=change.label,
            then=change.then,
            besides=getattr(change, "besides", ""),
            verdict=named(words.family, words.mark, flip.verdict_name),
            opens=flip.depends_on,
        )


def _price_age(costs: Economics | None) -> PriceAge | None:
    return price_age(costs.plan.checked, timezone.localdate()) if costs else None
