"""Gives all frozen classes with slots the same refusal and the same `repr`.

For each of them, `dataclasses` writes a `__setattr__` and a `__delattr__` of its own,
which hold the class as it was before it had slots: every class is in memory twice. Of
a web server's process that is 3 MiB, and a `__repr__` for each is another (decision
0154).
"""

from collections.abc import Iterable
from dataclasses import FrozenInstanceError, fields, is_dataclass
from reprlib import recursive_repr
from types import FunctionType
from typing import Any


def __setattr__(_: object, name: str, __: object) -> None:  # noqa: N807 - its place
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def __delattr__(_: object, name: str) -> None:  # noqa: N807 - its place
    raise FrozenInstanceError(f"cannot delete field {name!r}")


@recursive_repr()
def __repr__(self: Any) -> str:  # noqa: N807 - its place
    shown = (f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def share_methods(among: Iterable[Any]) -> None:
    """Let the frozen classes with slots that are among these objects be as one.

    Those with subclasses stay as they are: what is not frozen in one may be set.
    """
    for each in among:
        # Its type is asked, since a lazy object that is asked itself would wake up.
        is_class = issubclass(type(each), type)
        if is_class and _has_its_own(each) and not each.__subclasses__():
            for refusal in (__setattr__, __delattr__):
                setattr(each, refusal.__name__, refusal)
            if _is_written_for_it(vars(each).get("__repr__")):
                each.__repr__ = __repr__


def _is_written_for_it(method: Any) -> bool:
    """Return whether `dataclasses` wrote this method, and not somebody in a file."""
    inner = getattr(method, "__wrapped__", None)
    return isinstance(inner, FunctionType) and inner.__code__.co_filename == "<string>"


def _has_its_own(kind: type) -> bool:
    own = vars(kind)
    return (
        {"__slots__", "__dataclass_params__"} <= own.keys()
        and is_dataclass(kind)
        and own["__dataclass_params__"].frozen
        and not issubclass(kind, BaseException)
    )
