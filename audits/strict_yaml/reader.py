"""YAML nodes to frozen dataclasses, by their type hints, strictly.

It guesses and converts nothing: an unknown, missing or duplicate key and a value of
another type each become a problem, and reading continues to find the next.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Literal

import yaml

from audits.strict_yaml.problems import Problem, did_you_mean

_YAML = "tag:yaml.org,2002:"


type SpecialReader = Callable[["Reader", yaml.Node, str], Any]


class Text(str):
    """A string that remembers the line it was written on, for later messages."""

    __slots__ = ("line",)
    line: int


class Refused(Exception):  # noqa: N818 - it steers reading and never leaves it
    """A value could not be read; its problem is already noted."""


class Reader:
    """Reads nodes and collects their problems.

    `special` reads types other than dataclasses: type to a function of reader, node and
    key.
    """

    def __init__(self, special: Mapping[Any, SpecialReader] | None = None) -> None:
        self.problems: list[Problem] = []
        self.special = special or {}

    def refuse(self, place: yaml.Node | Text, key: str, message: str) -> Refused:
        """Note a problem at its place, and return what the caller may raise."""
        line = place.line if isinstance(place, Text) else place.start_mark.line + 1
        self.problems.append(Problem(line, key, message))
        return Refused()

    def read(self, node: yaml.Node, hint: Any, key: str) -> Any:
        """Return the node's value as the hint's type, or raise Refused."""
        if special := self._special(hint):
            return special(self, node, key)
        if dataclasses.is_dataclass(hint):
            return self._dataclass(node, hint, key)
        origin, args = typing.get_origin(hint), typing.get_args(hint)
        if origin in (typing.Union, types.UnionType):
            return self._union(node, args, key)
        if origin is Literal:
            return self.one_of(node, args, key)
        if origin is tuple:
            return self._tuple(node, args[0], key)
        if origin is Mapping or origin is typing.get_origin(Mapping[str, str]):
            return self._mapping(node, args, key)
        return self._scalar(node, hint, key)

    def _special(self, hint: Any) -> "SpecialReader | None":
        return next((read for kind, read in self.special.items() if kind is hint), None)

    def pairs(self, node: yaml.Node, key: str) -> Iterator[tuple[Text, yaml.Node]]:
        """Yield the keys and value nodes of a mapping; note duplicate keys."""
        if not isinstance(node, yaml.MappingNode):
            raise self.refuse(node, key, "must be a mapping of keys to values")
        seen: dict[str, int] = {}
        for key_node, value in node.value:
            name = self.text(key_node, f"{key} (a key)".strip())
            if name in seen:
                self.refuse(
                    key_node, _join(key, name), f"given already on line {seen[name]}"
                )
                continue
            seen[name] = name.line
            yield name, value

    def items(self, node: yaml.Node, key: str) -> list[yaml.Node]:
        """Return the nodes of a list."""
        if not isinstance(node, yaml.SequenceNode):
            raise self.refuse(node, key, "must be a list")
        return list(node.value)

    def text(self, node: yaml.Node, key: str) -> Text:
        """Return a string; refuse yes, 1.10 or 12:30 without quotes."""
        if not isinstance(node, yaml.ScalarNode):
            raise self.refuse(node, key, "must be text")
        if not node.value.strip():
            raise self.refuse(node, key, "must not be empty")
        if node.tag != f"{_YAML}str":
            raise self.refuse(
                node, key, f'must be text; write "{node.value}" in quotes'
            )
        text = Text(node.value)
        text.line = node.start_mark.line + 1
        return text

    def one_of(self, node: yaml.Node, allowed: tuple[str, ...], key: str) -> Text:
        """Return one of the allowed strings."""
        text = self.text(node, key)
        if text not in allowed:
            hint = did_you_mean(text, allowed) or f" (one of {', '.join(allowed)})"
            raise self.refuse(node, key, f'unknown value "{text}"{hint}')
        return text

    def whole_number(self, node: yaml.Node, key: str) -> int:
        """Return an int."""
        if isinstance(node, yaml.ScalarNode) and node.tag == f"{_YAML}int":
            try:
                return int(node.value)
            except ValueError:
                pass
        raise self.refuse(node, key, "must be a whole number")

    def boolean(self, node: yaml.Node, key: str) -> bool:
        """Return true or false, written as just that."""
        is_bool = node.tag == f"{_YAML}bool"
        if is_bool and node.value in ("true", "false"):
            return bool(node.value == "true")
        raise self.refuse(node, key, "must be true or false")

    def _scalar(self, node: yaml.Node, hint: Any, key: str) -> Any:
        if hint is bool:
            return self.boolean(node, key)
        if hint is int:
            return self.whole_number(node, key)
        return self.text(node, key)

    def _union(self, node: yaml.Node, args: tuple[Any, ...], key: str) -> Any:
        """Read `X | None`, or `Literal[…] | Literal[…]` as one list of words."""
        kinds = [arg for arg in args if arg is not types.NoneType]
        if set(kinds) == {bool, int}:
            return self._flag_or_number(node, key)
        if len(kinds) == 1:
            return self.read(node, kinds[0], key)
        words = tuple(word for kind in kinds for word in typing.get_args(kind))
        return self.one_of(node, words, key)

    def _flag_or_number(self, node: yaml.Node, key: str) -> bool | int:
        if node.tag == f"{_YAML}bool":
            return self.boolean(node, key)
        return self.whole_number(node, key)

    def _tuple(self, node: yaml.Node, kind: Any, key: str) -> tuple[Any, ...]:
        values = []
        failed = False
        for place, item in enumerate(self.items(node, key)):
            try:
                values.append(self.read(item, kind, f"{key}[{_name(item, place)}]"))
            except Refused:
                failed = True
        if failed:
            raise Refused
        return tuple(values)

    def _mapping(
        self, node: yaml.Node, args: tuple[Any, ...], key: str
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        failed = False
        words = typing.get_args(args[0])
        for name, value in self.pairs(node, key):
            try:
                if words and name not in words:
                    hint = did_you_mean(name, words) or f" (one of {', '.join(words)})"
                    raise self.refuse(name, _join(key, name), f"unknown key{hint}")
                values[name] = self.read(value, args[1], _join(key, name))
            except Refused:
                failed = True
        if failed:
            raise Refused
        return values

    def _dataclass(self, node: yaml.Node, kind: Any, key: str) -> Any:
        fields, hints = _fields(kind)
        values: dict[str, Any] = {}
        given: set[str] = set()
        failed = False
        for name, value in self.pairs(node, key):
            given.add(name)
            try:
                if name not in fields:
                    hint = did_you_mean(name, fields)
                    raise self.refuse(name, _join(key, name), f"unknown key{hint}")
                values[name] = self.read(value, hints[name], _join(key, name))
            except Refused:
                failed = True
        for required in (name for name, f in fields.items() if _is_required(f)):
            if required not in given:
                self.refuse(node, f"{key}.{required}", "is missing")
                failed = True
        if failed:
            raise Refused
        return kind(**values)


# A file has hundreds of objects of a few kinds.
@cache
def _fields(
    kind: Any,
) -> tuple[dict[str, "dataclasses.Field[Any]"], dict[str, Any]]:
    """Return the fields of a kind that a file may have, and their types."""
    found = (f for f in dataclasses.fields(kind) if f.metadata.get("in_file", True))
    return {f.name: f for f in found}, typing.get_type_hints(kind)


def _is_required(field: "dataclasses.Field[Any]") -> bool:
    missing = dataclasses.MISSING
    return field.default is missing and field.default_factory is missing


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _name(node: yaml.Node, place: int) -> str:
    """Name a list item by its id, which a person can find, or else by its place."""
    if isinstance(node, yaml.MappingNode):
        for key_node, value in node.value:
            if key_node.value == "id" and isinstance(value, yaml.ScalarNode):
                return str(value.value)
    return str(place + 1)
