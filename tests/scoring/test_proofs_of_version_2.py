"""Version 2 keeps its laws; edited tables that break one are found out."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
import z3

from audits.frameworks import flow
from audits.frameworks.evaluation import Code
from audits.frameworks.loader import PACKS, load, published
from audits.frameworks.questions import UNKNOWN
from audits.scoring.advice import advice
from audits.scoring.circumstances import Circumstances, MarketValue
from audits.scoring.decision import decide
from audits.scoring.proofs import laws
from audits.scoring.proofs.advised import Advised
from audits.scoring.proofs.given import is_true
from audits.scoring.proofs.model import Example, Model
from audits.scoring.proofs.proving import problems
from tests.scoring.version_2_sets import drawn

FRAMEWORK = published("fine_tuning", 2)
PACK = (PACKS / "fine_tuning" / "v2.yaml").read_text(encoding="utf-8")
TRAINED = ("train_small_part", "distil", "fine_tune", "fine_tune_after_mlops")


def test_everything_in_version_2_can_come_about_and_its_laws_hold() -> None:
    assert problems(FRAMEWORK) == ()


# An edit of the tables for each law, and what was wrong with it.
BREAKING = [
    pytest.param(
        "S2",
        "in: [fails_unconstrained, fails_constrained]}, {question: domain_evidence",
        "in: [fails_constrained]}, {question: domain_evidence",
        id="gates-hidden-where-a-reason-can-stand",
    ),
    pytest.param(
        "S2",
        "unless: {fact: checkable}, sources: [art_sense]}\n"
        "  - {id: platform_unavailable",
        "sources: [art_sense]}\n  - {id: platform_unavailable",
        id="nothing-breaks-by-itself",
        marks=pytest.mark.xfail(strict=True, reason="A blocker without a way out."),
    ),
    pytest.param(
        "S2",
        "{question: example_quality, in: [inconsistent]}, unless: {fact: checkable}",
        "{all: [{question: example_quality, in: [inconsistent]}, "
        "{not: {fact: checkable}}]}",
        id="blocker-lifted-by-a-blank",
    ),
    pytest.param(
        "S3",
        "{all: [{fact: small_part}, {lacks: state, in: [live_tuned]}]}]}, sources",
        "{fact: small_part}]}, sources",
        id="gate-waived-where-the-base-ends",
    ),
]
