"""Which answers results files measured, with these files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from audits.models import Audit
from audits.scoring.results_behind.counted_twice import cautions
from audits.scoring.retests.evidence import measured_conditions
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.words import CandidateAnswer, naming
from audits.services.read_files.results_files import names_of_files
from audits.services.verdicts.assessments import framework_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredAnswer:
    """An answer that results files measured: their digests, and names that are known.

    A file without a name is one that was removed, or came with a paper. `because` names
    the candidate if a single one answers it. `cautions`
    say which of these results replaced others, or count beside others of one candidate.
    """

    answer: CandidateAnswer
    because: str
    files: tuple[tuple[str, str], ...]
    cautions: tuple[str, ...] = ()


def measured_answer(audit: Audit, question: str) -> MeasuredAnswer | None:
    """Return the answer to a question, if results files measured it."""
    found = measured_answers(audit)
    return next((each for each in found if each.answer.question == question), None)


def said_once(answers: Iterable[MeasuredAnswer]) -> list[MeasuredAnswer]:
    """Return answers for one page, which says each caution with the first of them."""
    found: list[MeasuredAnswer] = []
    said: set[str] = set()
    for each in answers:
        new = tuple(x for x in each.cautions if x not in said)
        said.update(new)
        found.append(replace(each, cautions=new))
    return found


def measured_answers(audit: Audit) -> list[MeasuredAnswer]:
    """Return the answers of an audit that results files measured.

    Note: one query, and none where no file measured anything.
    """
    inputs = audit.inputs
    if not any(row.sha256 for row in inputs.candidates.rows):
        return []
    found = measured_conditions(framework_of(audit), inputs)
    behind, names = inputs.answered.behind, names_of_files(audit)
    return [
        MeasuredAnswer(
            answer=each,
            because=_because(each, behind[each.question]),
            files=tuple(
                (x, names.get(x, ""))
                for x in dict.fromkeys(row.sha256 for row in behind[each.question])
                if x
            ),
            cautions=tuple(cautions(inputs, behind[each.question], names)),
        )
        for each in found
    ]


def _because(told: CandidateAnswer, rows: Sequence[ScoredCandidate]) -> str:
    """Return why; how large a test set is follows from no candidate alone."""
    return told.because if told.question == "eval" else naming(told.because, rows)
