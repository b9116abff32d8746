"""Tries mutants with the fast, pure tests, in copies of the tree."""

import compileall
import os
import pickle
import py_compile
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import Queue
from subprocess import PIPE, Popen

from tests.mutation.forks import UntestedTreeError
from tests.mutation.judges import ROOT, judging_files, needed_by
from tests.mutation.mutants import Mutant
from tests.mutation.reach import Readiness, together

# All that a test which judges imports or reads.
COPIED = ("audits", "docs", "static", "tests")
# Thousands of random answers take long; what they find, the tables of
# examples should find too. The other files edit the text of the published framework,
# where failing for another text proves nothing, or that of market facts. A process of
# its own, of which nothing is noted, would judge every change.
LEFT_OUT = (
    "tests/scoring/deciding/test_flips.py::test_every_flip_gives_the_verdict_it_promises",
    "tests/scoring/deciding/test_flips.py::test_flip_of_two_of_any_answers_needs_both",
    "tests/scoring/test_properties.py",
    "tests/scoring/pricing/test_cost_properties.py",
    "tests/scoring/exchange/test_json_values.py",
    "tests/frameworks/test_yaml_fuzz.py",
    "tests/frameworks/test_pack_is_data.py",
    "tests/frameworks/test_condition_refusals.py",
    "tests/frameworks/test_loader_refusals.py",
    "tests/frameworks/test_reference_refusals.py",
    "tests/landscape/test_contradictions.py",
    "tests/landscape/test_refusals.py",
    "tests/evaluations/test_real_files.py::test_separate_process",
)
# These judge code, and no mutant of the framework. First: they prove edited tables or
# texts, or read back what they wrote with the same framework.
_EDITED = (
    "tests/scoring/exchange/test_verification",
    "tests/scoring/proofs/test_proofs.py",
    "tests/scoring/proofs/test_laws_of_version_2.py::test_tables_that_break",
    *(
        f"tests/scoring/proofs/test_proofs_of_version_2.py::test_{test}"
        for test in (
            "law_that_is_broken_is_found_with_answers_that_break_it",
            "law_of_one_use_case_is_found_broken_by_an_example",
            "every_law_that_is_proved_is_shown_to_break",
            "law_that_is_broken_is_a_problem_of_the_framework",
        )
    ),
)
# They compare two ways to work out the same with one framework, so they pass with any.
_COMPARED = (
    *(
        f"tests/scoring/proofs/test_proofs_of_version_2.py::test_{test}"
        for test in (
            "formulas_agree_with_the_decision_and_its_advice",
            "rows_that_may_fire_because_measuring_may_not_be_worth_it_do",
            "answers_that_a_row_is_proved_by_are_decided_by_it",
        )
    ),
    *(
        f"tests/scoring/history/test_time_machine.py::test_{test}"
        for test in (
            "verdict_is_that_of_the_whole_assessment",
            "history_misses_no_day",
            "other_version_reads_what_it_asks",
            "own_answer_wins_over_a_computed_one",
            "unknown_model_computes_nothing",
        )
    ),
    "tests/scoring/deciding/test_completeness.py::test_verdict_is_among_the_possible",
    "tests/scoring/test_interviews_of_version_2.py::test_interview_ends_on",
    "tests/scoring/test_interviews_of_version_2.py::test_interviews_end_early",
)
# Laws on random answers: the solver proves most of them for all answers, and what luck
# finds, the tables of examples should find too.
_LUCK = ("tests/scoring/proofs/test_laws_of_version_2.py",)
# They read no rule of it: version 1, the market and prices, or what is imported.
_ELSEWHERE = (
    *(
        f"tests/scoring/history/test_time_machine.py::test_{test}"
        for test in (
            "cause_alone_turns_the_verdict",
            "facts_that_only_turn_it_together_are_all_named",
            "computed_answers",
            "announced_price_is_among_the_days",
        )
    ),
    "tests/scoring/history/test_validity.py::test_cause_fits_its_column",
    "tests/frameworks/test_pinned.py",
    "tests/frameworks/test_proposals.py",
)
OF_CODE_ALONE = (*_EDITED, *_COMPARED, *_LUCK, *_ELSEWHERE)


def verdicts(
    mutants: Sequence[Mutant], processes: int = 2
) -> Iterator[tuple[Mutant, str]]:
    """Yield each mutant with its verdict, in any order.

    A verdict is "survived", "killed by …", "same" or "refused".

    Raises:
        UntestedTreeError: The tests fail without any mutant.
    """
    with ExitStack() as stack:
        trees = []
        for _ in range(processes):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            trees.append(folder / "tree")
            _copy(folder / "tree")
            _compile(folder / "tree")
        reach = _recorded(trees)
        numbered = list(enumerate(mutants))
        told: Queue[tuple[int, str] | None] = Queue()
        pool = stack.enter_context(ThreadPoolExecutor(processes))
        shares = [
            pool.submit(_try, tree, reach, numbered[first::processes], told.put)
            for first, tree in enumerate(trees)
        ]
        left = processes
        while left:
            if found := told.get():
                yield mutants[found[0]], found[1]
            else:
                left -= 1
        for share in shares:
            share.result()


def readiness() -> Readiness:
    """Import the tests in a copy of the tree, with those that are left out there."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder, "tree")
        _copy(tree)
        answer = tree.with_name("answer")
        with _judge(
            tree, "import", ([*map(str, judging_files())], ()), answer
        ) as judge:
            judge.communicate()
        found: Readiness = pickle.loads(answer.read_bytes())  # noqa: S301 - our own
        return found


def _copy(tree: Path) -> None:
    junk = shutil.ignore_patterns("__pycache__")
    for folder in COPIED:
        shutil.copytree(ROOT / folder, tree / folder, ignore=junk)
    shutil.copy(ROOT / "pyproject.toml", tree)


def _compile(tree: Path) -> None:
    # Compiled once, and trusted only where the bytes of the source are the same.
    mode = py_compile.PycInvalidationMode.CHECKED_HASH
    for file in frozenset[Path]().union(*map(needed_by, judging_files())):
        compileall.compile_file(tree / file, quiet=1, invalidation_mode=mode)


def _recorded(trees: Sequence[Path]) -> Path:
    """Run the tests without a mutant; return the file of what each of them reaches."""
    tests = [x for x in map(str, judging_files()) if x not in LEFT_OUT]
    folders = (trees[0] / "audits" / name for name in ("scoring", "frameworks"))
    sources = [
        str(f.relative_to(trees[0])) for x in folders for f in sorted(x.rglob("*.py"))
    ]
    files = [tree.with_name("reach") for tree in trees]
    with ExitStack() as stack:
        for first, (tree, file) in enumerate(zip(trees, files, strict=True)):
            asked = (tests[first :: len(trees)], sources, LEFT_OUT)
            stack.enter_context(_judge(tree, "record", asked, file))
    if not all(file.exists() for file in files):
        raise UntestedTreeError("The tests fail without a change; see above.")
    shares = [pickle.loads(file.read_bytes()) for file in files]  # noqa: S301 - our own
    files[0].write_bytes(pickle.dumps(together(shares)))
    return files[0]


def _try(
    tree: Path,
    reach: Path,
    mutants: Sequence[tuple[int, Mutant]],
    tell: Callable[[tuple[int, str] | None], None],
) -> None:
    left = len(mutants)
    asked = (mutants, LEFT_OUT, OF_CODE_ALONE)
    try:
        with _judge(tree, "try", asked, reach) as judge:
            for line in judge.stdout or ():
                number, verdict = line.rstrip("\n").split(" ", 1)
                tell((int(number), verdict))
                left -= 1
    finally:
        tell(None)
    if left:
        raise UntestedTreeError(f"{left} changes were not tried; see above.")


def _judge(tree: Path, command: str, asked: object, reach: Path) -> Popen[str]:
    question = tree.with_name("asked")
    question.write_bytes(pickle.dumps(asked))
    return Popen(
        [sys.executable, "-m", "tests.mutation.judge", command, question, reach],
        cwd=tree,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        stdout=PIPE,
        text=True,
    )
