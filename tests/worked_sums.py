"""Fenced blocks of a document, and the sums that are written in them.

A block begins with its kind and what it is about: ```case trag, ```cost V1.
"""

import ast
import math
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Block:
    """One fenced block: its kind, what it is about, and its lines."""

    kind: str
    about: str
    lines: tuple[tuple[str, str], ...]

    def said(self) -> dict[str, list[str]]:
        """Return what stands behind each key; a key may come again."""
        said: dict[str, list[str]] = {}
        for key, value in self.lines:
            said.setdefault(key, []).append(value)
        return said


def blocks(text: str, kind: str) -> list[Block]:
    """Return the blocks of one kind, in order."""
    found = re.findall(rf"^```{kind} ?(.*)\n((?:.*\n)*?)```$", text, re.MULTILINE)
    return [
        Block(kind, about, tuple(_line(line) for line in body.splitlines()))
        for about, body in found
    ]


def _line(line: str) -> tuple[str, str]:
    key, _, value = line.partition(": ")
    return key, value


def rounded(value: Fraction, like: str) -> str:
    """Write a number with as many digits as another has."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal(like), ROUND_HALF_UP))


def worth(text: str) -> Fraction:
    """Work out a sum as it is written, without the code of the product.

    It has numbers, + - * / ( ), ceil(), exp(), max() of two, and round() to whole
    dollars, a half up.
    """
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", text).replace("×", "*").replace("−", "-")
    return _worth(ast.parse(plain, mode="eval").body, plain)


_FUNCTIONS: dict[str, Callable[..., Fraction]] = {
    "ceil": lambda x: Fraction(math.ceil(x)),
    "exp": lambda x: Fraction((Decimal(x.numerator) / Decimal(x.denominator)).exp()),
    "max": max,
    "round": lambda x: Fraction(math.floor(x + Fraction(1, 2))),
}


_OPERATORS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def _worth(node: ast.expr, text: str) -> Fraction:
    match node:
        case ast.Constant():
            return Fraction(ast.get_source_segment(text, node) or "")
        case ast.UnaryOp(op=ast.USub()):
            return -_worth(node.operand, text)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _FUNCTIONS[name](*(_worth(each, text) for each in arguments))
        case ast.BinOp():
            sides = _worth(node.left, text), _worth(node.right, text)
            return _OPERATORS[type(node.op)](*sides)
    raise AssertionError(ast.dump(node))
