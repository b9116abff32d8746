"""Damaged usage files of the plain CSV format."""

from collections.abc import Callable

HEADINGS = (
    "give it the headings day, model, requests, input, cached input, output, cost"
)
NO_MARKS = (
    "write numbers without marks between thousands, like 40000, and costs with two "
    "decimals"
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
    "comma inside a number without quotes": (
        lambda: sheet("2026-09-01,gpt-5,1,260,50,5"),
        "In line 2 of the CSV file, there are 6 cells for 5 headings: put each number "
        "with a comma in quotes, like “1,260.50”.",
    ),
    "LiteLLM with models": (
        lambda: sheet(
            headings="Date,Team,Team ID,Model,Spend ($),Requests,Successful,Failed,"
            "Total Tokens"
        ),
        "The CSV file is LiteLLM’s export with models, which adds each key’s total to "
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
        lambda: sheet("soon,gpt-5,1,3,2"),
        _row("“day” is “soon”: write it like 2026-11-28"),
    ),
    "no such day": (
        lambda: sheet("13/13/2026,gpt-5,1,3,2"),
        _row("“day” is “13/13/2026”: write it like 2026-11-28"),
    ),
    "days of unknown order": (
        lambda: sheet("01/09/2026,a,1,3,2", "02/09/2026,a,1,3,2", "soon,a,1,3,2"),
        "The CSV file has 3 faults: in line 2, “01/09/2026” may be two days, because "
        "no day in the file is after the 12th and tells which number is the month, and "
        "line 3 is like it: write the days like 2026-11-28; in line 4, “day” is "
        "“soon”: write it like 2026-11-28.",
    ),
    "days of two orders": (
        lambda: sheet("29.10.2026,a,1,3,2", "10/30/2026,a,1,3,2"),
        "The CSV file has 2 faults: it writes days in two ways, such as “29.10.2026” "
        "and “10/30/2026”: write all days alike; in line 3, “day” is “10/30/2026”: "
        "write it like 2026-11-28.",
    ),
    "decimals": (
        lambda: sheet("2026-09-01,gpt-5,1.5,3,2"),
        _row("“1.5” is not a whole number: write it like 40000"),
    ),
    "huge": (
        lambda: sheet("2026-09-01,gpt-5," + "9" * 5000 + ",3,2"),
        _row(f"“{'9' * 200}” is not a whole number: write it like 40000"),
    ),
    "two readings of a count": (
        lambda: sheet('2026-09-01,gpt-5,"7,715",900,2'),
        _row(f"“7,715” may be 7715 or 7.715: {NO_MARKS}"),
    ),
    "two readings of a cost": (
        lambda: sheet("2026-09-01;$1.234", headings="day;cost"),
        _row(f"“$1.234” may be 1234 or 1.234: {NO_MARKS}"),
    ),
    "numbers of two kinds": (
        lambda: sheet('2026-09-01,"7,715,979","19,79"', headings="day,requests,cost"),
        "The CSV file writes numbers in two ways, such as “7,715,979” and “19,79”: "
        "write all numbers alike.",
    ),
    "many faults": (
        lambda: sheet(
            *(f"{n}.10.26,a,x,3,4" for n in range(1, 8)), "2026-09-01,a,7,7,7,,"
        ),
        "The CSV file has 21 faults: in line 2, “day” is “1.10.26”, and lines 3, 4, 5 "
        "and 3 more are like it: write it like 2026-11-28; in line 2, “x” is not a "
        "whole number, and lines 3, 4, 5 and 3 more are like it: write it like 40000; "
        "in line 2, the cached input is more than the input, and lines 3, 4, 5 and 3 "
        "more are like it: correct one of them.",
    ),
    "total of something else": (
        lambda: sheet("2026-09-01,a,7,9,2", "2026-09-02,a,7,9,2", "Total,,15,18,4"),
        "In line 4 of the CSV file, the total of “requests” is 15, and the rows add up "
        "to 14: correct the rows, or remove the row of totals.",
    ),
    "total in the middle": (
        lambda: sheet("2026-09-01,a,7,9,2", "Total,,7,9,2", "2026-09-02,a,7,9,2"),
        "In line 3 of the CSV file, “day” is “Total”: write it like 2026-11-28.",
    ),
    "a total alone": (
        lambda: sheet("Total,,7,9,2"),
        "The CSV file has no rows below the headings: add one for each day and model, "
        "and select that file.",
    ),
    "more cached than read": (
        lambda: sheet("2026-09-01,gpt-5,1,2,3"),
        _row("the cached input is more than the input: correct one of them"),
    ),
    "day and model twice": (
        lambda: sheet("2026-09-01,a,1,2,1", "2026-09-01,a,1,2,1"),
        "In line 3 of the CSV file, 1 September 2026 is there again for the same "
        "model, so it may be counted twice: delete the copy, or add them up if "
        "both are real.",
    ),
    "cost": (
        lambda: sheet("2026-09-01,about 5", headings="day,cost"),
        _row("the cost is “about 5”: write it like 12.50"),
    ),
    "credit above the cost of its month": (
        lambda: sheet("2026-09-30,4", "2026-09-29,-5", headings="day,cost"),
        "In line 3 of the CSV file, the credit is more than its model costs in "
        "September 2026: date it in the month of the bill that it lowers, or leave it "
        "out.",
    ),
    "credit of a month without usage": (
        lambda: sheet("2026-09-30,9", "2026-10-01,-5", headings="day,cost"),
        "In line 3 of the CSV file, the credit is more than its model costs in "
        "October 2026: date it in the month of the bill that it lowers, or leave it "
        "out.",
    ),
    "credit of one of two models": (
        lambda: sheet(
            *("2026-09-01,a,9", "2026-09-01,b,9", "2026-09-30,,-5"),
            headings="day,model,cost",
        ),
        "In line 4 of the CSV file, the credit names no model, and the file has "
        "several: name the model that it is for.",
    ),
    "credit that is there twice": (
        lambda: sheet(
            *("2026-09-01,a,9", "2026-09-30,a,-2", "2026-09-30,a,-2"),
            headings="day,model,cost",
        ),
        "In line 4 of the CSV file, 30 September 2026 is there again for the same "
        "model, so it may be counted twice: delete the copy, or add them up if "
        "both are real.",
    ),
    "two models without a column for them": (
        lambda: sheet("2026-09-01,4", "2026-09-01,5", headings="day,requests"),
        "In line 3 of the CSV file, 1 September 2026 is there again, and no column "
        "names the model: add the column “model”, or add up the rows of a day.",
    ),
    "count below 0": (
        lambda: sheet("2026-09-01,gpt-5,−240,3,2", "2026-09-02,gpt-5,1.5,-3,2"),
        "The CSV file has 3 faults: in line 2, “−240” is negative: write 0 or more, or "
        "leave the cell empty; in line 3, “1.5” is not a whole number: write it like "
        "40000; in line 3, “-3” is negative: write 0 or more, or leave the cell empty.",
    ),
    "separator of another kind": (
        lambda: b"sep=|\nday|requests\n2026-09-01|4\n",
        "The CSV file names another separator than , ; or a tab: save it with one, and "
        "select that file.",
    ),
    "unit that is no currency": (
        lambda: sheet("2026-09-01,5", headings="day,cost (avg)"),
        f"The CSV file has no amounts: {HEADINGS}, and select that file.",
    ),
    "sign of another currency than the heading": (
        lambda: sheet("2026-09-01,€5", headings="day,Cost (USD)"),
        _row("the cost is in “€” and the currency is “USD”: correct one of them"),
    ),
    "cost of two signs": (
        lambda: sheet("2026-09-01,$5 EUR", headings="day,cost"),
        _row("the cost is “$5 EUR”: write it like 12.50"),
    ),
    "sign of another currency": (
        lambda: sheet("2026-09-01,€5,USD", headings="day,cost,currency"),
        _row("the cost is in “€” and the currency is “USD”: correct one of them"),
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
        lambda: sheet("2000-09-01,a,1,2,1", "2026-09-01,a,1,2,1"),
        "The file is about 9,497 days: correct its dates, or export fewer.",
    ),
    "long line": (
        lambda: sheet("2026-09-01," + "a" * 30_000),
        "The CSV file has a line that is too long (2): shorten it, and select that "
        "file.",
    ),
}
