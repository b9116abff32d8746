"""What every page says about the results of candidates, beside what they answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audits.frameworks.schema import Framework
from audits.landscape import in_force
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.results_behind.counted_twice import counted_twice_words
from audits.scoring.results_behind.moved_target import OTHER_VERDICT, moved_target
from audits.scoring.results_behind.other_results import NO_EFFECT
from audits.scoring.results_behind.replaced_results import (
    SUPPOSED,
    if_all_counted,
    replaced_results,
)
from audits.scoring.told.apart import cases_apart
from audits.scoring.told.copied_cases import copied_cases
from audits.scoring.told.moved_answers import is_moved, labels_moved
from audits.scoring.told.same_outcomes import same_outcomes
from audits.scoring.told.strongest_model import strongest_model
from audits.scoring.told.ticked import ticked
from audits.scoring.told.tuned_names import tuned_names
from audits.scoring.told.typed_results import is_plainly_typed, typed_results
from audits.scoring.told.unscored import unscored


def results_told(
    framework: Framework, assessment: Assessment, files: Mapping[str, str]
) -> tuple[str, ...]:
    """Return what was moved, counts twice, was changed, is in doubt or only typed.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        files: The names of the results files, by digest.
    """
    if assessment.candidates is None:
        return ()
    named = tuple(sorted(files.items()))
    return _told(_Asked(framework=framework, assessment=assessment, files=named))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What the sentences follow from."""

    framework: Framework
    assessment: Assessment
    files: tuple[tuple[str, str], ...]

    def __hash__(self) -> int:
        """Hash the candidates, which all but tell assessments apart."""
        return hash((self.framework, self.assessment.candidates, self.files))


# What earlier results would give takes hundreds of assessments where many candidates
# were changed, and several pages say it.
@in_force.remembered(maxsize=32)
def _told(asked: _Asked) -> tuple[str, ...]:
    framework, assessment = asked.framework, asked.assessment
    return (
        *unscored(framework, assessment),
        *copied_cases(assessment),
        *same_outcomes(assessment),
        *cases_apart(framework, assessment),
        *moved_target(framework, assessment),
        *counted_twice_words(framework, assessment, dict(asked.files)),
        *replaced_results(framework, assessment),
        *if_all_counted(framework, assessment),
        *strongest_model(framework, assessment),
        *ticked(framework, assessment),
        *tuned_names(framework, assessment),
        *typed_results(assessment),
    )


# What changes the verdict, what is said of a candidate, and another answer.
_TOLD_FIRST = (
    (OTHER_VERDICT, ", it would be “"),
    (" would reach the target", " would miss the target"),
    ("” would be “", "” would have no answer"),
)
_LACKS = ("fewer case", " missing")
_SAME = tuple(f"{of_change}, {NO_EFFECT}." for of_change in SUPPOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldApart:
    """What is `said` openly, and what is for a fold.

    That is what is the `same` without a change, and where more folds, which results
    were `typed` and which answers `moved`.
    """

    said: tuple[str, ...]
    same: tuple[str, ...]
    typed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()

    @property
    def beside(self) -> tuple[str, ...]:
        """All that the fold below the facts has."""
        return (*self.typed, *self.moved)

    @property
    def says_beside(self) -> str:
        """What is in that fold, in a line; empty without any."""
        number = len(labels_moved(self.moved))
        answers = "1 answer was" if number == 1 else f"{number} answers were"
        typed = "Typed results: which ones have no results file" if self.typed else ""
        moved = (
            f"{answers} changed after giving another verdict: the reviewer sees this"
            if number
            else ""
        )
        return "; ".join(filter(None, (typed, moved)))

    @property
    def count(self) -> str:
        """How much changed nothing, in a line."""
        if len(self.same) == 1:
            return "1 change of a result changes no answer and no verdict"
        return f"{len(self.same)} changes of results change no answer and no verdict"


def told_apart(sentences: Sequence[str], *, folds: bool = False) -> ToldApart | None:
    """Return what is said of results, in two parts; None if nothing is.

    They are `in_order`. A result that lacks cases of an earlier
    one is never folded, whatever it would give, nor is one that counts more than once.

    Args:
        sentences: What is said.
        folds: Whether what was typed and changed folds: a reviewer reads it openly.

    >>> same = f"A. If it counted as before, {NO_EFFECT}."
    >>> other = "B. With the earlier result, the verdict would be “Use retrieval”."
    >>> told = told_apart([same, "C.", other, f"D: {NO_EFFECT}."])
    >>> [each[:1] for each in told.said], told.count
    (['B', 'C', 'D'], '1 change of a result changes no answer and no verdict')
    """
    same = tuple(sentence for sentence in sentences if _changes_nothing(sentence))
    typed = tuple(each for each in sentences if folds and is_plainly_typed(each))
    moved = tuple(each for each in sentences if folds and is_moved(each))
    folded = {*same, *typed, *moved}
    said = in_order([sentence for sentence in sentences if sentence not in folded])
    told = ToldApart(said=said, same=same, typed=typed, moved=moved)
    return told if sentences else None


def in_order(sentences: Sequence[str]) -> tuple[str, ...]:
    """Return sentences in the order in which a reader needs them.

    First what changes the verdict, then what changes what is said of a candidate, then
    what changes another answer.

    >>> in_order(["A.", "“B” would miss the target.", "So the verdict would be “C”."])
    ('So the verdict would be “C”.', '“B” would miss the target.', 'A.')
    """
    return tuple(sorted(sentences, key=_place))


def _place(sentence: str) -> int:
    kinds = enumerate(_TOLD_FIRST)
    found = (place for place, words in kinds if any(x in sentence for x in words))
    return next(found, len(_TOLD_FIRST))


def _changes_nothing(sentence: str) -> bool:
    return sentence.endswith(_SAME) and not any(word in sentence for word in _LACKS)
