"""Everything that people read is plain modern English, without the worst old habits.

This includes docstrings and comments. To check more files, name them in SCOPE; to
forbid a habit, add it to HABITS.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
SCOPE = (
    *("templates/**/*.html", "templates/**/*.md", "static/js/*.js"),
    *("audits/**/*.py", "config/*.py", "audits/frameworks/packs/**/*.yaml"),
    *("*.md", "docs/**/*.md", ".env.example", "run"),
)
SKIPPED = ("audits/migrations/", "static/js/htmx.min.js", "docs/third-party.md")

# A habit, as it is found regardless of case; what to write; a sentence that has it.
HABITS = (
    (r"\banew\b", "again", "Submit it anew."),
    (r"\bmend(s|ed|ing)?\b", "fix", "Training does not mend it."),
    (r"(?<![.…\w])stands?\b(?!$)", "is", "The sentence stands in line 2."),
    (r"\bheld against\b", "compared with", "It is held against the market."),
    (r"\bas good as once\b", "in effect once", "It is done as good as once."),
    (r"\bnot to be had\b", "unavailable", "The model is not to be had."),
    (r"\bdear(er|est)?\b", "expensive", "A dear model."),
    (r"\bwho(so)?ever\b", "anyone who", "Whoever has it can read it."),
    (r"\bthe \w+ before, ", "the earlier", "The audit before, as it was."),
    (r"\bof before\b", "earlier", "The audit of before."),
    (
        r"\bwith the audit before\b",
        "with the earlier audit",
        "Stays with the audit before.",
    ),
    (r"\bit is told\b", "the page says", "It is told below."),
    (r"\b(is|are) to be\b", "must", "The file is to be removed."),
    (r"\bso that one (can|may|sees|has)\b", "so that you", "So that one can see it."),
    (r"\bby which\b", "that … by", "The name by which it goes."),
    (r"\bothers than\b", "different from", "The facts are others than those."),
    (r"\bno longer so\b", "out of date", "Change what is no longer so."),
    (r"\b(anew|again) or otherwise\b", "or changes", "It asks two anew or otherwise."),
    (r"\bis another since\b", "has changed since", "The portfolio is another since."),
    (r"\bamong them\b", "including", "Its numbers, its plan among them."),
    (r"\basked of\b", "who was asked", "An answer is asked of you."),
    (r"\bof what (is|was|are|were)\b", "what", "A list of what was sent."),
    (r"\bamounts? to\b", "gives", "What the answers amount to."),
    (r"\bin the midst\b", "in the middle", "A quote in the midst of a cell."),
    (r"\bb(roke|reaks?) off\b", "stopped", "The import broke off."),
    (r"\btakes? too much work\b", "is too complex", "The file takes too much work."),
    (
        r"(?<!there )\bis no (address|day|number|stage|text)\b",
        "is not a",
        "That is no stage.",
    ),
    (r"\bask who runs\b", "ask the people who run", "Ask who runs this site."),
    (r"\b(rows?|file) (is|are) good\b", "is valid", "Every row is good."),
    (r"\borganisation", "organization", "Your organisation."),
    (r"\bprojects?\b", "use case", "See every project."),
    (r"\bx-rays?\b", "portfolio check", "Back to the X-rays."),
    (r"\bfor ever\b", "forever", "It is kept for ever."),
    (r"\bof late\b", "recently", "Too many attempts of late."),
    (r"\blest\b", "so that … not", "Lest another site reads it."),
    (r"\bas good as\b", "in effect", "Twice is as good as once."),
    (r"\b(come|comes|came) of\b", "the result of", "What came of the import."),
    (r"\bcom(e|es|ing) about\b", "happen", "How a verdict comes about."),
    (r"\b(tells?|told) of\b", "reports", "The record tells of it."),
    (r"\b(where|there|here)(of|in|upon|by|with)\b", "of it", "The end thereof."),
    (r"\b(up)on which\b", "when", "The day upon which it ends."),
    (r"\bbegun\b", "started", "The audit was begun again."),
    (r"\bnot taken\b", "rejected", "Ways not taken."),
)
# Files whose sentences people read beside others; the rest is for developers.
TYPOGRAPHIC = (
    *("templates/**/*.html", "templates/**/*.md", "audits/**/*.yaml"),
    "audits/**/*.py",
)
PLAIN = (
    *("audits/migrations/", "audits/models/"),  # names of columns and of constraints
    "audits/frameworks/packs/fine_tuning/v1.yaml",  # stays as it was published
    "audits/frameworks/packs/fine_tuning/sample.v1.yaml",
    "audits/scoring/scored/values.py",  # refuses what only a program can hand over
)
STRAIGHT = re.compile(r"\w+'\w+|\w+s'(?= \w)|(?<=[”}…])'s")
# Files of half a million characters, which PyYAML's own loader reads for two seconds.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LABELS = re.compile(r'(?:aria-label|title|placeholder|alt|with \w+|lead)="([^"]*)"')
_CODE = re.compile(
    r"\{% comment %\}.*?\{% endcomment %\}|<script.*?</script>|<svg.*?</svg>"
    r"|\{[%{#].*?[%}#]\}|<!--.*?-->|<[^>]*>",
    re.DOTALL,
)
_FENCED = re.compile(r"```.*?```|`[^`\n]*`|\]\([^)]*\)", re.DOTALL)
_EXAMPLE = re.compile(r"^ *(>>>|\.\.\.).*|`[^`\n]*`", re.MULTILINE)
_QUOTED = re.compile(r'"([^"\n]*)"|`([^`]*)`')


@cache
def _sentences(path: Path) -> tuple[tuple[int, str], ...]:
    """Return what a person reads in a file; two tests ask for it."""
    return tuple(_read(path))


@cache
def _code_of(path: Path) -> tuple[tuple[tuple[int, str], ...], frozenset[str]]:
    """Return the strings of a module, and its docstrings; the same tests ask."""
    nodes = [*ast.walk(ast.parse(path.read_text()))]
    return tuple(_strings(nodes)), frozenset(_docstrings(nodes))


def _read(path: Path) -> Iterator[tuple[int, str]]:
    """Yield what a person reads in a file, with the line that it begins in."""
    source = path.read_text()
    if path.suffix == ".py":
        yield from _code_of(path)[0]
        # A habit is within a line, and to take a file apart for comments takes long.
        if any("#" in x and _ANY_HABIT.search(x.lower()) for x in source.splitlines()):
            yield from _comments(source)
    elif path.suffix == ".yaml":
        yield from _scalars(yaml.compose(source, Loader=_LOADER))
    elif path.suffix == ".js":
        yield from _found(_QUOTED, source)
    else:
        yield from _found(_LABELS, source)
        code = _CODE if path.suffix == ".html" else _FENCED
        yield 1, code.sub(lambda found: "\n" * found[0].count("\n") or " ", source)


def _found(pattern: re.Pattern[str], source: str) -> Iterator[tuple[int, str]]:
    for match in pattern.finditer(source):
        text = next(filter(None, match.groups()), "")
        if " " in text:
            yield source.count("\n", 0, match.start()) + 1, text


def _strings(nodes: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    """Yield the strings and docstrings of more than one word, without examples."""
    silent: set[int] = set()
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            parts = [getattr(part, "value", "") for part in node.values]
            silent.update(map(id, node.values))
            yield node.lineno, "".join(x if isinstance(x, str) else "…" for x in parts)
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
            and " " in node.value
        ):
            yield node.lineno, _EXAMPLE.sub("", node.value)


def _comments(source: str) -> Iterator[tuple[int, str]]:
    """Yield the comments, a block of them as one text."""
    lines: list[str] = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            lines.append(token.string.lstrip("# "))
        elif lines and token.type != tokenize.NL:
            yield token.start[0] - len(lines), "\n".join(lines)
            lines = []


def _scalars(node: yaml.Node | None) -> Iterator[tuple[int, str]]:
    if isinstance(node, yaml.ScalarNode) and " " in node.value:
        yield node.start_mark.line + 1, node.value
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _scalars(value)


def _any_of(habits: Iterable[str]) -> re.Pattern[str]:
    """Return what finds whether any habit is in a text of small letters, quickly."""
    at_words = {habit: habit.removeprefix(r"\b") for habit in habits}
    rest = [habit for habit, inner in at_words.items() if habit == inner]
    words = [inner for habit, inner in at_words.items() if habit != inner]
    return re.compile("|".join([rf"\b(?:{'|'.join(words)})", *rest]))


_ANY_HABIT = _any_of(habit for habit, *_ in HABITS)


def _habits(path: Path) -> Iterator[str]:
    for line, text in _sentences(path):
        if not _ANY_HABIT.search(text.lower()):
            continue
        for habit, instead, _ in HABITS:
            for match in re.finditer(habit, text, re.IGNORECASE):
                at = line + text.count("\n", 0, match.start())
                yield f"{path}:{at}: “{match[0]}”: write “{instead}”"


def _straight(path: Path) -> Iterator[str]:
    """Yield the words with a straight apostrophe that people read."""
    if path.suffix == ".py":
        strings, said = _code_of(path)
        sentences = tuple(each for each in strings if each[1] not in said)
    else:
        sentences = _sentences(path)
    for line, text in sentences:
        for match in STRAIGHT.finditer(text):
            at = line + text.count("\n", 0, match.start())
            yield f"{path}:{at}: “{match[0]}”: write “’”"


def _docstrings(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield _EXAMPLE.sub("", str(node.value.value))


def _in_scope() -> list[Path]:
    files = [path for glob in SCOPE for path in ROOT.glob(glob)]
    names = {path: path.relative_to(ROOT).as_posix() for path in files}
    return [path for path in files if not names[path].startswith(SKIPPED)]


def test_sentences_have_no_old_habits() -> None:
    files = _in_scope()

    assert len(files) > 200
    assert [said for path in files for said in _habits(path)] == []


def test_apostrophes_are_typographic() -> None:
    found = [path for glob in TYPOGRAPHIC for path in ROOT.glob(glob)]
    names = {path: path.relative_to(ROOT).as_posix() for path in found}
    files = [path for path in found if not names[path].startswith(PLAIN)]

    assert len(files) > 200
    assert [said for path in files for said in _straight(path)] == []


@pytest.mark.parametrize(
    ("name", "source", "straight"),
    [
        ("a.html", "<p title='x'>The owner's {{ x|date:'Y' }} day</p>", True),
        ("a.html", "<p title='x'>The owner’s {{ x|date:'Y' }} day</p>", False),
        ("a.yaml", "a: The owners' day\n", True),
        ("a.yaml", "# The owner's day\na: The owner’s day\n", False),
        (
            "a.py",
            'x = f"The {x}’s day"\n\n\ndef f():\n    """The owner\'s day."""',
            False,
        ),
        ("a.py", 'x = f"The {x}\'s day"\n', True),
    ],
)
def test_each_straight_apostrophe_is_found(
    tmp_path: Path, name: str, source: str, straight: bool
) -> None:
    file = tmp_path / name
    file.write_text(source)

    assert bool(list(_straight(file))) is straight


@pytest.mark.parametrize(("habit", "_", "sentence"), HABITS)
def test_each_habit_is_found(habit: str, _: str, sentence: str) -> None:
    assert re.search(habit, sentence, re.IGNORECASE)
    assert _ANY_HABIT.search(sentence.lower())


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.html", "<p\n>{% if x %}Send it\nanew{% endif %}</p>"),
        ("label.html", '{{ x }}\n\n<a aria-label="Send it anew" href="anew">x</a>'),
        ("a.md", "`anew one`\n\nSend it anew."),
        ("a.py", '">>>"\n\nx = f"Send {it!r} anew"\n'),
        ("doc.py", '"""Send it.\n\nSend it anew.\n\n>>> anew()\n"""\n'),
        ("comment.py", "x = 1\n\n# Send it anew\n"),
        ("a.yaml", "anew:\n- an id\n- Send it anew\n"),
        ("a.js", '// anew one\n\nsay("Send it anew");'),
    ],
)
def test_each_kind_of_file_is_read(tmp_path: Path, name: str, source: str) -> None:
    file = tmp_path / name
    file.write_text(source)

    assert list(_habits(file)) == [f"{file}:3: “anew”: write “again”"]
