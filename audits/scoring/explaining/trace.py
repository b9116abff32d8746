"""Builds the trace: what each reason, blocker and rule read, and its outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from audits.frameworks import conditions as c
from audits.frameworks.answering import flow
from audits.frameworks.evaluation import holds
from audits.frameworks.rules import Blocker, ContextRule, Reason, VerdictRule
from audits.frameworks.schema import Framework
from audits.scoring.deciding.decision import Decision
from audits.scoring.deciding.rule_words import case_of, with_names
from audits.scoring.explaining.advice import Claim, claims, naming_kept
from audits.scoring.explaining.grades.missing import missing, only_asserted
from audits.scoring.explaining.grades.standings import STANDINGS, ReasonStanding
from audits.scoring.explaining.trace_shapes import (
    NOT_ASKED,
    Citation,
    Outcome,
    Reading,
    ReasonStep,
    Step,
    Trace,
)


def build_trace(framework: Framework, decision: Decision) -> Trace:
    """Return every reason, blocker and rule with its outcome and its reading."""
    tracer = _Tracer(framework, decision)
    return Trace(
        reasons=tuple(tracer.reason(reason) for reason in framework.reasons),
        blockers=tuple(tracer.blocker(row) for row in framework.blockers),
        context_rules=tracer.table(framework.context_rules, decision.context_rule),
        verdict_rules=tracer.table(framework.verdict_rules, decision.verdict_rule),
    )


def standing_of(
    decision: Decision, claimed: Mapping[str, Claim], reason: Reason
) -> ReasonStanding:
    """Return the standing of a reason; without rules for claims, by believing.

    Args:
        decision: The decision.
        claimed: What `claims` returns for it.
        reason: The reason.
    """
    if reason.claimed_when is None:
        return claimed.get(reason.id, "measured")
    if reason.id in decision.undecided:
        return "unknown"
    return decision.at.reasons[reason.id]


def cite(framework: Framework, source_ids: tuple[str, ...]) -> tuple[Citation, ...]:
    """Return the sources of those ids, ready to print."""
    found: tuple[Citation, ...] | None = framework.cited.get(source_ids)
    if found is None:
        sources = (framework.sources[source_id] for source_id in source_ids)
        found = tuple(
            Citation(title=s.title, href=s.href, note=s.note) for s in sources
        )
        framework.cited[source_ids] = found
    return found


class _Tracer:
    """Puts the readings of one decision into words.

    Many conditions read the same answer, so each is worded once.
    """

    def __init__(self, framework: Framework, decision: Decision) -> None:
        self.framework, self.decision = framework, decision
        self.claims = claims(framework, decision)
        self._worded: dict[str, Reading] = {}
        applying = flow.applying(framework, decision.at.answers)
        asked = {*(each.id for each in applying), *decision.at.answers}
        self._not_asked = framework.question_by_id.keys() - asked
        self._open = {x for x in asked if not decision.at.knows(x)}  # or never checked

    def reason(self, reason: Reason) -> ReasonStep:
        standing = self._standing(reason)
        conditions = [reason.when, reason.claimed_when, reason.unless]
        because = with_names(getattr(reason.words, standing), self.decision.at)
        lacks = {"absent": missing, "unknown": only_asserted}.get(standing)
        if reason.id in self.decision.at.unproven:
            conditions.append(self.framework.unproven_when)
            because = f"{reason.words.measured} {self.framework.unproven_text}"
        if lacks:
            because = lacks(self.framework, reason, self.decision.at) or because
        return ReasonStep(
            id=reason.id,
            name=reason.name,
            text=reason.text,
            origin=reason.origin,
            standing=standing,
            because=because,
            read=self._readings(conditions),
            sources=cite(self.framework, reason.sources),
            is_asked=self._is_asked(reason),
            looked=standing != "absent" or not self._is_uncounted(because),
        )

    def _is_uncounted(self, because: str) -> bool:
        """Return whether a reason does not hold for want of a count of the faults."""
        faults = self.framework.faults_question or ""
        words, codes = self.framework.findings.get(faults), self.decision.at.answers
        picks, asked = codes.get(faults), self.framework.question_by_id.get(faults)
        if words is None or asked is None or not isinstance(picks, tuple):
            return False
        uncounted = [x for x in picks if (o := asked.option(x)) and o.not_yet]
        return any(because.lower().startswith(words.answers[x]) for x in uncounted)

    def _is_asked(self, reason: Reason) -> bool:
        """Return whether it may hold, or anything asked for its sake is known."""
        asked = self.framework.asked_for[reason.id]
        is_known = not asked or any(map(self.decision.at.knows, asked))
        return is_known or self._standing(reason) != "absent"

    def _standing(self, reason: Reason) -> ReasonStanding:
        return standing_of(self.decision, self.claims, reason)

    def blocker(self, row: Blocker) -> Step:
        """Return a blocker; what an answer is missing for is not said to be absent."""
        step = self.step(row, _fired(row.id in self.decision.blockers))
        if holds(row.when, row.unless, self.decision.at) is not None:
            return step
        is_open = self._open & {x.id for x in step.read}
        return replace(step, outcome="unknown" if is_open else "not_asked")

    def table[Rule: (ContextRule, VerdictRule)](
        self, rules: Sequence[Rule], fired: Rule
    ) -> tuple[Step, ...]:
        reached = rules.index(fired)
        return tuple(
            self.step(rule, "not_reached" if place > reached else _fired(rule is fired))
            for place, rule in enumerate(rules)
        )

    def step(self, row: Blocker | ContextRule | VerdictRule, outcome: Outcome) -> Step:
        """Return a row as it says what holds: of its alternatives, the true one."""
        at = self.decision.at
        case = case_of(row, at) if outcome == "fired" else None
        text = with_names(case.text, at) if case else row.text
        if outcome == "fired" and not isinstance(row, Blocker):
            text = naming_kept(self.decision, text)  # others say it of another way
        return Step(
            id=row.id,
            name=case.name if case else row.name,
            text=text,
            outcome=outcome,
            read=self._readings((case.when if case else None, row.when, row.unless)),
            sources=cite(self.framework, row.sources),
        )

    def _readings(
        self, conditions: Sequence[c.Condition | None]
    ) -> tuple[Reading, ...]:
        """Return each answer and reason the conditions read, once, in reading order."""
        readings: dict[str, Reading] = {}
        for condition in conditions:
            for subject, leaf in self.framework.read_by(condition).items():
                if subject not in self._worded:
                    self._worded[subject] = self._reading(leaf)
                readings[subject] = self._worded[subject]
        return tuple(readings.values())

    def _reading(self, leaf: c.Leaf) -> Reading:
        framework, decision = self.framework, self.decision
        match leaf:
            case c.ReasonStands(reason_id):
                reason = next(r for r in framework.reasons if r.id == reason_id)
                words = STANDINGS[self._standing(reason)]
                return Reading(id=reason_id, label=reason.name, answer=words)
            case c.AnyReason() | c.OnlyReasons():
                words = self._count()
                return Reading(id="reasons", label="Reasons to train", answer=words)
            case c.Blocked():
                count = len(decision.blockers) or "none"
                words = f"{count} of {len(framework.blockers)}"
                return Reading(id="blockers", label="Blockers", answer=words)
            case c.MarketExists(market) | c.MarketReaches(market):
                label = framework.market_by_id[market].label
                words = decision.under.market_words(framework, market)
                return Reading(id=market, label=label, answer=words)
            case (
                c.FactHolds() | c.Failed() | c.ContextIs() | c.VerdictIs()
            ):  # pragma: no cover - replaced by what it reads, or read later
                raise AssertionError(leaf)
            case _:
                words = self._answer(leaf.question)
                label = framework.answerable[leaf.question].label
                return Reading(id=leaf.question, label=label, answer=words)

    def _answer(self, question: str) -> str:
        decision, at = self.decision, self.decision.at
        if question in self._not_asked:
            return NOT_ASKED
        words = self.framework.words(question, at.answers)
        if basis := decision.under.computed.get(question):
            words = f"{words}: {basis}"
        if at.unshown and at.is_of_ways(question) and question not in at.asserted:
            return self._in_parts(question)
        return f"{words} (asserted only)" if is_unproved(decision, question) else words

    def _in_parts(self, question: str) -> str:
        """Return what was tested in words, with what no result shows apart."""
        at, levels = self.decision.at, self.decision.under.levels
        ticks = [*at.answers[question]]
        parts = (
            ([x for x in ticks if x not in at.unshown], levels.get(question, "shown")),
            ([x for x in ticks if x in at.unshown], "asserted only"),
        )
        return "; ".join(
            f"{self.framework.words(question, {question: tuple(part)})} ({known})"
            for part, known in parts
            if part
        )

    def _count(self) -> str:
        found = [self._standing(reason) for reason in self.framework.reasons]
        return f"{found.count('measured')} hold, {found.count('claimed')} possible"


def is_unproved(decision: Decision, question: str) -> bool:
    """Return whether an answer is a measurement that nothing proves, and must be."""
    is_measured = question in decision.at.framework.measurements
    must_be = decision.at.framework.asserted_unless_marked
    return must_be and is_measured and question in decision.at.asserted


def _fired(fired: bool) -> Outcome:
    return "fired" if fired else "not_fired"


def caution_holds(decision: Decision, condition: c.Condition) -> bool:
    """Return whether a caution's condition is known to hold."""
    return holds(condition, None, decision.at) is True
