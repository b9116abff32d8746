"""What a result page says that follows from the assessment alone."""

from dataclasses import dataclass
from datetime import date

from audits.frameworks.schema import Framework
from audits.landscape.price_age import PriceAge, price_age
from audits.results import once
from audits.results.condition import Condition
from audits.results.first_action import FirstAction, first_action
from audits.results.scenario_links import Scenario, scenarios_of
from audits.scoring import Assessment
from audits.scoring.chances.chance import more_cases, surely_met
from audits.scoring.chances.shares import (
    ShownShare,
    because_beside,
    shown_shares,
)
from audits.scoring.chances.uncompared import uncompared
from audits.scoring.deciding.flips import Flip
from audits.scoring.explaining import advice_rows
from audits.scoring.explaining.explain import gated
from audits.scoring.history.end_steps import EndStep, end_steps
from audits.scoring.inputs import Inputs
from audits.scoring.ladder.ladder import ladder
from audits.scoring.ladder.rows import Ladder
from audits.scoring.money.assumed import assumed_behind, assumed_for
from audits.scoring.money.currency import money_line, unpriced_line
from audits.scoring.money.states import PlanState
from audits.scoring.money.words import Money
from audits.scoring.moving.ended import without_ended
from audits.scoring.numbers.assumption_fields import in_groups
from audits.scoring.numbers.currency_words import WHY_DOLLARS
from audits.scoring.options.ends import ModelEnd, model_ends, prices_said
from audits.scoring.options.option_reasons import interim_choice
from audits.scoring.proposals.proposal_words import ProposalWords, worded
from audits.scoring.results_behind.approved_on import NOT_SIGNED_OFF, AfterSignOff
from audits.scoring.results_behind.wrong_files import WrongFiles, wrong_files
from audits.scoring.scored.words import CandidateAnswer, naming, summed_up
from audits.scoring.sentences.cannot_be_right import cannot_be_right
from audits.scoring.sentences.counted_headline import with_count
from audits.scoring.sentences.once_resumed import once_resumed
from audits.scoring.summary.actions import actions, changes_in_order
from audits.scoring.summary.first_steps import FirstStep, first_steps
from audits.scoring.summary.head import title_of
from audits.scoring.summary.plan import Plan
from audits.scoring.summary.sureness import Sureness, steps_of, sureness
from audits.scoring.summary.to_training import ToTraining
from audits.scoring.summary.why import WhyLine
from audits.scoring.sums.asked.period import money_on
from audits.scoring.sums.calendar import MoneyMonths, months_of
from audits.scoring.sums.year_parts import years_of
from audits.scoring.told.result.answered_too import answered_too
from audits.scoring.told.result.asked_sum import asked_sum
from audits.scoring.told.result.found_out import FoundOut, found_out
from audits.scoring.told.result.why_told import why_told
from audits.scoring.told.results_told import ToldApart, results_told, told_apart
from audits.scoring.told.without_price import missing_numbers
from audits.services.read_files.compared_results import ShownComparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """An assessment under its framework, with what its words are made of.

    Equal ones say the same, so a page draws them once, and works them out only then.
    `market_on` is the day of the market facts, `today` that of the page; `done`,
    `happened` and `source` are what a published case tells. `inputs` are what was
    decided from, `owner` is who owns the use case, and `asked` who was asked what.
    `is_signed` says that the verdict is in force, `may_enter` that the reader may enter
    numbers, `may_take_back` that they may after taking the audit back from review.
    `files` are the names of results files by digest, if pages name some, and `of_files`
    says which of their results were never a candidate, and which other use cases have
    the same ones. `comparisons` say what candidates show of each other on the same
    cases, and `usage_doubts` what usage files say against the numbers; `known_bills`
    what they were billed. `conditions` are those of the sign-off, `after` what it says
    of an approval. `tested_since` are the kinds of candidates that were tested after a
    step asked for them. The money counts from `board_on`, when the board decides.
    """

    framework: Framework
    assessment: Assessment
    is_draft: bool
    market_on: date | None
    today: date
    done: str
    happened: str
    source: str
    inputs: Inputs
    owner: str
    asked: tuple[tuple[str, str], ...] = ()
    plan_state: PlanState = "running"
    is_signed: bool = False
    files: tuple[tuple[str, str], ...] = ()
    of_files: tuple[str, ...] = ()
    comparisons: tuple[ShownComparison, ...] = ()
    may_enter: bool = False
    may_take_back: bool = False
    usage_doubts: tuple[str, ...] = ()
    known_bills: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    after: AfterSignOff = NOT_SIGNED_OFF
    tested_since: tuple[str, ...] = ()
    board_on: date | None = None

    def __hash__(self) -> int:
        """Hash what was entered, which all but tells assessments apart."""
        given = self.assessment.codes, self.assessment.levels, self.assessment.numbers
        return hash((self.framework, *(frozenset(of.items()) for of in given)))

    @property
    def tested(self) -> tuple[CandidateAnswer, ...]:
        """The answers of candidates that the verdict reads."""
        told = self.assessment.from_candidates
        return tuple(each for each in told if each.question in self.assessment.codes)

    @property
    def tested_first(self) -> CandidateAnswer | None:
        """The one of them that the summary tells; None without one."""
        return summed_up(self.tested)

    @property
    def shares(self) -> tuple[ShownShare, ...]:
        """What share of its cases each candidate passed."""
        return shown_shares(self.inputs.candidates, self.inputs.codes)

    @property
    def tested_beside(self) -> tuple[tuple[CandidateAnswer, str], ...]:
        """The answers of candidates, each with why, beside the shares."""
        found, shown = self.inputs.answered, self.shares
        return tuple((x, because_beside(x, found, shown)) for x in self.tested)

    @property
    def tested_because(self) -> str:
        """Why the first of them is so, with the name of the candidate."""
        if (told := self.tested_first) is None:
            return ""
        found = self.inputs.answered
        return naming(told.because, found.behind.get(told.question, ()), found.target)

    @property
    def surely_met(self) -> tuple[str, ...]:
        """What surely meets the target, where that is not sure for the one kept."""
        inputs = self.inputs
        return surely_met(inputs.candidates, inputs.answered, inputs.codes)

    @property
    def more_cases(self) -> str:
        """How many more cases would settle a result that decides; may be empty."""
        return more_cases(without_ended(self.assessment, self.inputs.answered))

    @property
    def wrong_files(self) -> WrongFiles | None:
        """The results files that were removed as wrong ones; None without any."""
        return wrong_files(self.framework, self.assessment)

    @property
    def results_told(self) -> ToldApart | None:
        """What counts twice, was replaced, removed, left out, elsewhere or typed."""
        told = results_told(self.framework, self.assessment, dict(self.files))
        return told_apart((*told, *self.of_files), folds=True)

    @property
    def uncompared(self) -> str:
        """What would compare typed results of as many cases; may be empty."""
        return uncompared(self.inputs.candidates)

    @property
    def first(self) -> FirstAction | None:
        """What to do first, and what can wait."""
        return first_action(
            self.framework,
            self.assessment,
            self.plan.cards,
            after=self.after,
            state=self.plan_state,
        )

    @property
    def headline(self) -> str:
        """The sentences that say the verdict; nothing serves while it has stopped."""
        is_stopped = self.plan_state == "stopped"
        said = once_resumed(self.assessment.headline, has_stopped=is_stopped)
        return with_count(said, self.tested)

    @property
    def beside_steps(self) -> str:
        """What of the headline has no room in the title; empty if the steps say it.

        Of a training, only its kind where checks and the choice until then follow; of a
        part, all but the checks that follow.
        """
        title, first = title_of(self.headline), self.first
        said, advice = title.beside_steps, self.assessment.advice
        if not said or first is None or advice is None:
            return said
        if title.rest == first.title:
            return ""
        kind = advice.training_kind
        if kind is None or not first.names_parts:
            return said
        if self.assessment.family == "part":
            return said.replace(gated([gate.says for gate in advice.subject_to]), "")
        if interim_choice(self.assessment):
            return f"{kind.says[:1].upper()}{kind.says[1:]}."
        return said

    @property
    def why(self) -> tuple[WhyLine, ...]:
        """The conditions that decided, three at most."""
        return why_told(self.framework, self.assessment, self.tested_because)

    @property
    def steps(self) -> tuple[tuple[FirstStep, tuple[str, ...]], ...]:
        """The first steps, three at most, with who was asked for what they find out."""
        cards = self.plan.first
        return tuple(
            (step, self._asked_for(step))
            for step in first_steps(self.assessment, cards, self.money)
        )

    @property
    def leaves(self) -> str:
        """Which faults the advice leaves; empty where a step beside it says that."""
        is_told = any(step.card.leaves and step.rows for step, _ in self.steps)
        return "" if is_told else self.plan.leaves

    @property
    def plan(self) -> Plan:
        """All steps, and which of them cannot change the verdict."""
        return once.plan_of(self)

    @property
    def answered_too(self) -> frozenset[str]:
        """Which of the other steps the tests of the first ones answer as well."""
        return answered_too(self.plan.first, self.plan.others)

    def _asked_for(self, step: FirstStep) -> tuple[str, ...]:
        answered = {question.id for question in step.card.answers}
        names = (name for question, name in self.asked if question in answered)
        return tuple(dict.fromkeys(names))

    @property
    def sure(self) -> Sureness:
        """How many answers are known, and how those that decide are."""
        return sureness(self.framework, self.assessment)

    @property
    def number_of_steps(self) -> int:
        """How many reasons, blockers and rules the trace has."""
        return len(steps_of(self.assessment))

    @property
    def ladder(self) -> Ladder | None:
        """The remedies, the cheapest first, and what is known of each."""
        return ladder(self.framework, self.assessment, self.inputs, self.plan_state)

    @property
    def actions(self) -> tuple[Flip, ...]:
        """What people can do that would change the verdict, three at most."""
        return actions(self.framework, self.assessment)

    @property
    def changes(self) -> tuple[Flip, ...]:
        """Every change that no other answer contradicts, what can happen first."""
        return changes_in_order(self.framework, self.assessment)

    @property
    def to_training(self) -> ToTraining | None:
        """What it would take to train a model; None where that is not known."""
        return once.to_training_of(self)

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """Each of them with its scenario, and at last that a later test differs."""
        listed = [step for step, _ in self.steps]
        return scenarios_of(self.framework, self.assessment, self.inputs, listed)

    @property
    def found_out(self) -> FoundOut:
        """What the steps find out that would change it, and where that is said."""
        listed, known = [step for step, _ in self.steps], self.plan.finds_out
        could = self.assessment.could_change_it
        unknown = [x.label for x in could if x.question not in known]
        return found_out(self.plan.changing, listed, unknown)

    @property
    def forbidding(self) -> frozenset[str]:
        """What the blockers read that forbid training now."""
        return frozenset(
            reading.id
            for step in self.assessment.trace.blockers
            if step.outcome == "fired"
            for reading in step.read
        )

    @property
    def is_open(self) -> bool:
        """Whether a reason to train could still come, and none is known of a draft."""
        known = self.assessment.reasons_measured or self.assessment.reasons_claimed
        return self.is_draft and self.assessment.may_train and not known

    @property
    def outcome_lines(self) -> tuple[str, ...]:
        """What would follow from each result of what comes first."""
        return advice_rows.outcome_lines(self.assessment)

    @property
    def money(self) -> Money | None:
        """What a board must know about the money."""
        return once.money_of(self)

    @property
    def voted_money(self) -> Money | None:
        """The same over 12 months from the day on which the board decides."""
        return money_on(self.money, self.board_on)

    @property
    def asked_now(self) -> str:
        """What is asked for at once, and which of the steps are in it."""
        told, steps = self.voted_money, self.plan.first
        return asked_sum(self.framework, self.assessment, told, steps)

    @property
    def ends(self) -> tuple[ModelEnd, ...]:
        """The models that retire within the 12 months."""
        return model_ends(self.money)

    @property
    def end_steps(self) -> tuple[EndStep, ...]:
        """What to do before a model that goes on retires; none while it has stopped."""
        target = self.inputs.candidates.target
        return () if self.plan_state == "stopped" else end_steps(self.money, target)

    @property
    def years(self) -> tuple[str, ...]:
        """What 12 months add up from, where they are not 12 times a month."""
        return years_of(self.assessment, self.money)

    @property
    def dates(self) -> tuple[str, ...]:
        """The days to watch: models that retire, and prices that change."""
        return (*(end.says for end in self.ends), *prices_said(self.money))

    @property
    def cannot_be_right(self) -> tuple[str, ...]:
        """The numbers that contradict each other or an answer, in sentences."""
        return cannot_be_right(self.framework, self.assessment)

    @property
    def missing_numbers(self) -> tuple[tuple[str, str], ...]:
        """The numbers that are missing for a price, each with its field."""
        return missing_numbers(self.assessment)

    @property
    def in_currency(self) -> str:
        """The sums in the currency of the team's amounts; empty for US dollars."""
        return money_line(self.assessment, self.money)

    @property
    def why_dollars(self) -> str:
        """Why tables are in US dollars nevertheless."""
        return WHY_DOLLARS

    @property
    def without_rate(self) -> str:
        """Why amounts without an exchange rate have no price; empty if they have."""
        return unpriced_line(self.assessment)

    @property
    def offer(self) -> ProposalWords | None:
        """An offer that was received, compared; None without one."""
        return worded(self.assessment.proposal)

    @property
    def price_age(self) -> PriceAge | None:
        """How old the prices are today; None without any."""
        costs = self.assessment.costs
        return price_age(costs.plan.checked, self.today) if costs else None

    @property
    def assumed(self) -> tuple[tuple[str, str], ...]:
        """The numbers that nobody entered, with what is assumed instead."""
        return assumed_behind(self.assessment, self.money)

    @property
    def assumed_groups(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """The same numbers by what they are about."""
        return in_groups(self.assumed)

    @property
    def assumed_for(self) -> str:
        """Which techniques these numbers are behind."""
        return assumed_for(self.assessment, self.money)

    @property
    def months(self) -> MoneyMonths | None:
        """The months behind that money."""
        return months_of(self.money) if self.money else None
