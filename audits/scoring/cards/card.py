"""The shape of a card: one step, and what each outcome would mean."""

from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from audits.frameworks.schema import Framework
from audits.scoring.cards.outcomes import CardOutcome
from audits.scoring.chances.pass_marks import in_cases
from audits.scoring.chances.settling import settles
from audits.scoring.costs.rounding import written
from audits.scoring.explaining.evidence import ADVISED
from audits.scoring.money.measuring import MeasuringCost
from audits.scoring.scored.candidates import ScoredKind
from audits.scoring.step_facts import card_facts

BEGINS = "The advice begins with it."
_DONE = "Done when "


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredQuestion:
    """A question that a step answers, what the product calls it, and where it is."""

    id: str
    label: str
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One step: what to find out, how, and what each outcome would mean.

    Attributes:
        id: That of the planned experiment, or else of the question.
        name: What to do.
        asks: The question that it answers.
        how: How to find out, where the framework says so.
        sample: The cases. Empty, like `measure` and `pass_mark`, if it is enough to
            ask or look.
        measure: What is counted.
        pass_mark: When it passes.
        lacks_target: Whether that is a target that nobody has entered yet.
        hours: Working hours of one person.
        cost: What these cost.
        waits: Working days until somebody outside the team has answered, after them.
        because: Why it is worth finding out.
        kinds: The candidates to test; empty if none is.
        only: The ids of the candidates to test, where it is not all of these kinds.
        cases: How many cases a file for them has.
        sets_target: Whether the result is a target for the candidates.
        outcomes: What each outcome would mean, see `outcomes` and `by_results`.
        needs_target: Whether no outcome is told before there is a target.
        together: The other steps without which these outcomes do not follow.
        answers: The questions that it answers.
        by_hand: Those of them that no results file answers.
        comes_first: Whether it decides what comes next.
        covers: What the hours cover, after them in a row; empty if the name says it.
        besides: What the same test shows whatever comes out; outcomes count with it.
        leaves: Which faults the advice leaves, where the step sorts them.
        makes: What the step makes to test it, where that is another candidate than
            those of its kind that were tested; empty if it is not.
        proves: Whether it shows an answer that is there, and tests nothing.
        by_results: Whether results of candidates show it then.
        carries_out: Whether it does what is advised, and finds out nothing.
    """

    id: str
    name: str
    asks: str
    how: str
    sample: str = ""
    measure: str = ""
    pass_mark: str = ""
    hours: int
    cost: MeasuringCost
    because: str
    kinds: tuple[ScoredKind, ...] = ()
    cases: int
    outcomes: tuple[CardOutcome, ...] = ()
    needs_target: bool = False
    together: tuple[str, ...] = ()
    answers: tuple[AnsweredQuestion, ...] = ()
    by_hand: tuple[AnsweredQuestion, ...] = ()
    comes_first: bool = False
    lacks_target: bool = False
    sets_target: bool = False
    covers: str = ""
    besides: tuple[tuple[str, str], ...] = ()
    leaves: str = ""
    waits: int = 0
    makes: str = ""
    only: tuple[str, ...] = ()
    proves: bool = False
    by_results: bool = False
    carries_out: bool = False

    def is_tested(self, kinds: Collection[str]) -> bool:
        """Return whether results of these kinds of candidates are all that it tests."""
        return bool(self.kinds) and {*self.kinds} <= {*kinds}

    @property
    def changes_verdict(self) -> bool:
        """Whether an outcome changes the verdict, or none is known that does not."""
        if self.needs_target:
            return False
        return not self.outcomes or any(not each.stays for each in self.outcomes)

    @property
    def waiting(self) -> str:
        """How long to wait after the work, in words; empty if nobody has to."""
        if not self.waits:
            return ""
        days = "1 working day" if self.waits == 1 else f"{self.waits} working days"
        return f"then about {days} of waiting"

    @property
    def passes(self) -> str:
        """Its pass mark, with how many of its cases that is if it counts them."""
        return in_cases(self.pass_mark, self.cases, f"{self.sample}; {self.name}")

    @property
    def told_sample(self) -> str:
        """Its cases; empty where its name or a pass mark says how many."""
        is_told = self.pass_mark or any(x.isdigit() for x in self.name)
        return "" if is_told else self.sample

    @property
    def mark_name(self) -> str:
        """What its mark is called: no score passes one that says when it is done."""
        return _DONE.strip() if self.pass_mark.startswith(_DONE) else "Pass mark"

    @property
    def mark(self) -> str:
        """What it `passes`, as it follows that name."""
        return self.passes.removeprefix(_DONE)

    @property
    def settles(self) -> str:
        """From how many passed cases on no chance explains it; may be empty.

        Where that takes more cases than it tests, with what these cost.
        """
        said = settles(self.passes)
        if not said.more or not self.hours:
            return said.says
        hours = ceil(said.more * card_facts().minutes_a_case / 60)
        work = "1 hour" if hours == 1 else f"{hours:,} hours"
        if amount := self.cost.amount:
            work += f" (${written(amount.expected * hours / self.hours)})"
        return f"{said.says}, for {work} more"

    @property
    def counts_with(self) -> str:
        """What its results count together with, in a sentence; empty if alone."""
        answers = [f"“{label}: {words}”" for label, words in self.besides]
        if not answers:
            return ""
        named = " and ".join(answers)
        return f"Each result counts as measured, with {named} from the same test."

    @property
    def also_answers(self) -> str:
        """The same in short, for the middle of a sentence; empty if alone."""
        return " and ".join(f"“{label}”" for label, _ in self.besides)

    @property
    def price(self) -> str:
        """What it costs as expected; empty if that is not known."""
        amount = self.cost.amount
        return f"${written(amount.expected)}" if amount and self.hours else ""

    @property
    def time(self) -> str:
        """Its hours in words; a decision takes none."""
        if not self.hours:
            return "A decision, no work"
        return "1 hour" if self.hours == 1 else f"{self.hours} hours"

    @property
    def work(self) -> str:
        """The same, and what it costs as expected if that is known."""
        return f"{self.time}, {self.price}" if self.price else self.time

    @property
    def confirms(self) -> bool:
        """Whether it tests what is advised, and no outcome changes verdict or way.

        It decides whether money is spent on that, and not what is advised.
        """
        tests = self.because == ADVISED and bool(self.outcomes)
        return tests and all(x.stays and not x.is_other_way for x in self.outcomes)


def answered_by(framework: Framework, told: Set[str]) -> tuple[AnsweredQuestion, ...]:
    """Return the questions of these ids, in their order."""
    return tuple(
        AnsweredQuestion(id=each.id, label=each.label, section=each.section)
        for each in framework.questions
        if each.id in told
    )


def price_of(cards: Iterable[Card]) -> Decimal | None:
    """Return what some steps cost together; None if the price of one is not known."""
    amounts = [card.cost.amount for card in cards]
    known = [each.expected for each in amounts if each]
    return sum(known, Decimal(0)) if len(known) == len(amounts) else None
