"""Whether a run is called as our files to run a test call a candidate."""

import re
from dataclasses import replace

from audits.evaluations.runs import Run, is_of_one_but_for_label
from audits.evaluations.starters.starter import without_templates
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.from_runs import model_named
from audits.scoring.scored.values import TEXTS
from audits.scoring.scored.words import name_of
from audits.uploads.tables.cells import safe_cell

_PROMPT = re.compile(r", prompt [0-9]+$", re.ASCII)


def is_called_as(run: Run, row: ScoredCandidate) -> bool:
    """Whether a run is called as the files to run a test call a candidate.

    These name it with its kind; promptfoo adds the number of its prompt.

    >>> row = ScoredCandidate(id="c1", kind="examples", cases=40, model="luna")
    >>> called = "luna (Prompt with examples), prompt 2"
    >>> is_called_as(Run(tool="promptfoo", candidate=called), row)
    True
    >>> is_called_as(Run(tool="promptfoo", candidate="luna"), row)
    False
    """
    called = _PROMPT.sub("", run.bare_name or run.candidate or "")
    name = name_of(row)
    own = {name, safe_cell(name), without_templates(name)}
    return bool(row.model) and called != row.model and called in own


def is_called_as_but_for_label(run: Run, row: ScoredCandidate, before: Run) -> bool:
    """Whether a run would be the candidate of `before` if no prompt had a label.

    >>> row = ScoredCandidate(id="c1", kind="examples", cases=40, model="luna, Short")
    >>> before = Run(tool="promptfoo", candidate="luna, Short", bare_name="luna")
    >>> called = "luna (Prompt with examples)"
    >>> is_called_as_but_for_label(Run(tool="CSV", candidate=called), row, before)
    True
    """
    if is_of_one_but_for_label(run, before):
        return True
    if not before.bare_name or row.model != model_named(before):
        return False
    return is_called_as(run, replace(row, model=before.bare_name[: TEXTS["model"]]))
