"""The action kit: the texts a team needs after the verdict, as a zip."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string

from audits.evaluations.starters.starter import CANDIDATE, CASE, COLUMNS
from audits.frameworks.evaluation import Codes
from audits.frameworks.schema import Framework
from audits.models import Audit
from audits.results.explained import Explained
from audits.scoring import Assessment
from audits.scoring.board.rows_to_fill_in import Rows, rows_to_fill_in
from audits.scoring.cards.card import Card
from audits.scoring.cards.tests_of_results import ADVISED_TEST
from audits.scoring.explaining.advice import WAY_TEST
from audits.scoring.explaining.advice_rows import condition, conditions, outcome_lines
from audits.scoring.explaining.advised_ways import looks_up_examples
from audits.scoring.summary.first_steps import told_steps
from audits.uploads.tables.cells import safe_cell

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date in a zip: equal kits, equal bytes
_BOM = "\ufeff"  # tells spreadsheets that the file is UTF-8
_EXAMPLES = 20
_PURPOSES = {
    "prompt.md": "a structured prompt to fill in",
    "retrieval-plan.md": "seven steps from documents to answers with sources",
    "examples.csv": "space for 10 to 20 reviewed examples, with checks each must pass",
    "evaluation.csv": "space for {}; filled in, it is a results file",
    "readiness.md": "what you have and what you lack to train and run a model",
}
# Where a search picks the examples for each input, they are more than a prompt holds.
_TO_LOOK_UP = {
    "examples.csv": "the examples to choose from for each input: these 20 are a start, "
    "with checks each must pass",
}


def kit(
    audit: Audit,
    explained: Explained,
    *,
    signed_under: str = "",
    files: tuple[str, ...] = (),
    signed: tuple[str, ...] = (),
) -> bytes:
    """Return the kit of a result as a zip; equal ones give equal bytes.

    Args:
        audit: The audit.
        explained: What its result says, whose steps are those of the kit.
        signed_under: Under which other name it was signed off; empty without one.
        files: The names of the results files whose case ids results have to keep.
        signed: What its reviewer and the board said.
    """
    assessment = explained.assessment
    names = tuple(_names(assessment))
    context = _context(audit, explained)
    context |= {"signed_under": signed_under, "files": files, "signed": signed}
    found = audit.given_candidates
    tests = rows_to_fill_in(assessment, explained.plan.first, found)
    purposes = _PURPOSES | (_TO_LOOK_UP if context["looks_up_examples"] else {})
    context["contents"] = [
        (name, purposes[name].format(_of_cases(tests))) for name in names
    ]
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name in ("readme.md", *names):
            archive.writestr(ZipInfo(name, _EPOCH), _file(name, context, tests))
    return content.getvalue()


def _file(name: str, context: dict[str, Any], tests: tuple[Rows, ...]) -> str:
    if name == "examples.csv":
        return _examples()
    return _evaluation(tests) if name == "evaluation.csv" else _text(name, context)


def _names(assessment: Assessment) -> Iterator[str]:
    """Yield the texts for the verdict; none while a step comes before building."""
    if assessment.prerequisite:
        return
    yield "prompt.md"
    if assessment.context_layer == "rag":
        yield "retrieval-plan.md"
    yield "examples.csv"
    yield "evaluation.csv"
    trains = assessment.advice and assessment.advice.standing
    if assessment.trained_layer or assessment.reasons_claimed or trains:
        yield "readiness.md"


def _writes_text(codes: Codes) -> bool:
    """Return whether the job is to write, as letters are, and not to decide."""
    is_prose = codes.get("format_need") in ("free", "loose")
    return "style" in codes.get("goal", ()) or is_prose


def _context(audit: Audit, explained: Explained) -> dict[str, Any]:
    framework, assessment = explained.framework, explained.assessment
    plan, codes = explained.plan, assessment.codes
    said = {q.id: framework.words(q.id, codes) for q in framework.questions}
    known = {q.id: said[q.id] if q.id in codes else "" for q in framework.questions}
    ticked = [
        (
            question,
            [
                (tick, tick.id in audit.codes.get(question.id, ()))
                for tick in question.ticks
            ],
            # The number alone may be known, and not which ones.
            said[question.id] if isinstance(audit.codes.get(question.id), str) else "",
        )
        for question in framework.questions
        if question.ticks and question.id in codes
    ]
    return {
        "a": assessment,
        "outcomes": outcome_lines(assessment),
        "codes": codes,
        "said": said,
        "known": known,
        "ticked": ticked,
        "use_case": audit.use_case,
        "day": audit.submitted_at or audit.scored_at,
        "facts": [(q.label, said[q.id]) for q in framework.questions if q.id in codes],
        "forbidding": [s for s in assessment.trace.blockers if s.outcome == "fired"],
        "answers_from_facts": any(x.needs_facts for x in assessment.means.options),
        "writes_text": _writes_text(codes),
        "gates": conditions(assessment),
        "looks_up_examples": looks_up_examples(assessment),
        "has_tested_examples": "examples" in codes.get("tried", ()),
        "plan": plan,
        "offer": explained.offer,
        "explained": explained,
        "steps": told_steps(plan.first, explained.money),
        "look_up_step": _look_up_step(plan.first),
        "unchecked": _unchecked(framework, assessment),
    }


def _unchecked(framework: Framework, assessment: Assessment) -> tuple[str, ...]:
    """Return the checks before training, where the verdict trains no model."""
    if assessment.advice is None or assessment.advice.standing is not None:
        return ()
    return tuple(condition(gate.says) for gate in framework.gates)


def _look_up_step(cards: tuple[Card, ...]) -> str:
    """Return the step that tests examples that a search picks, by its number."""
    found = (
        f"step {number}, “{card.name}”"
        for number, card in enumerate(cards, 1)
        if card.id in (ADVISED_TEST, WAY_TEST) and "examples" in card.kinds
    )
    return next(found, "a test of examples picked by search")


def _of_cases(tests: tuple[Rows, ...]) -> str:
    """Say for how many cases of how many candidates there is space."""
    counts = [cases for _, cases in tests]
    if len(tests) == 1:
        return f"{counts[0]} test cases"
    if len({*counts}) == 1:
        return f"the {counts[0]} test cases of each of {len(tests)} candidates"
    return f"the test cases of {len(tests)} candidates"


def _text(name: str, context: dict[str, Any]) -> str:
    return render_to_string(f"kits/{name}", context).lstrip()


def _examples() -> str:
    heading = (
        *("number", "kind", "input", "right_output", "why_it_is_right"),
        *("two_experts_agree", "real_not_invented", "no_personal_data", "reviewed_by"),
    )
    kinds = ["typical"] * 12 + ["hard"] * 6 + ["must be refused"] * 2
    return _csv(heading, [(i, kind) for i, kind in enumerate(kinds[:_EXAMPLES], 1)])


def _evaluation(tests: tuple[Rows, ...]) -> str:
    """Return cases to fill in: with `passed` as yes or no, it is a results file."""
    kinds = ["typical", "typical", "typical", "hard", "must be refused"]
    rows = [
        {CASE: i, CANDIDATE: safe_cell(name), "kind": kinds[(i - 1) % len(kinds)]}
        for name, cases in tests
        for i in range(1, cases + 1)
    ]
    text = StringIO()
    columns = (*COLUMNS, "kind", "how_it_is_judged", "note")
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return _BOM + text.getvalue()


def _csv(heading: tuple[str, ...], rows: list[tuple[int, str]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heading)
    for row in rows:
        writer.writerow([*row, *[""] * (len(heading) - len(row))])
    return text.getvalue()
