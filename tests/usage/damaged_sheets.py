"""Damaged usage files of the plain CSV format."""

from collections.abc import Callable

HEADINGS = (
    "give it the headings day, model, requests, input, cached input, output, cost"
)
type Damaged = dict[str, tuple[Callable[[], bytes], str]]


def sheet(*rows: str, headings: str = "day,model,requests,input,cached input") -> bytes:
    return "\n".join([headings, *rows, ""]).encode()


def _row(wrong: str) -> str:
    return f"In line 2 of the CSV file, {wrong}."


CSVS: Damaged = {
    "cut-off row": (
        lambda: sheet("2026-09-01,gpt-5,1,10,5", "2026-09-02,gpt-5,1"),
        "In line 3 of the CSV file, there are 3 cells for 5 headings: export the usage "
        "again, or fill in the row.",
    ),
    "LiteLLM with models": (
        lambda: sheet(
            headings="Date,Team,Team ID,Model,Spend ($),Requests,Successful,Failed,"
            "Total Tokens"
        ),
        "The CSV file is LiteLLM's export with models, which adds each key's total to "
        "every model: export the daily activity as JSON, and select that file.",
    ),
    "no day": (
        lambda: sheet("gpt-5,1", headings="model,requests"),
        f"The CSV file has no column “day”: {HEADINGS}, and select that file.",
    ),
    "no amounts": (
        lambda: sheet("2026-09-01,gpt-5", headings="day,model"),
        f"The CSV file has no amounts: {HEADINGS}, and select that file.",
    ),
    "column twice": (
        lambda: sheet(headings="day,date,requests"),
        "The CSV file has the column “date” twice: remove one, and select that file.",
    ),
    "no rows": (
        sheet,
        "The CSV file has no rows below the headings: add one for each day and model, "
        "and select that file.",
    ),
    "another date": (
        lambda: sheet("01/09/2026,gpt-5,1,2,3"),
        _row("“day” is “01/09/2026”: write it like 2026-11-28"),
    ),
    "decimals": (
        lambda: sheet("2026-09-01,gpt-5,1.5,2,3"),
        _row("“1.5” is not a whole number: write it like 40000"),
    ),
    "huge": (
        lambda: sheet("2026-09-01,gpt-5," + "9" * 5000 + ",2,3"),
        _row(f"“{'9' * 200}” is not a whole number: write it like 40000"),
    ),
    "more cached than read": (
        lambda: sheet("2026-09-01,gpt-5,1,2,3"),
        _row("the cached input is more than the input: correct one of them"),
    ),
    "day and model twice": (
        lambda: sheet("2026-09-01,a,1,2,1", "2026-09-01,a,1,2,1"),
        "In line 3 of the CSV file, 1 September 2026 is there again for the same "
        "model, so it may be counted twice: add the rows up.",
    ),
    "cost": (
        lambda: sheet("2026-09-01,$5", headings="day,cost"),
        _row("the cost is “$5”: write it like 12.50"),
    ),
    "currency": (
        lambda: sheet("2026-09-01,5,euros", headings="day,cost,currency"),
        _row("the currency is “euros”: write its code, like EUR"),
    ),
    "two currencies": (
        lambda: sheet(
            "2026-09-01,5,EUR", "2026-09-02,5,USD", headings="day,cost,currency"
        ),
        "The CSV file has costs in 2 currencies: convert them to one, and select that "
        "file.",
    ),
    "not text": (
        lambda: sheet("2026-09-01,a,1,2,1") + b"\xff\n",
        "The CSV file is not text in UTF-8: save it as UTF-8, and select that file.",
    ),
    "open quote": (
        lambda: sheet('2026-09-01,"a,1,2,1'),
        "The CSV file is not CSV in line 2: save it as CSV again, and select that "
        "file.",
    ),
    "years": (
        lambda: sheet("1026-09-01,a,1,2,1", "2026-09-01,a,1,2,1"),
        "The file is about 365,244 days: correct its dates, or export fewer.",
    ),
    "long line": (
        lambda: sheet("2026-09-01," + "a" * 30_000),
        "The CSV file has a line that is too long (2): shorten it, and select that "
        "file.",
    ),
}
