"""Puts the code of a mutant into functions that are loaded already."""

import gc
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType

type Place = tuple[str, str, int]  # file, name and first line of a function


class OtherShapeError(RuntimeError):
    """The mutant has other functions than its module, so its code fits none of them."""


def loaded_functions() -> dict[Place, list[FunctionType]]:
    """Return every function there is, closures too, by where its code is from."""
    found: dict[Place, list[FunctionType]] = {}
    gc.unfreeze()  # what is frozen is not among the objects
    for each in gc.get_objects():
        if type(each) is FunctionType:  # to ask a lazy object for its class makes it
            found.setdefault(_place(each.__code__), []).append(each)
    return found


def swap(
    functions: dict[Place, list[FunctionType]], file: Path, before: bytes, after: bytes
) -> None:
    """Give every function of a file the code that it has in the text `after`.

    Raises:
        OtherShapeError: Nothing was changed, since the two texts differ in more than
            what is inside a function.
    """
    old, new = (compile(text, str(file), "exec") for text in (before, after))
    pairs = list(_changed(old, new))
    if not pairs:
        raise OtherShapeError(file)
    for was, becomes in pairs:
        for function in functions.get(_place(was), ()):
            function.__code__ = becomes


def swap_whole(
    functions: dict[Place, list[FunctionType]], file: Path, before: bytes, after: bytes
) -> None:
    """Do the same for functions of a module that have other functions inside.

    Raises:
        OtherShapeError: None of them differs.
    """
    old, new = (compile(text, str(file), "exec") for text in (before, after))
    pairs = zip(*map(_inside, (old, new)), strict=True)
    found = [(was, becomes) for was, becomes in pairs if was != becomes]
    if not any(functions.get(_place(was)) for was, _ in found):
        raise OtherShapeError(file)
    for was, becomes in found:
        for function in functions.get(_place(was), ()):
            function.__code__ = becomes


def _changed(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Yield what is defined in a module or class and differs, and what is inside it."""
    for was, becomes in zip(*map(_inside, (old, new)), strict=True):
        if (was.co_qualname, was.co_freevars) != (
            becomes.co_qualname,
            becomes.co_freevars,
        ):
            raise OtherShapeError(was.co_qualname)
        if was != becomes:
            yield was, becomes
        yield from _changed(was, becomes)


def _inside(code: CodeType) -> list[CodeType]:
    return [each for each in code.co_consts if isinstance(each, CodeType)]


def _place(code: CodeType) -> Place:
    return code.co_filename, code.co_qualname, code.co_firstlineno
