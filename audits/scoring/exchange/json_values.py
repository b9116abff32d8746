"""Turns frozen dataclasses into JSON-ready values, and such values back into them.

Their fields are texts, whole numbers, decimals, days, yes or no, and tuples, mappings,
unions and dataclasses of those. A decimal and a day are texts in JSON.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import (
    Any,
    Literal,
    TypeAliasType,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

type Read = Callable[[Any], Any]


class WrongShapeError(ValueError):
    """A value does not have the shape that it should; names the field and why."""

    def __init__(self, wrong: str, *place: str | int) -> None:
        super().__init__(f"{'.'.join(map(str, place)) or 'it'}: {wrong}")
        self.wrong, self.place = wrong, place

    def inside(self, key: str | int) -> "WrongShapeError":
        """Return the same, as seen from what has the value under this key."""
        return WrongShapeError(self.wrong, key, *self.place)


def written(value: Any) -> Any:
    """Return a value as JSON-ready values; equal ones give equal values."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, str):
        return str(value)  # of a text that knows its line, the text alone
    if isinstance(value, tuple):
        return [written(one) for one in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: written(one) for key, one in value.items()}
    shape: Any = type(value)
    return {name: written(getattr(value, name)) for name in _names(shape)}


@cache
def reader(shape: Any) -> Read:
    """Return what reads JSON-ready values of a type.

    A field with a default may be missing; what is no field is not read.

    Args:
        shape: A dataclass, or the type of one of its fields.

    Raises:
        WrongShapeError: From what is returned: it is given something else.
    """
    if isinstance(shape, TypeAliasType):
        return reader(shape.__value__)
    origin, inner = get_origin(shape), get_args(shape)
    if origin in (Union, UnionType):
        kinds = tuple(reader(one) for one in inner if one is not NoneType)
        read = _first_that_fits(kinds)
        return _or_none(read) if NoneType in inner else read
    if origin is Literal:
        return _one_of(inner)
    if origin is tuple:
        is_uniform = inner[-1] is Ellipsis
        return _each(reader(inner[0])) if is_uniform else _in_order(inner)
    if origin in (dict, Mapping):
        return _mapping(reader(inner[1]))
    return _dataclass(shape) if is_dataclass(shape) else _PLAIN[shape]


@cache
def _names(shape: Any) -> tuple[str, ...]:
    found = (each for each in fields(shape) if each.metadata.get("in_document", True))
    return tuple(each.name for each in found)


def _refuse(value: Any, expected: str) -> WrongShapeError:
    return WrongShapeError(f"{str(value)[:60]!r} is not {expected}")


def _dataclass(shape: Any) -> Read:
    hints = get_type_hints(shape)
    readers = {name: reader(hints[name]) for name in _names(shape)}
    required = {
        field.name
        for field in fields(shape)
        if field.default is MISSING and field.default_factory is MISSING
    }

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise _refuse(value, "an object")
        for name in required - value.keys():
            raise WrongShapeError("it is missing", name)
        given, name = dict[str, Any](), ""
        try:
            for name, read_one in readers.items():
                if name in value:
                    given[name] = read_one(value[name])
        except WrongShapeError as error:
            raise error.inside(name) from None
        try:
            return shape(**given)
        except ValueError as error:
            raise WrongShapeError(str(error)) from error

    return read


def _each(read: Read) -> Read:
    def read_each(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise _refuse(value, "a list")
        found = list[Any]()
        try:
            for one in value:
                found.append(read(one))
        except WrongShapeError as error:
            raise error.inside(len(found)) from None
        return tuple(found)

    return read_each


def _in_order(shapes: tuple[Any, ...]) -> Read:
    readers = tuple(map(reader, shapes))

    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple) or len(value) != len(readers):
            raise _refuse(value, f"a list of {len(readers)}")
        found = list[Any]()
        try:
            for read_one, one in zip(readers, value, strict=True):
                found.append(read_one(one))
        except WrongShapeError as error:
            raise error.inside(len(found)) from None
        return tuple(found)

    return read


def _mapping(read: Read) -> Read:
    def read_mapping(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise _refuse(value, "an object")
        found, key = dict[str, Any](), ""
        try:
            for key, one in value.items():
                found[str(key)] = read(one)
        except WrongShapeError as error:
            raise error.inside(key) from None
        return found

    return read_mapping


def _one_of(allowed: tuple[Any, ...]) -> Read:
    known = {one: one for one in allowed}

    def read(value: Any) -> Any:
        try:
            return known[value]
        except (KeyError, TypeError):
            raise _refuse(value, f"one of {', '.join(map(str, allowed))}") from None

    return read


def _first_that_fits(readers: tuple[Read, ...]) -> Read:
    """Read with the first that takes a value, or refuse it as the last does."""
    *first, last = readers

    def read(value: Any) -> Any:
        for read_one in first:
            try:
                return read_one(value)
            except WrongShapeError:
                continue
        return last(value)

    return read if first else last


def _or_none(read: Read) -> Read:
    return lambda value: None if value is None else read(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _refuse(value, "a text")
    return str(value)


def _exactly(kind: type, expected: str) -> Read:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise _refuse(value, expected)
        return value

    return read


def _decimal(value: Any) -> Decimal:
    try:
        found = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        found = None
    if found is None or not found.is_finite():
        raise _refuse(value, "the text of a number")
    return found


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _refuse(value, "a day like 2026-11-24") from None


_PLAIN: dict[Any, Read] = {
    str: _text,
    int: _exactly(int, "a whole number"),
    bool: _exactly(bool, "true or false"),
    Decimal: _decimal,
    date: _day,
}
