"""Reads usage of Anthropic: pages of its usage report for messages.

These are `GET /v1/organizations/usage_report/messages`, tried with the example that
Anthropic publishes, and `GET /v1/organizations/analytics/usage`, tried with pages of
the types of anthropic 2.14.0. Only the second counts requests. Their parts of the input
do not overlap, so they are added up.
"""

from audits.evaluations.formats.fields import Fields
from audits.usage.formats.buckets import Buckets, time_of_text
from audits.usage.formats.json_stream import JsonStream
from audits.usage.rows import Collected, UsageFile

FILE = "Anthropic usage file"
_WRITTEN = ("ephemeral_5m_input_tokens", "ephemeral_1h_input_tokens")
_OVERLAPPING = "rbac_group_id"


def read_anthropic(stream: JsonStream) -> UsageFile:
    """Return the usage of each day and model.

    Raises:
        RefusedUsageError: It counts a person in several groups, or a time twice, or a
            value is missing or wrong.
    """
    found = Collected(FILE)
    buckets = Buckets(FILE, "starting_at", "ending_at", time_of_text)
    for day, result in buckets.read(stream):
        found.count()
        if result.raw(_OVERLAPPING) is not None:
            result.refuse(
                _OVERLAPPING,
                "groups the usage by group, which counts a person in two groups twice",
                "export it grouped by model only, and select that file",
            )
        cached = result.count("cache_read_input_tokens")
        fresh = result.count("uncached_input_tokens")
        found.add(
            day,
            result.maybe_text("model"),
            {
                "requests": result.maybe_count("requests"),
                "input_tokens": fresh + cached + _written(result),
                "cached_tokens": cached,
                "output_tokens": result.count("output_tokens"),
                "cost": None,
            },
        )
    return UsageFile(
        format="Anthropic usage",
        first=buckets.first,
        last=buckets.last,
        missing=buckets.missing,
        rows=found.rows(),
    )


def _written(result: Fields) -> int:
    """Return the tokens that were written to the cache."""
    creation = result.object("cache_creation")
    return sum(creation.count(name) for name in _WRITTEN)
