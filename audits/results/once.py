"""What a result page reads several times, worked out once."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Self

from audits.frameworks.answering.glossary import words_in
from audits.frameworks.schema import Term
from audits.results.first_action import first_action
from audits.scoring.money import of_assessment
from audits.scoring.money.words import Money
from audits.scoring.results_behind.wrong_files import WrongFiles
from audits.scoring.scored.words import CandidateAnswer
from audits.scoring.summary import plan, to_training
from audits.scoring.summary.head import Head, Title, head_beside, title_of
from audits.scoring.told.results_told import ToldApart

if TYPE_CHECKING:
    from audits.results.explained import Explained


@lru_cache(maxsize=1)
def plan_of(explained: "Explained") -> plan.Plan:
    """Return the steps."""
    found = plan.plan_of(explained.framework, explained.assessment, explained.inputs)
    return found.once_tested(explained.tested_since)


@lru_cache(maxsize=1)
def to_training_of(explained: "Explained") -> to_training.ToTraining | None:
    """Return the fewest answers that lead to training."""
    return to_training.to_training(explained.framework, explained.assessment)


@lru_cache(maxsize=1)
def money_of(explained: "Explained") -> Money | None:
    """Return the money behind the verdict."""
    return of_assessment.money_of(explained.assessment, explained.plan_state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Top:
    """What is above the folds and follows from an assessment: it is drawn each time.

    `named` is the name of the verdict if the title begins with it, else empty;
    `next` is what to do first, and `words` are the terms that the headline uses.
    """

    title: Title
    named: str
    head: Head
    next: str
    words: tuple[Term, ...]
    tested: CandidateAnswer | None
    tested_because: str
    surely_met: tuple[str, ...]
    wrong_files: WrongFiles | None
    results_told: ToldApart | None

    @property
    def follows(self) -> str:
        """What the title says after the name of the verdict."""
        return self.title.says.removeprefix(self.named)

    @classmethod
    def of(cls, explained: "Explained") -> Self:
        """Return what an explained result says there."""
        framework, assessment = explained.framework, explained.assessment
        first, headline = first_action(framework, assessment), explained.headline
        tested = explained.tested_first
        title, name = title_of(headline), assessment.named.name
        return cls(
            title=title,
            named=name if title.says.startswith(name) else "",
            head=head_beside(framework, assessment, explained.voted_money),
            next=first.title if first else "",
            words=words_in(framework, headline, assessment.lead),
            tested=tested,
            tested_because=explained.tested_because if tested else "",
            surely_met=explained.surely_met if tested else (),
            wrong_files=explained.wrong_files,
            results_told=explained.results_told,
        )


@lru_cache(maxsize=32)
def top_of(explained: "Explained") -> Top:
    """Return what is above the folds."""
    return Top.of(explained)
