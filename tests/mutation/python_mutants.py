"""Mutants of Python code: operators, constants, `min` and `max`, one at a time."""

import ast
import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from tests.mutation.mutants import Mutant, replace

# The token of each operator, and what it becomes.
OPERATORS: dict[type[ast.AST], tuple[bytes, bytes]] = {
    ast.Eq: (rb"==", b"!="),
    ast.NotEq: (rb"!=", b"=="),
    ast.Lt: (rb"<", b"<="),
    ast.LtE: (rb"<=", b"<"),
    ast.Gt: (rb">", b">="),
    ast.GtE: (rb">=", b">"),
    ast.Is: (rb"\bis\b", b"is not"),
    ast.IsNot: (rb"\bis\s+not\b", b"is"),
    ast.In: (rb"\bin\b", b"not in"),
    ast.NotIn: (rb"\bnot\s+in\b", b"in"),
    ast.And: (rb"\band\b", b"or"),
    ast.Or: (rb"\bor\b", b"and"),
    ast.Add: (rb"\+", b"-"),
    ast.Sub: (rb"-", b"+"),
    ast.Mult: (rb"\*", b"/"),
    ast.Div: (rb"/", b"*"),
}
FUNCTIONS = {"min": "max", "max": "min", "any": "all", "all": "any"}


def python_mutants(file: str, source: bytes) -> Iterator[Mutant]:
    """Yield every mutant of a module, in the order of its lines."""
    finder = _Finder(file, source)
    finder.visit(ast.parse(source))
    yield from sorted(finder.found, key=lambda mutant: mutant.start)


class _Finder(ast.NodeVisitor):
    """Visits what runs: annotations and decorators do not decide anything."""

    def __init__(self, file: str, source: bytes) -> None:
        self.file, self.source = file, source
        self.found: list[Mutant] = []
        lines = source.splitlines(keepends=True)
        self.starts = [0]
        for line in lines:
            self.starts.append(self.starts[-1] + len(line))

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for statement in node.body:
            self.visit(statement)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for part in (*node.args.defaults, *node.args.kw_defaults, *node.body):
            if part:
                self.visit(part)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value:
            self.visit(node.value)

    def visit_TypeAlias(self, node: ast.TypeAlias) -> None:
        pass

    def visit_Compare(self, node: ast.Compare) -> None:
        sides = [node.left, *node.comparators]
        for operator, (left, right) in zip(node.ops, pairwise(sides), strict=True):
            self._operator(operator, left, right)
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        for left, right in pairwise(node.values):
            self._operator(node.op, left, right)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if type(node.op) in OPERATORS:
            self._operator(node.op, node.left, node.right)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            self._add(self._start(node), self._start(node) + len(b"not"), b"")
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in FUNCTIONS:
                self._swap(node.func, FUNCTIONS[name])
            case ast.Call(
                func=ast.Name(id="Decimal"), args=[ast.Constant(str(text)) as number]
            ):
                with suppress(InvalidOperation):
                    if Decimal(text).is_finite():
                        self._swap(number, f'"{Decimal(text) + 1}"')
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        match node.value:
            case bool(truth):
                self._swap(node, str(not truth))
            case int(number):
                self._swap(node, str(number + 1))
                self._swap(node, str(number - 1))

    def _operator(self, operator: ast.AST, left: ast.expr, right: ast.expr) -> None:
        token, by = OPERATORS[type(operator)]
        place = re.compile(token).search(
            self.source, self._end(left), self._start(right)
        )
        if place is None:  # pragma: no cover - every operator has its token
            raise AssertionError(ast.dump(operator))
        self._add(place.start(), place.end(), by)

    def _swap(self, node: ast.expr, by: str) -> None:
        self._add(self._start(node), self._end(node), by.encode())

    def _add(self, start: int, end: int, by: bytes) -> None:
        self.found.append(replace(self.file, self.source, start, end, by))

    def _start(self, node: ast.expr) -> int:
        return self.starts[node.lineno - 1] + node.col_offset

    def _end(self, node: ast.expr) -> int:
        if node.end_lineno is None or node.end_col_offset is None:
            raise AssertionError(ast.dump(node))
        return self.starts[node.end_lineno - 1] + node.end_col_offset
