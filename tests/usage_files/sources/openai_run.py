"""Writes pages of usage with the types of OpenAI's own client: `python openai_run.py FILE`.

No account is asked. The client's types say which names and kinds of values a page has;
what they do not know is refused.
"""

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from openai.types.admin.organization import UsageCompletionsResponse
from openai.types.admin.organization.usage_completions_response import (
    Data,
)
from openai.types.admin.organization.usage_completions_response import (
    DataResultOrganizationUsageCompletionsResult as Result,
)

FIRST = date(2026, 9, 28)
KIND = "organization.usage.completions.result"


def second(day):
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def result(number, model):
    found = Result.model_validate(
        {
            "object": KIND,
            "input_tokens": 5000 + 100 * number,
            "input_cached_tokens": 1200 + number,
            "output_tokens": 700 + number,
            "num_model_requests": 11 + number,
            "model": model,
            "project_id": None,
            "batch": False,
        },
        strict=True,
    )
    assert not found.model_extra
    return found


def bucket(place):
    day = FIRST + timedelta(days=place)
    models = (
        []
        if day.weekday() == 6
        else ["gpt-5-2025-08-07", "gpt-4.1-mini-2025-04-14"][: 1 + place % 2]
    )
    return Data(
        object="bucket",
        start_time=second(day),
        end_time=second(day + timedelta(days=1)),
        results=[result(place + number, model) for number, model in enumerate(models)],
    )


def page(first, last, following):
    return UsageCompletionsResponse(
        object="page",
        data=[bucket(place) for place in range(first, last)],
        has_more=following is not None,
        next_page=following,
    )


# Two pages, one after another, as a person saves them: a whole October.
pages = [page(0, 31, "page_AAAAAGcqsYA="), page(31, 37, None)]
Path(sys.argv[1]).write_text("\n".join(each.to_json(indent=None) for each in pages))
