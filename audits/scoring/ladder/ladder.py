"""The ladder of remedies: what is known of each rung. None of it decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from audits.frameworks.schema import LIVE, Framework
from audits.scoring.chances.chance import narrowly_missed
from audits.scoring.costs.cost_numbers import WITH_DOCUMENTS
from audits.scoring.deciding.candidates import PASSED, TICKS
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.shortfalls import gap_word
from audits.scoring.deciding.trial import context
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.ladder.rows import Ladder, RungRow, RungState
from audits.scoring.ladder.rungs import Rung, TrainingRung, ladder_rungs
from audits.scoring.money.of_assessment import ruled_out
from audits.scoring.money.states import PlanState
from audits.scoring.money.ways import serving
from audits.scoring.options.option_reasons import why_no_training
from audits.scoring.scored.by_hand import lacking
from audits.scoring.scored.candidates import LIVE_STATE, ScoredCandidate
from audits.scoring.scored.todays import todays_result
from audits.scoring.scored.words import result

_IN_USE: dict[PlanState, str] = {"running": "In use now", "planned": "Current plan"}
_NEXT = "Advised next"
_MEANWHILE = "Advised meanwhile"
_KEPT, _KEEP = "keep", "Advised: use it"
_STOP, _NOT_BEGUN = "stop", "none"
_ENDS = (_STOP, "move")  # the families that put something else in its place
# What is known of approaches that were ticked, by the answer to the gap: of one alone,
# and of each of several.
_BY_GAP = {
    "small": (
        "below the target, by 5 points at most",
        "below the target, the best of them by 5 points at most",
    ),
    "some_wrong": (
        "no target; up to 20 of 100 answers are wrong",
        "no target; the best gets up to 20 of 100 answers wrong",
    ),
}
_NOT_SHOWN = "not shown to meet the target"
_NO_GAP = "the gap to the target is not known"
_NO_FACTS = "cannot supply the facts, which do not fit in the prompt"
_HOLD_DOCUMENTS = tuple(kind for kind, way in PASSED.items() if way == "documents")
_TRIALS: dict[str, tuple[RungState, str]] = {
    "meets": ("passed", "the trial model meets the target"),
    "closer": ("tested", "the trial model does much better"),
    "no_better": ("missed", "the trial model does hardly better"),
}
_TUNED, _SMALLER = "tuned", "smaller"
_BY_WORD: dict[str, RungState] = {"met": "passed", "small": "tested", "large": "missed"}
_INCUMBENTS: dict[str, tuple[RungState, str]] = {
    "meets": ("passed", "the live model meets its target"),
    "misses": ("missed", "the live model misses its target"),
    "beaten": ("missed", "something simpler does as well as the live model"),
    "outdated": ("tested", "the rules that the live model learned will change"),
}


def ladder(
    framework: Framework,
    assessment: Assessment,
    inputs: Inputs,
    state: PlanState = "running",
) -> Ladder | None:
    """Return what is known of each remedy; None where the framework has no such rungs.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        inputs: What it was decided from.
        state: The state of the current plan.
    """
    if framework.failure is None or assessment.advice is None:
        return None
    tried = framework.failure.question
    reading = _Reading(framework, assessment, inputs, state, tried)
    return Ladder(rows=tuple(reading.rows()), next=reading.next_in_words)


@dataclass(frozen=True)
class _Reading:
    """Reads one assessment rung by rung."""

    framework: Framework
    assessment: Assessment
    inputs: Inputs
    plan: PlanState
    tried: str

    def rows(self) -> Iterator[RungRow]:
        question = self.framework.question_by_id[self.tried]
        names = {option.id: option.name for option in question.options}
        rungs = ladder_rungs()
        for rung in rungs.rungs:
            is_drawn = self._is_tested(rung) or not rung.if_tested
            name = names.get(rung.id, rung.name)
            if name and is_drawn:
                known_as = f" ({rung.known_as})" if rung.known_as else ""
                yield self._row(rung, f"{name}{known_as}")
        yield self._training(rungs.training)

    @cached_property
    def ticked(self) -> frozenset[str]:
        """What was tested, as the answers say."""
        code = self.assessment.codes.get(self.tried, ())
        return frozenset((code,) if isinstance(code, str) else code)

    @cached_property
    def _ticked_alone(self) -> frozenset[str]:
        """What people alone say was tested, where results show others."""
        by_hand = self.inputs.codes.get(self.tried, ())
        return self.inputs.answered.unshown.intersection(by_hand)

    @cached_property
    def failed(self) -> frozenset[str]:
        """What was tested and missed the target, as the rules read it."""
        found, codes = self.inputs.answered.failed, self.inputs.answered.codes
        if found is not None:
            failed = codes.get("smaller_model") == "fails"
            return found | {_SMALLER} if failed else found
        under = Circumstances(levels=self.assessment.levels)
        at = context(self.framework, self.assessment.codes, under)
        return frozenset(at.failed)

    @cached_property
    def _narrow(self) -> frozenset[str]:
        """What chance may explain that it is below the target."""
        return narrowly_missed(self.inputs.candidates, self.inputs.codes)

    @cached_property
    def _kept(self) -> str:
        """The first rung that is said to meet the target; empty without one."""
        passed = self.assessment.codes.get("passed")
        rungs = ladder_rungs().rungs
        asked = (x for x in rungs if not x.name)
        passing = [x.id for x in asked if self._state(x)[0] == "passed"]
        named = [x for x in passing if passed in _passing(x)]
        return next(iter(named or (passing if len(passing) == 1 else ())), "")

    @property
    def next_in_words(self) -> str:
        """What comes next: a step, a training, or what is measured first."""
        if first := self.assessment.prerequisite:
            return first.ask
        if self._is_gathering or self._trains or self._is_live:
            return f"{self.assessment.verdict_name}."
        says = self.assessment.advice.step.says if self.assessment.advice else ""
        return f"{says[:1].upper()}{says[1:]}."

    @property
    def _trains(self) -> bool:
        return self.framework.trains(self.assessment.verdict)

    @property
    def _is_gathering(self) -> bool:
        return self.assessment.family == "gather"

    @property
    def _is_later(self) -> bool:
        return self._is_gathering or self._trains

    @property
    def _best(self) -> str:
        advice = self.assessment.advice
        return advice.best.id if advice and advice.best else ""

    @property
    def _is_live(self) -> bool:
        return self.assessment.family in LIVE

    @property
    def _is_moved(self) -> bool:
        """Whether something else takes the place of the live model."""
        return self.assessment.family in _ENDS

    def _is_tested(self, rung: Rung) -> bool:
        return rung.id in self.ticked or bool(self._results(rung.id))

    def _row(self, rung: Rung, name: str) -> RungRow:
        state, why = self._state(rung)
        advised = self._advised(rung, state)
        return RungRow(
            id=rung.id,
            name=name,
            state=state,
            why=why,
            is_tested=self._is_tested(rung),
            in_use=self._in_use_today(rung),
            runs=self._in_use_today(rung) == _IN_USE["running"],
            advised=advised,
            is_next=advised == _KEEP or (advised == _NEXT and not self._is_later),
            is_ticked=rung.id in self._ticked_alone,
            is_best=rung.id == self._best,
            lacks=lacking(self.inputs.candidates.rows, rung.id),
            serves=state == "out" and serving(self.assessment) in rung.ways,
        )

    def _state(self, rung: Rung) -> tuple[RungState, str]:
        """Return the state of a rung and why: by results, by answers, or untested."""
        if results := self._results(rung.id):
            return self._by_result(rung, results)
        if rung.id in self.failed:
            return "missed", ""
        if out := self._why_out(rung, rung.ways):
            return "out", out
        is_ticked = rung.id in self.ticked
        if self._out(rung.ways) and self.assessment.means.is_about_facts:
            return "tested" if is_ticked else "untested", _NO_FACTS
        return self._by_hand(rung.id) if is_ticked else ("untested", "")

    def _why_out(self, rung: Rung, ways: tuple[str, ...]) -> str:
        """Return why a rung cannot be chosen; empty if it can.

        Documents that do not fit rule out what holds them, and nothing else.
        """
        out, no_room = self._out(ways), ruled_out(self.assessment).get(WITH_DOCUMENTS)
        return "" if out == no_room and WITH_DOCUMENTS not in rung.ways else out

    def _out(self, ways: tuple[str, ...]) -> str:
        """Return why no way to pay for a rung can be chosen; empty if one can."""
        found = ruled_out(self.assessment)
        whys = [why for way, why in found.items() if way in ways]
        return whys[0] if ways and len(whys) == len(ways) else ""

    def _results(self, rung: str) -> list[ScoredCandidate]:
        found, codes = self.inputs.candidates, self.inputs.codes
        return [
            row
            for row in found.rows
            if rung == (_SMALLER if row.kind == _SMALLER else TICKS.get(row.row().kind))
            and row.is_allowed
            and not found.why_not(row, codes)
        ]

    def _by_result(
        self, rung: Rung, results: list[ScoredCandidate]
    ) -> tuple[RungState, str]:
        """Judge a rung by its best result, as the rules judge it."""
        best = max(results, key=lambda row: (row.score or 0.0, row.cases))
        target = self.inputs.candidates.target
        said = result(best, target)
        if rung.id in self.failed:
            is_narrow = rung.id in self._narrow
            return (
                ("tested", f"{_NOT_SHOWN}; {said}") if is_narrow else ("missed", said)
            )
        if out := self._why_out(rung, self._ways(rung, best)):
            return "out", f"{out}; {said}"
        if target is None:
            return "tested", said
        is_met = gap_word(float(target), best.score or 0.0, best.cases) == "met"
        return ("passed" if is_met else "tested"), said

    def _ways(self, rung: Rung, best: ScoredCandidate) -> tuple[str, ...]:
        """Return how a result is priced: with documents in it, as a prompt is.

        That a written prompt missed the target says nothing of one with documents.
        """
        if best.kind not in _HOLD_DOCUMENTS:
            return rung.ways
        return () if TICKS["prompt"] in self.failed else ("prompt",)

    def _by_hand(self, rung: str) -> tuple[RungState, str]:
        """Return what the answers say of an approach that was ticked as tested."""
        codes = self.assessment.codes
        gap, passed = codes.get("quality_gap"), codes.get("passed")
        is_alone = len(self.ticked) == 1
        if gap != "met":
            alone, several = _BY_GAP.get(str(gap), (_NO_GAP, _NO_GAP))
            return "tested", alone if is_alone else several
        alike = [tick for tick in self.ticked if passed in _passing(tick)]
        if is_alone or alike == [rung]:
            return "passed", ""
        if alike and rung not in alike:
            return "tested", "another approach meets the target"
        return "tested", "this or another approach meets the target"

    def _in_use_today(self, rung: Rung) -> str:
        """Say that a rung runs: the one of the result of what runs, where one is."""
        row = todays_result(self.inputs.candidates, self.inputs.codes, self._today)
        tick = TICKS.get(row.row().kind) if row and self.plan == "running" else None
        if tick is None or self._is_live:
            return self._in_use(rung.ways)
        return _IN_USE[self.plan] if tick == rung.id else ""

    @property
    def _today(self) -> str:
        return self.assessment.numbers.get("today", "")

    def _in_use(self, ways: tuple[str, ...]) -> str:
        return _IN_USE.get(self.plan, "") if self._today in ways else ""

    def _advised(self, rung: Rung, state: RungState) -> str:
        """Return how a rung is advised; empty if it is not, or before all else."""
        advice, first = self.assessment.advice, self.assessment.prerequisite
        if advice is None or first or (self._is_live and not self._is_moved):
            return ""
        step = advice.step.id
        is_kept = step == _KEPT and rung.id == self._kept
        leads_here = is_kept or step == rung.id or step in rung.steps
        if rung.id == self._best and state == "missed" and step != rung.id:
            return _MEANWHILE
        if not leads_here or state == "missed":
            return ""
        if is_kept:
            return _KEEP
        # Where what scored best serves, the step is what to test after it.
        return _MEANWHILE if self._is_later and not self._best else _NEXT

    def _training(self, rung: TrainingRung) -> RungRow:
        found, at = self.assessment, self.framework.state_question
        code = found.codes.get(at)
        is_live, is_next = code == LIVE_STATE, self._trains and not found.prerequisite
        state, why = self._state_of_training(rung, is_next=is_next, is_live=is_live)
        # The answer says how far training has got, so the plan is no sign of its use.
        has_begun = code not in (None, _NOT_BEGUN)
        planned = "Current plan" if self._in_use(rung.ways) else ""
        is_told = is_next or (
            (self._is_live or found.family == _STOP) and not found.prerequisite
        )
        return RungRow(
            id=rung.id,
            name=rung.name,
            state=state,
            why=why,
            is_tested=state in ("passed", "missed", "tested"),
            in_use=self.framework.words(at, found.codes) if has_begun else planned,
            runs=is_live,
            advised=f"Advised: {lower_first(found.verdict_name)}" if is_told else "",
            is_next=is_told and found.family not in _ENDS,
        )

    def _state_of_training(
        self, rung: TrainingRung, *, is_next: bool, is_live: bool
    ) -> tuple[RungState, str]:
        codes, found = self.assessment.codes, self.assessment
        if is_live and (told := _INCUMBENTS.get(str(codes.get("incumbent")))):
            return told
        if told := _TRIALS.get(str(codes.get("trial"))):
            return told
        if told := self._by_trained():
            return told
        reason = lower_first(why_no_training(found).removesuffix("."))
        if is_next or self._is_live:
            return "untested", ""
        if found.blockers:
            return "out", reason
        if out := self._out(rung.ways):
            return "out", out
        return "untested", "" if found.reasons_measured else reason

    def _by_trained(self) -> tuple[RungState, str] | None:
        """Judge training by its best result that counts; None without one.

        Nobody answers how a trial did before training is advised, but a vendor may
        have tuned one.
        """
        found = self.inputs.candidates
        rows = [
            row
            for row in found.rows
            if row.kind == _TUNED and not found.why_not(row, self.inputs.codes)
        ]
        if not rows:
            return None
        best = max(rows, key=lambda row: (row.score or 0.0, row.cases))
        said = result(best, found.target)
        if found.target is None:
            return "tested", said
        word = gap_word(float(found.target), best.score or 0.0, best.cases)
        return _BY_WORD[word], said


def _passing(tick: str) -> tuple[str, ...]:
    """Return the answers to what meets the target that mean an approach.

    >>> _passing("updated"), _passing("documents"), _passing("split")
    (('documents',), ('retrieval',), ('prompt',))
    """
    return tuple(sorted({PASSED[kind] for kind, way in TICKS.items() if way == tick}))
