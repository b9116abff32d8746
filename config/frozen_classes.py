"""Gives all frozen classes with slots the same refusal, and so lets half of them go.

For each of them, `dataclasses` writes a `__setattr__` and a `__delattr__` of its own,
which hold the class as it was before it had slots: every class is in memory twice. Of
a web server's process that is 3 MiB (decision 0154).
"""

from collections.abc import Iterable
from dataclasses import FrozenInstanceError, is_dataclass
from typing import Any


def __setattr__(_: object, name: str, __: object) -> None:  # noqa: N807 - its place
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def __delattr__(_: object, name: str) -> None:  # noqa: N807 - its place
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def share_refusals(among: Iterable[Any]) -> None:
    """Let the frozen classes with slots that are among these objects refuse as one.

    Those with subclasses stay as they are: what is not frozen in one may be set.
    """
    for each in among:
        # Its type is asked, since a lazy object that is asked itself would wake up.
        is_class = issubclass(type(each), type)
        if is_class and _has_its_own(each) and not each.__subclasses__():
            for refusal in (__setattr__, __delattr__):
                setattr(each, refusal.__name__, refusal)


def _has_its_own(kind: type) -> bool:
    own = vars(kind)
    return (
        {"__slots__", "__dataclass_params__"} <= own.keys()
        and is_dataclass(kind)
        and own["__dataclass_params__"].frozen
        and not issubclass(kind, BaseException)
    )
