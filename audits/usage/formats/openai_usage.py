"""Reads usage of OpenAI: pages of `GET /v1/organization/usage/completions`.

Tried with the example that OpenAI publishes, and with pages of the types of openai
2.36.0 and 3.57.0. `input_tokens` includes cached ones. Pages name no price.
"""

from audits.evaluations.formats.fields import Fields
from audits.usage.formats.buckets import Buckets, time_of_seconds
from audits.usage.formats.json_stream import JsonStream
from audits.usage.rows import Collected, UsageFile

FILE = "OpenAI usage file"
KIND = "organization.usage.completions.result"
_OTHERWISE = "export usage of completions, and select that file"


def read_openai(stream: JsonStream) -> UsageFile:
    """Return the usage of each day and model.

    Raises:
        RefusedUsageError: It is of another kind of usage or of cost, counts a time
            twice, or a value is missing or wrong.
    """
    found = Collected(FILE)
    buckets = Buckets(FILE, "start_time", "end_time", time_of_seconds)
    for day, result in buckets.read(stream):
        found.count()
        result.require("object", KIND, _OTHERWISE)
        read, cached = result.count("input_tokens"), _cached(result)
        if cached is not None and cached > read:
            result.refuse("input_cached_tokens", "is more than “input_tokens”")
        found.add(
            day,
            result.maybe_text("model"),
            {
                "requests": result.count("num_model_requests"),
                "input_tokens": read,
                "cached_tokens": cached,
                "output_tokens": result.count("output_tokens"),
                "cost": None,
            },
        )
    return UsageFile(
        format="OpenAI usage",
        first=buckets.first,
        last=buckets.last,
        missing=buckets.missing,
        rows=found.rows(),
    )


def _cached(result: Fields) -> int | None:
    return result.maybe_count("input_cached_tokens")
