"""The numbers that several examples give: 100,000 calls a month with a long prefix."""

CALLS = {
    "requests": "100000",
    "prefix_tokens": "6000",
    "variable_tokens": "500",
    "output_tokens": "300",
    "model": "claude-sonnet-5-5",
}
# A model that is planned serves from the first day.
AT_ONCE = {"ready_months": "0"}
ON_OWN_GPUS = CALLS | AT_ONCE | {"today": "fine_tune_own"}
TUNED_BY_TOKEN = CALLS | AT_ONCE | {"tuned": "gpt-4o-mini"}
