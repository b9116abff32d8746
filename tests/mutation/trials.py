"""Runs the fast, pure tests against a copy of the tree with a mutant in it."""

import compileall
import os
import py_compile
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import Queue

from tests.mutation.mutants import Mutant

ROOT = Path(__file__).parents[2]
COPIED = ("audits", "docs", "tests/scoring", "tests/frameworks")
COPIED_FILES = ("pyproject.toml", "tests/examples.py")
SECONDS = 300
# No Django: it takes a second to start, and nothing here needs it.
PYTEST = (
    *(sys.executable, "-m", "pytest", "-x", "-q", "--tb=line", "--noconftest"),
    *("-p", "no:django", "-p", "no:playwright", "-p", "no:cacheprovider"),
    *("-o", "addopts=--import-mode=importlib", "-o", "filterwarnings="),
)
PROMISES = tuple(
    f"--deselect=tests/scoring/test_flips.py::{test}"
    for test in (
        "test_every_flip_gives_the_verdict_it_promises",
        "test_flip_of_two_of_any_answers_needs_both",
    )
)
# What most often notices a change of the framework; the rest is run if it does not.
OF_THE_FRAMEWORK = tuple(
    f"tests/scoring/test_{name}.py"
    for name in ("which_options", "rule_options", "market_facts", "reasons", "pushes")
)
# The last to be run, since they take most of the time.
SLOW = tuple(
    f"tests/scoring/{name}.py"
    for name in (
        *("proofs/test_proofs", "history/test_time_machine", "proofs/test_proof_model"),
        *("test_evidence", "test_flips", "exchange/test_verification_of_any_change"),
    )
)
# Thousands of random answers take long; what they find, the tables of
# examples should find too. The other files edit the text of the published framework
# or need Django: that they fail for another text proves nothing.
LEFT_OUT = (
    "tests/scoring/test_properties.py",
    "tests/scoring/costs/test_cost_properties.py",
    "tests/frameworks/test_yaml_fuzz.py",
    "tests/frameworks/test_check.py",
    "tests/frameworks/test_pack_is_data.py",
    "tests/frameworks/test_condition_refusals.py",
    "tests/frameworks/test_loader_refusals.py",
    "tests/frameworks/test_reference_refusals.py",
)
# Proves edited texts of the published framework, so it judges only what proves.
OF_CODE_ALONE = "tests/scoring/proofs/test_proofs.py"
PASSED, FAILED, INTERRUPTED = 0, 1, 2


class UntestedTreeError(RuntimeError):
    """The tests fail before anything is changed, so they can show nothing."""


def survivors(
    mutants: Sequence[Mutant], processes: int = 2
) -> Iterator[tuple[Mutant, bool]]:
    """Yield each mutant, and whether every test still passed with it.

    Raises:
        UntestedTreeError: The tests fail without any mutant.
    """
    trees: Queue[Path] = Queue()

    def survives(mutant: Mutant) -> bool:
        tree = trees.get()
        try:
            return _survives(tree, mutant)
        finally:
            trees.put(tree)

    with ExitStack() as stack:
        for _ in range(processes):
            tree = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            _copy(tree)
            trees.put(tree)
        finished = _run(tree, _ordered(tree, (), LEFT_OUT))
        if finished.returncode != PASSED:
            raise UntestedTreeError(finished.stdout[-2000:])
        pool = stack.enter_context(ThreadPoolExecutor(processes))
        yield from zip(mutants, pool.map(survives, mutants), strict=True)


def _copy(tree: Path) -> None:
    junk = shutil.ignore_patterns("__pycache__")
    for folder in COPIED:
        shutil.copytree(ROOT / folder, tree / folder, ignore=junk)
    for file in COPIED_FILES:
        shutil.copy(ROOT / file, tree / file)
    # Compiled once, and trusted only where the bytes of the source are the same.
    mode = py_compile.PycInvalidationMode.CHECKED_HASH
    compileall.compile_dir(tree, quiet=1, invalidation_mode=mode)


def _survives(tree: Path, mutant: Mutant) -> bool:
    file = tree / mutant.file
    source = file.read_bytes()
    file.write_bytes(mutant.applied_to(source))
    left_out = LEFT_OUT if file.suffix == ".py" else (*LEFT_OUT, OF_CODE_ALONE)
    try:
        finished = _run(tree, _ordered(tree, _nearest(tree, file), left_out))
    except subprocess.TimeoutExpired:
        return False
    finally:
        file.write_bytes(source)
    if finished.returncode not in (PASSED, FAILED, INTERRUPTED):
        raise UntestedTreeError(finished.stdout[-2000:] + finished.stderr[-2000:])
    return finished.returncode == PASSED


def _nearest(tree: Path, file: Path) -> tuple[str, ...]:
    """Return the tests that a change of a file most likely fails."""
    if file.suffix != ".py":
        return OF_THE_FRAMEWORK
    package = file.parts[file.parts.index("audits") + 1]
    named = f"tests/{package}/test_{file.stem}.py"
    return (named,) if (tree / named).exists() else ()


def _ordered(tree: Path, first: Iterable[str], left_out: Iterable[str]) -> list[str]:
    """Return every file of tests, those soonest to tell at the head."""
    every = sorted(
        str(file.relative_to(tree))
        for folder in ("scoring", "frameworks")
        for file in (tree / "tests" / folder).glob("test_*.py")
    )
    soon = [*first, *(file for file in every if file not in SLOW), *SLOW]
    return [file for file in dict.fromkeys(soon) if file not in left_out]


def _run(tree: Path, tests: Sequence[str]) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [*PYTEST, *PROMISES, *tests],
        cwd=tree,
        env=environment,
        capture_output=True,
        check=False,
        text=True,
        timeout=SECONDS,
    )
