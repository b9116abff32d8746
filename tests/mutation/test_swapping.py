"""A mutant's code gets into every function that is loaded."""

import gc
from pathlib import Path

from audits.scoring.deciding.weighing import weigh
from tests.mutation.swapping import loaded_functions, swap, swap_whole


def test_function_that_no_search_for_garbage_sees_is_found() -> None:
    gc.freeze()  # as a judge does before it loads the tests
    code = weigh.__code__
    found = loaded_functions()
    gc.freeze()

    assert found[code.co_filename, "weigh", code.co_firstlineno] == [weigh]


def test_function_gets_the_code_of_the_mutant(tmp_path: Path) -> None:
    file, before = tmp_path / "one.py", b"def one() -> int:\n    return 1\n"
    inside: dict[str, object] = {}
    exec(compile(before, str(file), "exec"), inside)  # noqa: S102 - two lines above
    one = inside["one"]
    assert callable(one)

    swap(loaded_functions(), file, before, before.replace(b"return 1", b"return 2"))
    gc.freeze()

    assert one() == 2


def test_function_that_loses_what_is_inside_of_it_gets_its_code_whole(
    tmp_path: Path,
) -> None:
    file, before = tmp_path / "two.py", b"def two():\n    return any(x for x in ())\n"
    inside: dict[str, object] = {}
    exec(compile(before, str(file), "exec"), inside)  # noqa: S102 - two lines above
    two = inside["two"]
    assert callable(two)

    after = before.replace(b"any(x for x in ())", b"True")
    swap_whole(loaded_functions(), file, before, after)
    gc.freeze()

    assert two() is True
