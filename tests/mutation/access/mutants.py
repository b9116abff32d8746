"""Mutants of who may do what: each line that refuses somebody, removed in turn."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.mutation.mutants import Mutant

# What lets nobody in but whom it names, as a decorator of a view.
DOORS = {
    *("members_only", "signed_in_only", "fresh_only", "own_only", "by_token"),
    *("login_required", "for_readers", "secure_admin_login"),
}
# What refuses whoever it is called for.
REFUSING = {
    *("require_contributor", "require_registering", "require_reviewer"),
    *("require_administrator", "_require_may_change", "_refuse_reader"),
}
# Of these, every condition and filter counts.
RIGHTS = re.compile(
    r"audits/access/(?!sent_forms)\w+\.py|audits/confirming/fresh\.py"
    r"|audits/verify/newer\.py|audits/scim/doors\.py"
)
# Of others, what has one of these names does.
NAMES = re.compile(
    r"_?(may|require|lacks)_(?!be_|train|follow|hold|give|miss|test|serve|come|keep)\w+"
    r"|organization_scope|_scope_for|sees_all|administers|acts_as|in_role|look_at"
    r"|contributes_to|stronger|CurrentMembers|separation_of|share_for\w+|why_no\w*"
    r"|change_person|_readdress|_resume|_begin"
)
OUTSIDE = re.compile(
    r"audits/models/organizations\.py|audits/middleware\.py"
    r"|audits/services/(reviews|organizations|privacy|single_sign_on|discussion)/.+"
)
_REFUSALS = {
    *("PermissionDenied", "OwnMembership", "OwnSubmission", "OwnAnswers", "NotTheirs"),
    *("LastAdministrator", "MayNotFound", "BelongsAlready", "LacksOpinion", "NotBlind"),
    "NotLetIn",
}
# What a query set leaves out, beside `filter` and `exclude`.
_LEAVES_OUT = {"open", "proved", "unanswered"}
_TRUTHS = {"may_review", "may_contribute", "may_register", "sees_all", "may_sign"}
# What a function says of somebody, as if it let them through.
_ANSWERS = {
    **dict.fromkeys(("is_fresh", "may_found", "decides_alone"), "True"),
    **dict.fromkeys(("works_here_alone", "is_own", "may_see"), "True"),
    **dict.fromkeys(("lacks_factor", "lacks_sign_on", "is_of_another"), "False"),
}


def access_mutants(file: str, source: bytes) -> Iterator[Mutant]:
    """Yield every mutant of a module, in the order of its lines."""
    finder = _Finder(file, source)
    finder.visit(ast.parse(source))
    yield from sorted({*finder.found}, key=lambda each: (each.start, each.by))


class _Finder(ast.NodeVisitor):
    """Visits what is run; `inside` is how deep it is in what is all about rights."""

    def __init__(self, file: str, source: bytes) -> None:
        self.file, self.source = file, source
        self.inside = 1 if RIGHTS.fullmatch(file) else 0
        self.found: list[Mutant] = []
        self.starts = [0]
        for line in source.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for door in node.decorator_list:
            name = door.func if isinstance(door, ast.Call) else door
            if isinstance(name, ast.Name) and name.id in DOORS:
                start, end = self._place(door)
                self._add(start - 1, end, b"", f"no @{name.id} of {node.name}")
        self._deeper(node, node.body)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._deeper(node, node.body)

    def _deeper(
        self, node: ast.FunctionDef | ast.ClassDef, body: list[ast.stmt]
    ) -> None:
        counts = OUTSIDE.fullmatch(self.file) and NAMES.fullmatch(node.name)
        self.inside += bool(counts)
        for statement in body:
            self.visit(statement)
        self.inside -= bool(counts)

    def visit_Expr(self, node: ast.Expr) -> None:
        match node.value:
            case ast.Call(func=ast.Name(id=name)) if name in REFUSING:
                self._swap(node, "None")
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        if self.inside or _refuses(node.body):
            self._swap(node.test, "False")
            self._operands(node.test)
        self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> None:
        match node.value:
            case ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
                if self.inside:
                    self._swap(node.value, "True")
                    self._swap(node.value, "False")
            case ast.Call(func=ast.Name(id="any" | "bool")) if self.inside:
                self._swap(node.value, "True")
                self._swap(node.value, "False")
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        if self.inside:
            self._operands(node)
        self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr in _TRUTHS and isinstance(node.ctx, ast.Load):
            self._swap(node, "True")
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        match node.func:
            case ast.Name(id="ScopedManager"):
                self._add(*self._place(node), b"", "no scope")
            case ast.Name(id=name) if name in _ANSWERS:
                self._swap(node, _ANSWERS[name])
            case ast.Attribute(attr="filter" | "exclude") if self.inside:
                self._given(node)
            case ast.Attribute(attr=name, value=before) if name in _LEAVES_OUT:
                (_, start), (_, end) = map(self._place, (before, node))
                if self.inside:
                    self._add(start, end, b"", f"no .{name}()")
        self.generic_visit(node)

    def _given(self, node: ast.Call) -> None:
        """Take away each condition of a filter."""
        for positional in node.args:
            if not isinstance(positional, ast.Starred):
                self._swap(positional, "*()")
        for keyword in node.keywords:
            if keyword.arg:
                self._swap(keyword, "**{}")

    def _operands(self, node: ast.expr) -> None:
        if isinstance(node, ast.BoolOp):
            neutral = "True" if isinstance(node.op, ast.And) else "False"
            for operand in node.values:
                self._swap(operand, neutral)

    def _swap(self, node: ast.expr | ast.keyword | ast.stmt, by: str) -> None:
        """Put something else there, on as many lines, so that all others stay."""
        start, end = self._place(node)
        was = self.source[start:end]
        lines = b"\n" * was.count(b"\n")
        after = by.encode()
        if by in {"*()", "**{}"}:
            after = after[:-1] + lines + after[-1:]
        else:
            after = b"(" + after + lines + b")"
        said = " ".join(was.decode().split())
        self._add(start, end, after, f"“{said}” is “{by}”")

    def _add(self, start: int, end: int, by: bytes, what: str) -> None:
        line = self.source.count(b"\n", 0, start) + 1
        lacks = self.source.count(b"\n", start, end) - by.count(b"\n")
        self.found.append(Mutant(self.file, start, end, by + b"\n" * lacks, line, what))

    def _place(self, node: ast.expr | ast.keyword | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return (
            self.starts[node.lineno - 1] + node.col_offset,
            self.starts[node.end_lineno - 1] + node.end_col_offset,
        )


def _refuses(body: list[ast.stmt]) -> bool:
    """Return whether a body ends in a refusal."""
    match body[-1]:
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name)) | ast.Name(id=name)):
            return name in _REFUSALS
    return False


def all_access_mutants(root: Path) -> list[Mutant]:
    """Return those of every module of the program."""
    return [
        mutant
        for path in sorted((root / "audits").rglob("*.py"))
        if "migrations" not in path.parts
        for mutant in access_mutants(str(path.relative_to(root)), path.read_bytes())
    ]
