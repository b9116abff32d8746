"""A process that shows what was submitted loads no library of prices for it.

That takes most of a second and 26 MB for good, with pydantic and a client of HTTP.
"""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.exchange import document
from audits.scoring.inputs import Inputs
from tests.scoring.costs.worked_decisions import GIVEN
from tests.scoring.twelve_verdicts import ANSWERS, LEVELS

_SHOWN = """
import json
import sys
from datetime import date

import django

django.setup()

from django.template.loader import render_to_string

from audits.frameworks.loading.loader import current
from audits.results.explained import Explained
from audits.scoring.assess_on import inputs_of
from audits.scoring.exchange import document

shown = []
for text in json.load(sys.stdin):
    assessment = document.load_text(text)
    explained = Explained(
        framework=current(),
        assessment=assessment,
        is_draft=False,
        market_on=assessment.on,
        today=date(2026, 11, 29),
        done="",
        happened="",
        source="",
        inputs=inputs_of(assessment, assessment.codes),
        owner="Ada",
    )
    page = render_to_string("results/explained.html", {"explained": explained})
    loaded = [name for name in ("genai_prices", "pydantic") if name in sys.modules]
    shown.append([loaded, page])
print(json.dumps(shown))
"""


type Shown = tuple[list[str], str]


def shown(verdict: str) -> Shown:
    """Return what another process has loaded, and shows, after a result."""
    given = [submitted(verdict)]
    done = subprocess.run(
        [sys.executable, "-c", _SHOWN],
        cwd=Path(settings.BASE_DIR),
        env={
            "SECRET_KEY": settings.SECRET_KEY,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": "sqlite://:memory:",
        },
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    [found] = json.loads(done.stdout)
    loaded, page = found
    return loaded, page


def submitted(verdict: str) -> str:
    answers, day = ANSWERS[verdict], date(2026, 11, 28)
    inputs = Inputs(
        codes=read(current(), answers),
        levels={key: LEVELS[key] for key in answers.keys() & LEVELS},
        numbers=GIVEN,
    )
    return json.dumps(document.dump(assess_on(current(), inputs, day)))


def test_result_with_money_is_shown_without_the_prices_of_models() -> None:
    loaded, page = shown("prompt_long_context")

    assert loaded == []
    assert "US dollars" in page
    assert "What to do next" in page


@pytest.mark.thorough
def test_steps_that_scores_answer_are_decided_without_the_prices_of_models() -> None:
    loaded, page = shown("rag")

    assert loaded == []
    assert "What to do next" in page
