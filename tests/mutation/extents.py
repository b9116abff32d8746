"""Which lines have to be run before a mutant can matter: those of its statement."""

import ast

from tests.mutation.mutants import Mutant


def extent(source: bytes, mutant: Mutant) -> range:
    """Return the lines of the innermost statement that the mutant changes.

    Of a statement with others in it, such as `if`, all lines count: more than those
    that decide, and never fewer.
    """
    last = source.count(b"\n", 0, mutant.end) + 1
    found = range(mutant.line, last + 1)
    for node in ast.walk(ast.parse(source)):  # what is inside comes later
        if isinstance(node, ast.stmt) and _around(node, mutant.line, last):
            first = min([node.lineno, *_decorators(node)])
            found = range(first, (node.end_lineno or node.lineno) + 1)
    return found


def _around(node: ast.stmt, first: int, last: int) -> bool:
    start = min([node.lineno, *_decorators(node)])
    return start <= first and last <= (node.end_lineno or node.lineno)


def _decorators(node: ast.stmt) -> list[int]:
    return [each.lineno for each in getattr(node, "decorator_list", ())]
