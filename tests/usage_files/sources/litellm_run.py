"""Lets LiteLLM make its daily activity of made-up rows: `python litellm_run.py FOLDER`.

LiteLLM's own function reads the rows of a made-up database, adds them up and answers as
its address does. Three models were used by two teams in 33 days; one of the requests
had two tags.
"""

import asyncio
import json
import sys
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

from litellm.proxy.management_endpoints import common_daily_activity as activity

FIRST = date(2026, 8, 31)
DAYS = 33
# As the address of teams adds it.
NAMED = {"support": {"team_alias": "Support"}, "sales": {"team_alias": "Sales"}}
MODELS = (
    ("gpt-5", "openai"),
    ("claude-haiku-4-5-20251001", "anthropic"),
    ("gpt-4.1-mini", "openai"),
)


def row(day, number, **own):
    model, provider = MODELS[number % 3]
    requests = 40 + number
    prompt = 900 * requests + number
    names = {
        "date": day.isoformat(),
        "api_key": "key",
        "model": model,
        "model_group": model,
        "custom_llm_provider": provider,
        "endpoint": "/chat/completions",
        "mcp_namespaced_tool_name": None,
        "prompt_tokens": prompt,
        "completion_tokens": 70 * requests,
        "cache_read_input_tokens": prompt // 3,
        "cache_creation_input_tokens": 0,
        "spend": round(0.0021 * requests + 0.0001 * number, 6),
        "api_requests": requests,
        "successful_requests": requests - (number % 5 == 0),
        "failed_requests": int(number % 5 == 0),
    }
    return Row({**names, **own})


class Row(SimpleNamespace):
    """A row of which every column that is not made up is empty."""

    def __init__(self, values):
        super().__init__(**values)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)


class Table:
    def __init__(self, rows):
        self.rows = rows

    async def count(self, where):
        return len(self.rows)

    async def find_many(self, where=None, order=None, skip=0, take=None, **_):
        rows = sorted(self.rows, key=lambda row: getattr(row, "date", ""), reverse=True)
        return rows[skip : skip + take] if take else rows


def client(rows, table):
    tables = {table: Table(rows), "litellm_verificationtoken": Table([])}
    tables["litellm_deletedverificationtoken"] = Table([])
    return SimpleNamespace(db=SimpleNamespace(**tables))


async def answered(rows, table, field, page_size=1000, named=None, **own):
    return await activity.get_daily_activity(
        prisma_client=client(rows, table),
        table_name=table,
        entity_id_field=field,
        entity_id=None,
        entity_metadata_field=named,
        start_date=FIRST.isoformat(),
        end_date=(FIRST + timedelta(days=DAYS - 1)).isoformat(),
        model=None,
        api_key=None,
        page=1,
        page_size=page_size,
        **own,
    )


def write(name, answer):
    text = json.dumps(json.loads(answer.model_dump_json()))
    Path(sys.argv[1], name).write_text(text)


async def main():
    team, tag = "litellm_dailyteamspend", "litellm_dailytagspend"
    # No activity on a Sunday; on the last day, requests that name no model.
    days = [FIRST + timedelta(days=n) for n in range(DAYS)]
    rows = [
        row(day, number, team_id=("support", "sales")[place % 2])
        for place, day in enumerate(days)
        if day.weekday() != 6
        for number in range(place % 3, place % 3 + 1 + place % 2)
    ]
    rows.append(
        row(
            days[-1],
            1,
            team_id="support",
            model=None,
            model_group=None,
            prompt_tokens=0,
            completion_tokens=0,
            cache_read_input_tokens=0,
            spend=0.0,
            api_requests=2,
            successful_requests=0,
            failed_requests=2,
        )
    )
    write("team.json", await answered(rows, team, "team_id", named=NAMED))
    write("page.json", await answered(rows, team, "team_id", page_size=3, named=NAMED))
    tagged = [
        row(
            FIRST,
            1,
            tag=name,
            request_id="one",
            api_requests=1,
            successful_requests=1,
            failed_requests=0,
        )
        for name in ("support", "night")
    ]
    own = {"metadata_metrics_func": activity.compute_tag_metadata_totals}
    write("tags.json", await answered(tagged, tag, "tag", **own))
    write("tag.json", await answered(tagged[:1], tag, "tag", **own))


asyncio.run(main())
