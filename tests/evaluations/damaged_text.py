"""Damaged texts: files that are no results at all, JSON, and CSV."""

from random import Random

from tests.evaluations.damaged import (
    AGAIN,
    DEEPEVAL,
    GOOD_CSV,
    PROMPTFOO,
    SELECT,
    Damaged,
    million_rows,
    twice,
)
from tests.evaluations.made_files import raw

NOISE = Random(7).randbytes(3_000)  # noqa: S311 - no secret is made of it

# What each file is, how it is made, and the sentence.
TEXTS: Damaged = {
    "empty": (
        lambda: b"",
        f"The file is empty: {SELECT}",
    ),
    "white space": (
        lambda: b" \n\t" * 400,
        f"The file is empty: {SELECT}",
    ),
    "picture": (
        lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        f"The file is not text: {SELECT}",
    ),
    "PDF": (
        lambda: b"%PDF-1.7\n" + bytes(200),
        f"The file is not text: {SELECT}",
    ),
    "random bytes": (
        lambda: NOISE,
        f"The file is not text: {SELECT}",
    ),
    "25 MB": (
        lambda: b"{" + b" " * 25_000_000,
        "The file is larger than 25 MB: export the results without prompts "
        "and answers, or one file a candidate, or make a CSV file with the columns "
        "case, candidate and passed or score, or with a column for each candidate.",
    ),
    "JSON in UTF-16": (
        lambda: raw(PROMPTFOO).decode().encode("utf-16"),
        "The JSON file is in UTF-16: save it as UTF-8, and select it again.",
    ),
    "JSON in Latin-1": (
        lambda: b'{"name": "caf\xe9", ' + raw(PROMPTFOO)[1:],
        "The JSON file is not text in UTF-8 (byte 14): save it as UTF-8, and select it "
        "again.",
    ),
    "cut off JSON": (
        lambda: raw(PROMPTFOO)[:20],
        f"The JSON file is cut off or not JSON (line 1, character 11): {AGAIN}",
    ),
    "JSON of no tool": (
        lambda: b'{"answer": 42}',
        f"The JSON file is from a tool that Attune does not know: {SELECT}",
    ),
    "JSON list": (
        lambda: b"[1, 2]",
        f"The JSON file is from a tool that Attune does not know: {SELECT}",
    ),
    "10,000 deep": (
        lambda: b"[" * 10_000 + b"]" * 10_000,
        "The JSON file is nested more than 64 deep: export the results "
        "again without other data, and select that file.",
    ),
    "10,000 deep in a field": (
        lambda: b'{"testCases": ' + b'{"a":' * 10_000 + b"1" + b"}" * 10_001,
        "The JSON file is nested more than 64 deep: export the results "
        "again without other data, and select that file.",
    ),
    "million brackets that never close": (
        lambda: b'{"a":' * 1_000_000,
        "The JSON file is nested more than 64 deep: export the results "
        "again without other data, and select that file.",
    ),
    "name twice": (
        lambda: twice(PROMPTFOO, '"testPassCount":'),
        f'The JSON file has the name "testPassCount" twice in one object: {AGAIN}',
    ),
    "number of a million digits": (
        lambda: raw(PROMPTFOO).replace(
            b'"version":3', b'"version":' + b"9" * 1_000_000
        ),
        f"The JSON file has a number of 1,000,000 digits: {AGAIN}",
    ),
    "two objects": (
        lambda: raw(DEEPEVAL) + raw(DEEPEVAL),
        f"The JSON file is cut off or not JSON (line 2, character 1): {AGAIN}",
    ),
    "CSV: no case": (
        lambda: b"candidate,passed\nx,yes\n",
        "The CSV file has no column “case”: give it the headings “case”, "
        "“candidate”, and “passed” or “score”, or a row for each case with a column "
        "for each of two or more candidates.",
    ),
    "CSV: no candidate": (
        lambda: b"case,passed\na,yes\n",
        "The CSV file has no column “candidate”: give it the headings "
        "“case”, “candidate”, and “passed” or “score”, or a row for each case with a "
        "column for each of two or more candidates.",
    ),
    "CSV: neither passed nor score": (
        lambda: b"case,candidate\na,x\n",
        "The CSV file has neither a column “passed” nor “score”: give it "
        "the headings “case”, “candidate”, and “passed” or “score”, or a row for each "
        "case with a column for each of two or more candidates.",
    ),
    "CSV: no rows": (
        lambda: b"case,candidate,passed\n",
        "The CSV file has no rows below the headings: add one for each case"
        " and candidate.",
    ),
    "CSV: case twice": (
        lambda: GOOD_CSV + b"a,x,no\n",
        "The CSV file has the case “a” 2 times for the candidate “x”: keep "
        "one row for each case, and select the file again.",
    ),
    "CSV: column twice": (
        lambda: b"case,candidate,pass,passed\na,x,yes,no\n",
        "The CSV file has the heading “passed” twice: remove one, and select it again.",
    ),
    "CSV: perhaps": (
        lambda: b"case,candidate,passed\na,x,perhaps\n",
        "In line 2 of the CSV file, “passed” is “perhaps”: write yes, no or error.",
    ),
    "CSV: NaN": (
        lambda: b"case,candidate,score\na,x,nan\n",
        "In line 2 of the CSV file, “score” is “nan”: write a number such as 0.75.",
    ),
    "CSV: 1e999": (
        lambda: b"case,candidate,score\na,x,1e999\n",
        "In line 2 of the CSV file, “score” is “1e999”: write a number such as 0.75.",
    ),
    "CSV: empty candidate": (
        lambda: b"case,candidate,passed\na,,yes\n",
        "In line 2 of the CSV file, “candidate” is empty: fill it in.",
    ),
    "CSV: many faults": (
        lambda: (
            b"case,candidate,passed\na,,yes\n,x,perhaps\n"
            + b"".join(b"c%d,x,often\n" % number for number in range(6))
        ),
        "The CSV file has 9 faults: in line 2, “candidate” is empty: fill it in; "
        "in line 3, “case” is empty: fill it in; in line 3, “passed” is “perhaps”, and "
        "lines 4, 5, 6 and 3 more are like it: write yes, no or error.",
    ),
    "CSV: score of two readings": (
        lambda: b"case;candidate;score\na;x;1,000\n",
        "In line 2 of the CSV file, “score” is “1,000”, which may be two numbers: "
        "write a number such as 0.75.",
    ),
    "CSV: scores of two kinds": (
        lambda: b"case;candidate;score\na;x;85%\nb;x;0.9\n",
        "The CSV file has scores with a percent sign and scores without one: write all "
        "scores alike.",
    ),
    "CSV: points and commas": (
        lambda: b"case;candidate;score\na;x;0,85\nb;x;0.9\n",
        "The CSV file writes numbers in two ways, such as “0.9” and “0,85”: write all "
        "numbers alike.",
    ),
    "CSV: row of totals": (
        lambda: GOOD_CSV + b"Total,,12\n",
        "In line 3 of the CSV file, “Total” adds up others: remove that row.",
    ),
    "CSV: Latin-1": (
        lambda: GOOD_CSV + b"caf\xe9,x,no\n",
        "The CSV file cannot be read: line 3 is not text in UTF-8; save the"
        " file as “CSV UTF-8”, and select it again.",
    ),
    "CSV: quotation mark left open": (
        lambda: GOOD_CSV + b'"b,x,no\n',
        "The CSV file cannot be read: line 3 is not CSV: a quotation mark "
        "is not closed, or is in the middle of a cell; save the file as CSV"
        " again.",
    ),
    "CSV: line of 2 MB": (
        lambda: GOOD_CSV + b"b" * 2_000_000,
        "The CSV file cannot be read: line 3 has more than 500,000 characters, "
        "or a cell of more than 32,767; look for a quotation mark that is not "
        "closed, and save the file as CSV again.",
    ),
    "CSV: zero byte in UTF-16": (
        lambda: (
            b"\xff\xfe" + "case,candidate,passed\na\x00,x,yes\n".encode("utf-16-le")
        ),
        "The CSV file cannot be read: line 2 has a character that is not "
        "text; save the file as CSV again.",
    ),
    "CSV: a million rows": (
        million_rows,
        "The CSV file has more than 100,000 rows: split it.",
    ),
    "CSV: 201 candidates": (
        lambda: (
            b"case,candidate,passed\n" + b"".join(b"a,%d,no\n" % n for n in range(201))
        ),
        "The CSV file has more than 200 candidates: split it.",
    ),
    "JSON: 8 million objects": (
        lambda: b'{"testCases":[' + b"{}," * 8_000_000 + b"{}]}",
        "“testCases” in the DeepEval file has 8,000,001 entries, not 1 to "
        f"100,000: {AGAIN}",
    ),
    "CSV: commands in a name": (
        lambda: b"case,candidate,passed\na,x,\x1b[2Jmaybe\n",
        "In line 2 of the CSV file, “passed” is “�[2jmaybe”: write yes, no or error.",
    ),
}
