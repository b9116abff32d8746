"""The answers that decided, each with its evidence, as a reviewer reads them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from audits.models import Evidence
from audits.reports.answer_rows import AnswerRow
from audits.services.read_files.measured_answers import MeasuredAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidingAnswer:
    """An answer that decided: its row of the paper, and what is behind it.

    `evidence` are its links and files, and `results` the names of the results files
    that measured it: empty for one that is gone.
    """

    row: AnswerRow
    evidence: Sequence[Evidence]
    results: tuple[str, ...]


def deciding_answers(
    rows: Iterable[AnswerRow],
    behind: Mapping[str, Sequence[Evidence]],
    measured: Iterable[MeasuredAnswer],
) -> list[DecidingAnswer]:
    """Return the answers that page 1 counts as deciding, in the order of the paper.

    Args:
        rows: All answers of the paper.
        behind: The links and files of each question that has some.
        measured: The answers that results files measured.
    """
    files = {x.answer.question: [name for _, name in x.files] for x in measured}
    return [
        DecidingAnswer(
            row=row,
            evidence=behind.get(row.question, ()),
            results=tuple(files.get(row.question, ())),
        )
        for row in rows
        if row.decides
    ]
