"""The mutation check: `python -m tests.mutation` changes one thing at a time.

Each change is made in a copy of the tree, and the fast, pure tests are run there. A
change that no test notices survives, and is printed with its file and line: either a
test is missing, or the change means the same.
"""

import random
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterator

from audits.frameworks.loader import PACKS, current
from tests.mutation.framework_mutants import framework_mutants
from tests.mutation.mutants import Mutant
from tests.mutation.python_mutants import python_mutants
from tests.mutation.trials import ROOT, survivors

MODULES = (
    *sorted((ROOT / "audits" / "scoring").rglob("*.py")),
    ROOT / "audits" / "frameworks" / "evaluation.py",
    ROOT / "audits" / "frameworks" / "flow.py",
)
FRAMEWORK = PACKS / "fine_tuning" / "v1.yaml"


def every_mutant() -> Iterator[Mutant]:
    for module in MODULES:
        name = str(module.relative_to(ROOT))
        yield from python_mutants(name, module.read_bytes())
    name = str(FRAMEWORK.relative_to(ROOT))
    yield from framework_mutants(name, FRAMEWORK.read_bytes(), current())


def main() -> None:
    parser = ArgumentParser(
        prog="python -m tests.mutation",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--sample", type=int, metavar="N", help="try only N changes")
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="of the sample"
    )
    parser.add_argument(
        "--only", action="append", metavar="TEXT", help="only files with it in the name"
    )
    parser.add_argument("--count", action="store_true", help="count them, try none")
    given = parser.parse_args()
    only = given.only or [""]
    mutants = [m for m in every_mutant() if any(text in m.file for text in only)]
    say = sys.stdout.write
    say(f"{len(mutants)} changes in {len({m.file for m in mutants})} files\n")
    if given.count:
        return
    if given.sample is not None and given.sample < len(mutants):
        chance = random.Random(given.seed)  # noqa: S311 - no secret
        mutants = chance.sample(mutants, given.sample)
    lived = []
    for mutant, survived in survivors(mutants):
        say(f"{'survived' if survived else 'killed  '} {mutant}\n")
        sys.stdout.flush()
        lived += [mutant] if survived else []
    killed = len(mutants) - len(lived)
    share = 100 * killed / len(mutants) if mutants else 100
    say(f"\nkilled {killed} of {len(mutants)} ({share:.1f} %)\n")
    for mutant in sorted(lived, key=lambda m: (m.file, m.start)):
        say(f"survived {mutant}\n")


if __name__ == "__main__":
    main()
