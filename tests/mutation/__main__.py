"""The mutation check: `python -m tests.mutation` changes one thing at a time.

Each change is made in a copy of the tree, and the fast, pure tests are run there. A
change that no test notices survives, and is printed with its file and line: either a
test is missing, or the change means the same. A change of the framework that the solver
proves to mean the same is not tried; below one that survives is a row for
`tests/scoring/deciding/rules_of_version_2.jsonl` that shows it.
"""

import random
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterator, Sequence
from pathlib import Path

from audits.frameworks.loading.loader import PACKS, load
from tests.mutation.framework_mutants import framework_mutants
from tests.mutation.judges import ROOT
from tests.mutation.mutants import Mutant
from tests.mutation.python_mutants import python_mutants
from tests.mutation.trials import verdicts

MODULES = (
    *sorted((ROOT / "audits" / "scoring").rglob("*.py")),
    *(
        ROOT / "audits" / "frameworks" / f"{name}.py"
        for name in (
            *("answer_tests", "chances", "evaluation"),
            *("expressions", "answering/flow", "readers"),
        )
    ),
)
VERDICTS = ("killed", "survived", "same", "refused")
FRAMEWORK = PACKS / "fine_tuning" / "v2.yaml"


def mutants_of(file: Path) -> Iterator[Mutant]:
    name = str(file.relative_to(ROOT))
    if file == FRAMEWORK:
        yield from framework_mutants(name, file.read_bytes(), load(file))
    else:
        yield from python_mutants(name, file.read_bytes())


def sample(mutants: Sequence[Mutant], size: int, seed: int) -> list[Mutant]:
    """Return so many of them, or all; equal seeds give equal ones."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    return chance.sample(mutants, min(size, len(mutants)))


def main() -> None:
    parser = ArgumentParser(
        prog="python -m tests.mutation",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--sample", type=int, metavar="N", help="try only N changes")
    parser.add_argument(
        "--seed", type=int, metavar="S", help="of the sample; by chance unless given"
    )
    parser.add_argument(
        "--only", action="append", metavar="TEXT", help="only files with it in the name"
    )
    parser.add_argument(
        "--processes", type=int, default=2, metavar="N", help="that try at a time"
    )
    parser.add_argument("--count", action="store_true", help="count them, try none")
    given = parser.parse_args()
    only = given.only or [""]
    files = [f for f in (*MODULES, FRAMEWORK) if any(x in str(f) for x in only)]
    mutants = [mutant for file in files for mutant in mutants_of(file)]
    say = sys.stdout.write
    say(f"{len(mutants)} changes in {len({m.file for m in mutants})} files\n")
    if given.count:
        return
    if given.sample is not None:
        seed = random.randrange(10**6) if given.seed is None else given.seed  # noqa: S311
        mutants = sample(mutants, given.sample, seed)
        say(f"{len(mutants)} of them are tried, seed {seed}\n")
    found: dict[str, list[tuple[Mutant, str]]] = {name: [] for name in VERDICTS}
    for mutant, verdict in verdicts(mutants, given.processes):
        name, _, shown = verdict.partition(" ")
        say(f"{verdict if name == 'killed' else name} {mutant}\n")
        sys.stdout.flush()
        found[name].append((mutant, shown))
    killed, lived = found["killed"], found["survived"]
    tried = len(killed) + len(lived)
    share = 100 * len(killed) / tried if tried else 100
    say(f"\nkilled {len(killed)} of {tried} ({share:.1f} %); ")
    say(f"{len(found['same'])} mean the same, {len(found['refused'])} are refused\n")
    for mutant, shown in sorted(lived, key=lambda each: (each[0].file, each[0].start)):
        say(f"survived {mutant}\n")
        if shown:
            say(f"    {shown}\n")


if __name__ == "__main__":
    main()
