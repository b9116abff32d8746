"""Writes the scores that the method page tells: `python -m tests.verdicts.stored`."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from audits.frameworks.answering import answers, flow
from audits.frameworks.loading import loader
from audits.frameworks.schema import Framework
from audits.scoring import assess
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.decision import Decision, decide
from tests.verdicts.agreement import FRAMEWORK, actions_said, batches, cases_of

FILE = Path(__file__).parents[2] / "audits" / "method" / "scores.yaml"
_HEAD = "# Written by `python -m tests.verdicts.stored`; a test compares.\n"


def text() -> str:
    """Return the file, with a line for each case."""
    parts = {"judged": _judged(), "shipped": _shipped()}
    lines = (
        f"{name}:\n" + "".join(f"  - {_line(case)}\n" for case in cases)
        for name, cases in parts.items()
    )
    return _HEAD + "".join(lines)


def shipped_cases(version: int) -> dict[str, dict[str, Any]]:
    """Return the cases that ship with a version, by id."""
    file = loader.PACKS / "fine_tuning" / f"v{version}.cases.jsonl"
    cases = map(json.loads, file.read_text("utf-8").splitlines())
    return {case["id"]: case for case in cases}


def _line(case: Mapping[str, Any]) -> str:
    # Pages write the apostrophe as people print it.
    return json.dumps(case, ensure_ascii=False).replace("'", "\u2019")


def _judged() -> Iterator[dict[str, Any]]:
    for batch in batches():
        for case in cases_of(batch):
            under = Circumstances(levels=case["levels"], unmarked="documented")
            decision = _decision(FRAMEWORK, case, under)
            said = actions_said(case)
            agrees = {x: bool(said & {*case[x]["acceptable"]}) for x in _EXPERTS}
            yield {
                "id": case["id"],
                "title": case["title"],
                "batch": batch,
                "verdict": decision.verdict,
                "rule": decision.verdict_rule.id,
                **{x: case[x]["acceptable"] for x in _EXPERTS},
                **{f"{x}_agrees": value for x, value in agrees.items()},
                **({} if all(agrees.values()) else _missed(case, under)),
            }


def _missed(case: Mapping[str, Any], under: Circumstances) -> dict[str, Any]:
    codes = answers.read(FRAMEWORK, case["facts"])
    trace = assess(FRAMEWORK, codes, under).trace
    by_standing = {
        name: [x.id for x in trace.reasons if x.standing == standing]
        for name, standing in (("hold", "measured"), ("unknown", "unknown"))
    }
    fired = [step.id for step in trace.blockers if step.outcome == "fired"]
    return {**by_standing, "blocked": fired, "note": case["note"]}


_EXPERTS = ("first", "second")


def _shipped() -> Iterator[dict[str, Any]]:
    first, second = (loader.published("fine_tuning", n) for n in (1, 2))
    old = shipped_cases(1)
    for name, case in shipped_cases(2).items():
        before = _decision(first, old[name], Circumstances()).verdict
        levels, level = case.get("levels", {}), case["default_level"]
        under = Circumstances(levels=levels, unmarked=level)
        accepted = old[name]["acceptable_verdicts"]
        yield {
            "id": name,
            "title": case["title"],
            "before": before,
            "now": _decision(second, case, under).verdict,
            "accepted": accepted,
            "agreed_before": before in accepted,
            **({"differs": case["differs"]} if "differs" in case else {}),
        }


def _decision(
    framework: Framework, case: Mapping[str, Any], under: Circumstances
) -> Decision:
    asked = framework.question_by_id
    facts = {q: x for q, x in case["facts"].items() if q in asked}
    codes = flow.relevant(framework, answers.read(framework, facts))
    return decide(framework, codes, under)


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
