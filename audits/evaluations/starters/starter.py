"""What the files of one evaluation are made of, and how they quote it."""

import re
from dataclasses import dataclass

import yaml

CASE, CANDIDATE = "case", "candidate"
INPUT, ANSWER, PASSED, FAULT = "input", "right_answer", "passed", "fault"
# The last is counted, in words of the team.
COLUMNS = (CASE, CANDIDATE, INPUT, ANSWER, PASSED, FAULT)
TASK = "Do this for the input below. Give the result only.\n"
_UNSAFE = re.compile(r"[^A-Za-z0-9-]+")
# What promptfoo would fill in or run: `{{ … }}`, `{% … %}` and `{# … #}`.
_TEMPLATE = re.compile(r"\{(?=[{%#])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """One evaluation that is still to be run.

    Attributes:
        stem: What the names of its files begin with: see `stem_of`.
        step: What is tested, in our words.
        use_case: The name of the use case, as people typed it.
        summary: What it does, as people typed it.
        candidates: What is tested, at least one; may have names that people typed.
        cases: How many cases there are to fill in.
    """

    stem: str
    step: str
    use_case: str
    summary: str
    candidates: tuple[str, ...]
    cases: int

    @property
    def cases_file(self) -> str:
        """The name of the file with the cases; the other files open it."""
        return f"{self.stem}-cases.csv"

    @property
    def promptfoo_file(self) -> str:
        """The name of the promptfoo config."""
        return f"{self.stem}-promptfoo.yaml"

    @property
    def inspect_file(self) -> str:
        """The name of the Inspect task."""
        return f"{self.stem}-inspect.py"

    @property
    def instructions(self) -> str:
        """The prompt to begin with: the words of the use case, and what to do."""
        return f"Use case: {self.use_case}\n\n{self.summary}\n\n{TASK}"


def stem_of(*parts: str) -> str:
    """Return parts as the start of a file's name: ASCII letters, digits, hyphens.

    >>> stem_of("UC-0042", "score_prompt")
    'UC-0042-score-prompt'
    """
    return "-".join(_UNSAFE.sub("-", part).strip("-") for part in parts)


def without_templates(text: str) -> str:
    """Return a text in which promptfoo finds nothing to fill in.

    promptfoo reads its configs as templates, which may name environment variables and
    so keys.

    >>> without_templates("Write to {{ env.KEY }}")
    'Write to { { env.KEY }}'
    """
    return _TEMPLATE.sub("{ ", text)


def as_yaml(text: str) -> str:
    """Return a text in double quotes, on one line, as YAML reads it back."""
    quoted: str = yaml.dump(
        text, default_style='"', allow_unicode=True, width=float("inf")
    )
    return quoted.rstrip("\n")
