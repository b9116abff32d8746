"""What it would take to train a model: answers that the team's own work can give.

Some of them are results that a test would have to show. The framework says what may
lead there. A path is tried by the engine, and each of its answers is needed: without
it, the verdict would not be to train.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from audits.frameworks.evaluation import Code
from audits.frameworks.questions import UNKNOWN
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to, read_on
from audits.scoring.deciding.circumstances import AS_GIVEN, Circumstances
from audits.scoring.deciding.decision import Again
from audits.scoring.deciding.possibilities import possibilities
from audits.scoring.deciding.trial import Shift, Trial
from audits.scoring.explaining.assessment import Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class ToTraining:
    """Answers that together lead to training: label, as it is now, as it would be.

    Without any, no answers of the team's work lead there. `path` has their codes.
    """

    answers: tuple[tuple[str, str, str], ...] = ()
    path: Mapping[str, Code] = field(default_factory=dict)
    verdict: Verdict | None = None
    verdict_name: str = ""


def to_training(framework: Framework, assessment: Assessment) -> ToTraining | None:
    """Return the fewest answers found that lead to training; None if nothing is known.

    None too where the verdict trains already, or something comes before it, or the
    framework has no paths to try.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    known = framework.to_training
    is_asked = not (framework.trains(assessment.verdict) or assessment.prerequisite)
    if known is None or not is_asked:
        return None
    trial = Trial.of_codes(framework, assessment.codes, _under(framework, assessment))
    search = _Search(framework, trial)
    tried = (search.path({**known.ready, **need}) for need in known.needs)
    if paths := [path for path in tried if path]:
        return search.described(min(paths, key=len))
    return ToTraining() if _is_ruled_out(framework, assessment) else None


class _Search:
    """Tries answers that change together, each of them measured."""

    def __init__(self, framework: Framework, trial: Trial) -> None:
        self.framework, self.trial = framework, trial
        self.codes = trial.at.answers
        self.again = Again(trial)

    def path(self, wanted: Mapping[str, Code]) -> dict[str, Code]:
        """Return answers that lead to training, each needed; empty if these do not."""
        path = self._applying({q: self._added(q, x) for q, x in wanted.items()})
        if not path or self.trained(path) is None:
            return {}
        while (fewer := next(self._fewer(path), None)) is not None:
            path = fewer
        return path

    def trained(self, path: Mapping[str, Code]) -> Verdict | None:
        """Return the verdict of changed answers if it trains and all of them apply."""
        trial = self.trial.after(Shift(dict(path)))
        if not path.keys() <= trial.at.answers.keys():
            return None
        _, verdict = self.again.decide(trial)
        return verdict if self.framework.trains(verdict) else None

    def described(self, path: Mapping[str, Code]) -> ToTraining:
        """Return a path in words."""
        verdict = self.trained(path)
        assert verdict is not None  # noqa: S101 - it is a path
        after, words = {**self.codes, **path}, self.framework.words
        asked = self.framework.question_by_id
        return ToTraining(
            answers=tuple(
                (asked[q].label, words(q, self.codes), words(q, after))
                for q in asked
                if q in path
            ),
            path=path,
            verdict=verdict,
            verdict_name=self.framework.verdicts[verdict].name,
        )

    def _added(self, question: str, code: Code) -> Code:
        """Return picks beside those of now; what says that nothing is tried goes."""
        asked, now = self.framework.question_by_id[question], self.codes.get(question)
        if asked.kind != "several" or not isinstance(code, tuple):
            return code
        picks = {*code, *(now if isinstance(now, tuple) else ())}
        return tuple(x.id for x in asked.options if x.id in picks and not x.not_yet)

    def _applying(self, path: dict[str, Code]) -> dict[str, Code]:
        """Return those of the answers that apply once all are given."""
        applies = self.trial.after(Shift(dict(path))).at.answers
        return {q: code for q, code in path.items() if q in applies}

    def _fewer(self, path: Mapping[str, Code]) -> Iterator[dict[str, Code]]:
        """Yield paths with one answer less, or with one pick less in an answer."""
        for question in path:
            rest = {q: x for q, x in path.items() if q != question}
            if rest and self.trained(rest):
                yield rest
        for question, code in path.items():
            now = self.codes.get(question, UNKNOWN)
            picks = code if isinstance(code, tuple) else ()
            for pick in picks:
                fewer = tuple(each for each in picks if each != pick)
                is_there = isinstance(now, tuple) and pick in now
                if fewer and not is_there and self.trained({**path, question: fewer}):
                    yield {**path, question: fewer}


def _is_ruled_out(framework: Framework, assessment: Assessment) -> bool:
    """Return whether no results of work at all lead to training, as the rest stays.

    What nobody has counted or answered may still come out in any way.
    """
    work = {each.id for each in framework.questions if each.changes_by == "work"}
    work |= {x.question for x in (*assessment.not_known, *assessment.open_questions)}
    codes = {q: code for q, code in assessment.codes.items() if q not in work}
    asked = {each.id for each in framework.questions} - work
    found = possibilities(framework, codes, asked, _under(framework, assessment))
    return not any(framework.trains(verdict) for verdict in found.verdicts)


def _under(framework: Framework, assessment: Assessment) -> Circumstances:
    if assessment.on is None:
        return AS_GIVEN
    # As a what-if reads them: another gap says again which of the ways failed.
    under, _ = read_on(framework, *given_to(assessment))
    return replace(under, failed=None, best=None)
