"""Drops what only tools and people read of code: docstrings, and types of functions.

Of a web server's process that is 8 MiB, with where the compiled file of a module and
the first line of a class are. Who needs them while the site loads (forms,
filters of templates, readers of files by the types of their fields) has read them, and
what a class says of its own fields stays (decision 0154).
"""

from collections.abc import Iterable
from contextlib import suppress
from types import FunctionType, ModuleType
from typing import Any


def drop_what_tools_read(among: Iterable[Any]) -> None:
    """Drop it of the functions, classes and modules that are among these objects."""
    for each in among:
        # Its type is asked, since a lazy object that is asked itself would wake up.
        kind = type(each)
        if kind is FunctionType:
            del each.__annotations__  # an empty one in its place takes 64 bytes
            _drop_docstring(each)
        elif kind is ModuleType:
            each.__doc__ = None
            _drop_compiled_file(each)
        elif issubclass(kind, type):
            with suppress(AttributeError, TypeError):  # one that is written in C
                each.__doc__ = None
                # Python 3.12 has neither of these.
                del each.__firstlineno__, each.__static_attributes__


def _drop_compiled_file(module: ModuleType) -> None:
    """Drop where it is: Python puts it together again for who asks."""
    vars(module).pop("__cached__", None)
    if module.__spec__:
        module.__spec__.cached = None


def _drop_docstring(function: FunctionType) -> None:
    """Drop it where it is kept, too: it is the first constant of its code."""
    code = function.__code__
    first, *others = code.co_consts or (None,)
    if isinstance(first, str) and first is function.__doc__:
        function.__code__ = code.replace(co_consts=(None, *others))
    function.__doc__ = None
