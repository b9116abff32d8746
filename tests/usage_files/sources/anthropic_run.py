"""Writes usage with the types of Anthropic's own client: `python anthropic_run.py FILE`.

No account is asked. The client's types say which names and kinds of values a bucket of
`GET /v1/organizations/analytics/usage` has; what they do not know is refused.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from anthropic.types.beta.organization.beta_analytics_usage_report_time_bucket import (
    BetaAnalyticsUsageReportTimeBucket as Bucket,
)

FIRST = datetime(2026, 10, 1, tzinfo=UTC)


def result(number, model):
    return {
        "model": model,
        "uncached_input_tokens": 3000 + number,
        "cache_read_input_tokens": 900 + 2 * number,
        "cache_creation": {
            "ephemeral_5m_input_tokens": 40,
            "ephemeral_1h_input_tokens": number,
        },
        "output_tokens": 600 + number,
        "requests": 21 + number,
        "server_tool_use": {"web_search_requests": 0},
        "product": None,
    }


def bucket(place):
    models = ("claude-haiku-4-5", "claude-opus-4-7")[: 1 + place % 2]
    values = {
        "starting_at": FIRST + timedelta(days=place),
        "ending_at": FIRST + timedelta(days=place + 1),
        "results": [
            result(place + number, model) for number, model in enumerate(models)
        ],
    }
    found = Bucket.model_validate(values)
    assert not found.model_extra
    assert not any(each.model_extra for each in found.results)
    return json.loads(found.to_json(indent=None))


buckets = [bucket(place) for place in range(31)]
page = {"data": buckets, "has_more": False, "next_page": None}
Path(sys.argv[1]).write_text(json.dumps(page))
