"""How sure a verdict is: the answers that are known, and how those that decide are."""

from dataclasses import dataclass

from audits.frameworks.answering.flow import is_known
from audits.frameworks.answering.tally import Tally
from audits.frameworks.schema import Framework
from audits.scoring.cards.cases.more_cases import could_change
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.completeness import OpenQuestion
from audits.scoring.explaining.grades.standings import NOT_PROVEN, SETTLED
from audits.scoring.explaining.trace_shapes import Reading, ReasonStep, Step
from audits.scoring.summary.before_all import could_come_first
from audits.scoring.summary.found.tried_by_hand import shown_levels
from audits.scoring.summary.why import deciding_step, told_of
from audits.scoring.unchecked import unchecked
from audits.scoring.ways_to_test.untested_ways import open_tests

_NOT_ITSELF = "No unanswered question can change the verdict itself"
ASSERTED = "are only asserted"
OF_DECIDING = f"{{}} of {{}} deciding answers {ASSERTED}"
UNPROVEN = f", but some answers {ASSERTED}"
UNPROVEN_TOO = "; some answers are only asserted"
_NAMED = 2  # unchecked answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Sureness:
    """How many answers are known, and how those that decide are.

    Of the `applicable` questions, `answered` have an answer and `known` a known one.
    `deciding` answers were read by the rule that decided or by what holds beside it, or
    change the verdict if they alone change; of them, `measured` are
    measured and `documented` only documented, and the other `asserted` are without
    evidence: `unproven` of these ask for one. Results files give `by_files` of the
    measured; the others are ticked as measured by hand.
    `could_come_first` are the open questions that could put something else
    before the verdict, and `complete` is what the assessment says of the verdict.
    `unchecked` are the labels of answers that say that nobody has checked, where what
    a check finds could change the verdict, and `open_tests` the cheaper ways whose test
    training waits for. `more_cases` says how many more cases of a test could change the
    verdict, where its gap is small only because it has few; empty if none could.
    """

    known: int
    answered: int
    applicable: int
    deciding: int
    measured: int
    documented: int
    by_files: int = 0
    unproven: int = 0
    could_come_first: tuple[OpenQuestion, ...] = ()
    complete: str = ""
    unchecked: tuple[str, ...] = ()
    open_tests: tuple[str, ...] = ()
    more_cases: str = ""

    @property
    def tally(self) -> Tally:
        """How many questions are asked, answered and not known."""
        return Tally(asked=self.applicable, answered=self.answered, known=self.known)

    @property
    def message(self) -> str:
        """What a heading says: what can still change it, or else how it is known."""
        if self.complete not in (SETTLED, NOT_PROVEN):
            return self.complete
        if self.unchecked or self.open_tests or self.more_cases:
            tests = "A test" if self.open_tests or self.more_cases else ""
            checks = "a check" if self.unchecked else ""
            what = " or ".join(filter(None, (tests, checks)))
            return f"{what[:1].upper()}{what[1:]} could still change the verdict"
        if first := len(self.could_come_first):
            questions = "question" if first == 1 else "questions"
            return f"{first} open {questions} may add a first step"
        if self.complete == SETTLED and not self.unproven:
            return SETTLED
        return OF_DECIDING.format(self.asserted, self.deciding)

    @property
    def is_settled(self) -> bool:
        """Whether the heading says that no unanswered question can change it."""
        return self.message == SETTLED

    @property
    def is_all_given(self) -> bool:
        """Whether only another answer to a question that is answered can change it."""
        return self.complete in (SETTLED, NOT_PROVEN)

    @property
    def says_beside(self) -> str:
        """What can still change the verdict, where the heading does not say it.

        That answers are only asserted is not said once more where that is the heading,
        nor that some are where all are: these are counted after it.
        """
        said = self.says_complete
        if said == self.message:
            return ""
        is_told = self.message.endswith(ASSERTED) or bool(self.all_asserted)
        said = said.removesuffix(UNPROVEN_TOO) if self.all_asserted else said
        return said.removesuffix(UNPROVEN) if is_told else said

    @property
    def says_complete(self) -> str:
        """What can still change the verdict: never that nothing can, beside what could.

        Where something could come before it, only the verdict itself is settled.
        """
        if self.complete not in (SETTLED, NOT_PROVEN):
            return self.complete
        is_proven = self.complete == SETTLED and not self.unproven
        if self.unchecked or self.open_tests or self.more_cases:
            said = f"No further answer is needed, but {self._still}"
            return f"{said}{'' if is_proven else UNPROVEN_TOO}"
        if not self.could_come_first:
            return SETTLED if is_proven else NOT_PROVEN
        return _NOT_ITSELF if is_proven else f"{_NOT_ITSELF}{UNPROVEN}"

    @property
    def says_beside_count(self) -> str:
        """The same where “All 9 deciding answers” follow: not that some have none."""
        said = self.says_complete
        return said.replace("some", "deciding") if self.all_asserted else said

    @property
    def says_how_complete(self) -> str:
        """The same, which counts the answers that decide if none has evidence."""
        said = self.all_asserted
        counted = f", but {said[:1].lower()}{said[1:]}" if said else UNPROVEN
        return self.says_complete.replace(UNPROVEN, counted)

    @property
    def counts_all(self) -> bool:
        """Whether that sentence says that none of them has evidence."""
        return self.says_how_complete != self.says_complete

    @property
    def says_enough(self) -> str:
        """What is said once no further answer is needed, and what could change it.

        It is what the sentence beside the verdict says: never that no answer is needed,
        beside answers that could change it or come first.
        """
        if self.complete not in (SETTLED, NOT_PROVEN):
            return f"{self.complete}."
        if self.unchecked or self.open_tests or self.more_cases:
            said = self._still
            return f"No further answer is needed. {said[:1].upper()}{said[1:]}."
        if self.could_come_first:
            return f"The verdict itself needs no further answer. {self.says_first}."
        return "The verdict needs no further answer."

    @property
    def _still(self) -> str:
        """Say which tests, cases and answers that nobody checked, could change it."""
        more = f"testing {self.more_cases}" if self.more_cases else ""
        *first, last = filter(None, (self._a_test, more, self._a_check))
        could = f"{', '.join(first)} or {last}" if first else last
        return f"{could} could still change the verdict"

    @property
    def _a_test(self) -> str:
        number = len(self.open_tests)
        return f"{number} test{'s' * (number != 1)} not yet run" if number else ""

    @property
    def _a_check(self) -> str:
        number = len(self.unchecked)
        names = "”, “".join(self.unchecked[:_NAMED])
        more = f" and {number - _NAMED} more" if number > _NAMED else ""
        return f"a check of “{names}”{more}" if number else ""

    @property
    def says_first(self) -> str:
        """How many open questions could come first, before their names; else empty."""
        number = len(self.could_come_first)
        if not number:
            return ""
        questions = f"{number} open question{'s' * (number != 1)}"
        return f"{questions} may add a first step"

    @property
    def says_open(self) -> str:
        """Both, as one sentence after the other, without the last full stop."""
        is_settled = self.complete in (SETTLED, NOT_PROVEN)
        labels = "; ".join(each.label for each in self.could_come_first)
        first = f"{self.says_first}: {labels}" if labels and is_settled else ""
        return ". ".join(filter(None, (self.says_complete, first)))

    @property
    def asserted(self) -> int:
        """How many of the deciding answers have no evidence."""
        return self.deciding - self.measured - self.documented

    @property
    def of_deciding(self) -> str:
        """The answers that are counted, as a sentence about them begins."""
        return f"Of {self.deciding} deciding answer{'s' * (self.deciding != 1)}"

    @property
    def all_asserted(self) -> str:
        """That none has evidence, in words; empty where one has, or none decides."""
        if not self.deciding or self.asserted < self.deciding:
            return ""
        if self.deciding == 1:
            return f"The deciding answer {ASSERTED.replace('are', 'is')}"
        return f"All {self.deciding} deciding answers {ASSERTED}"

    @property
    def says_measured(self) -> str:
        """How many are measured, and that it is only said where no file shows it."""
        if self.by_files == self.measured:
            return f"{self.measured} {'is' if self.measured == 1 else 'are'} measured"
        files = f"{self.by_files or 'none'} with a results file"
        return f"the team calls {self.measured} measured ({files})"

    @property
    def says_asserted(self) -> str:
        """How many of them have no evidence; empty if all have."""
        return f"{self.of_deciding}, {self._are_asserted}." if self.asserted else ""

    @property
    def says_unshown(self) -> str:
        """How many are asserted, or said to be measured; empty if files show all."""
        said = self.says_measured if self.by_files < self.measured else ""
        told = " and ".join(filter(None, (self._are_asserted, said)))
        return f"{self.of_deciding}, {told}." if told else ""

    @property
    def _are_asserted(self) -> str:
        are = "is" if self.asserted == 1 else "are"
        return f"{self.asserted} {are} asserted" if self.asserted else ""

    @property
    def is_thin(self) -> bool:
        """Whether more questions are without an answer than have one."""
        return self.known * 2 < self.applicable


def sureness(framework: Framework, assessment: Assessment) -> Sureness:
    """Return how sure a verdict is.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    known, decided = shown_levels(assessment), deciding_questions(framework, assessment)
    levels = [known.get(each, "asserted") for each in decided]
    by_results = {each.question for each in assessment.from_candidates}
    by_files = (known.get(each) == "measured" for each in by_results & decided)
    return Sureness(
        known=assessment.known,
        answered=assessment.answered,
        applicable=assessment.applicable,
        deciding=len(levels),
        measured=levels.count("measured"),
        documented=levels.count("documented"),
        by_files=sum(by_files),
        unproven=sum(
            known.get(each, "asserted") == "asserted"
            for each in decided & framework.measurements
        ),
        could_come_first=tuple(
            OpenQuestion(question=each.id, label=each.label)
            for each in could_come_first(framework, assessment)
        ),
        complete=assessment.completeness_message,
        unchecked=unchecked(framework, assessment),
        open_tests=tuple(test.of for test in open_tests(assessment)),
        more_cases=could_change(framework, assessment),
    )


def deciding_questions(framework: Framework, assessment: Assessment) -> frozenset[str]:
    """Return the questions whose answers decided.

    They are all that the deciding rule read, and the reasons, blockers and other rules
    that hold and have a row under “Why”, so that none of these names an answer that is
    not counted; the measurements and the fault that all others read that hold; and
    every known answer of which another one alone would change the verdict.
    """
    asked = framework.question_by_id
    rule = deciding_step(framework, assessment).read
    shown = {*framework.measurements, framework.faults_question}
    others = [x for x in _read(assessment) if x.id in shown]
    told = told_of(framework, assessment)
    read = {x.id for x in (*rule, *others, *told) if x.is_known and x.id in asked}
    return frozenset(read | _decide_alone(assessment))


def _decide_alone(assessment: Assessment) -> set[str]:
    """Return the known answers of which another one alone changes the verdict."""
    alone = (flip.changes[0] for flip in assessment.flips if len(flip.changes) == 1)
    return {x.question for x in alone if is_known(assessment.codes, x.question)}


def _read(assessment: Assessment) -> tuple[Reading, ...]:
    """Return what was read by the blockers, reasons and rules that decided."""
    fired = [step for step in steps_of(assessment) if step.outcome == "fired"]
    return tuple(reading for each in fired for reading in each.read)


def steps_of(assessment: Assessment) -> tuple[ReasonStep | Step, ...]:
    """Return every reason, blocker and rule of an assessment."""
    trace = assessment.trace
    rules = (*trace.context_rules, *trace.verdict_rules)
    return (*trace.reasons, *trace.blockers, *rules)
