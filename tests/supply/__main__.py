"""Checks what Attune is made of: `python -m tests.supply [STEP...]`."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.supply import advisories, licences, requirements, vendored
from tests.supply.bill_of_materials import bill_of_materials, invalid

ROOT = Path(__file__).parent.parent.parent
BILL = ROOT / "var" / "sbom.cdx.json"


def check_requirements() -> Iterable[str]:
    return requirements.problems(ROOT)


def check_licences() -> Iterable[str]:
    policy = licences.Policy.read(ROOT)
    yield from licences.problems(_pinned(), policy)
    yield from vendored.problems(ROOT, policy)


def write_bill_of_materials() -> Iterable[str]:
    bill = bill_of_materials(ROOT, _pinned(), licences.Policy.read(ROOT))
    if problem := invalid(bill):
        return [problem]
    BILL.parent.mkdir(exist_ok=True)
    BILL.write_text(bill, "utf-8")
    sys.stdout.write(f"sbom: written to {BILL.relative_to(ROOT)}\n")
    return []


def check_advisories() -> Iterable[str]:
    answer = advisories.ask(ROOT)
    if answer == advisories.UNREACHABLE:
        sys.stdout.write(
            "advisories: not checked: the advisory data cannot be reached from here\n"
        )
    return answer.problems


STEPS: dict[str, Callable[[], Iterable[str]]] = {
    "requirements": check_requirements,
    "licences": check_licences,
    "sbom": write_bill_of_materials,
    "advisories": check_advisories,
}


def _pinned() -> list[requirements.Pin]:
    return requirements.pins(ROOT / "requirements.txt")


def main() -> int:
    names = sys.argv[1:] or list(STEPS)
    if unknown := set(names) - STEPS.keys():
        sys.stderr.write(
            f"no step {', '.join(unknown)}; there are {', '.join(STEPS)}\n"
        )
        return 2
    problems = [f"{name}: {problem}" for name in names for problem in STEPS[name]()]
    sys.stderr.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
