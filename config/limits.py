"""Settings of limits that ordinary use does not reach.

`config.settings` takes all of them, and docs/operations.md explains each.
"""

from config.environment import env_bool, env_int

# How many entries at the right of X-Forwarded-For our own proxies added.
TRUSTED_PROXIES = env_int(
    "TRUSTED_PROXIES", default=1 if env_bool("BEHIND_PROXY", default=False) else 0
)
# Wrong passwords before the next try has to wait, and the longest wait in seconds.
SIGN_IN_TRIES = env_int("SIGN_IN_TRIES", default=5)
SIGN_IN_TRIES_OF_SESSIONS = env_int("SIGN_IN_TRIES_OF_SESSIONS", default=20)
SIGN_IN_TRIES_PER_ADDRESS = env_int("SIGN_IN_TRIES_PER_ADDRESS", default=200)
SIGN_IN_LONGEST_WAIT = env_int("SIGN_IN_LONGEST_WAIT", default=15 * 60)
# Sign-ins of an account in an hour; above them, each waits five minutes.
SIGN_INS_PER_HOUR = env_int("SIGN_INS_PER_HOUR", default=30)
# Packs, re-scores and imports that are not finished yet; papers beside them.
JOBS_PER_PERSON = env_int("JOBS_PER_PERSON", default=5)
JOBS_PER_ORGANIZATION = env_int("JOBS_PER_ORGANIZATION", default=25)
PAPERS_PER_PERSON = env_int("PAPERS_PER_PERSON", default=25)
# In an hour or a day: of a member, an organization, a calendar, an address.
SAVES_PER_HOUR = env_int("SAVES_PER_HOUR", default=3000)  # in each process
EXPORTS_PER_HOUR = env_int("EXPORTS_PER_HOUR", default=60)
DOWNLOADS_PER_HOUR = env_int("DOWNLOADS_PER_HOUR", default=300)
ANSWER_REQUESTS_PER_HOUR = env_int("ANSWER_REQUESTS_PER_HOUR", default=60)
PACKS_PER_HOUR = env_int("PACKS_PER_HOUR", default=30)
PACKS_PER_DAY = env_int("PACKS_PER_DAY", default=60)
ORGANIZATION_PACKS_PER_DAY = env_int("ORGANIZATION_PACKS_PER_DAY", default=300)
PAPERS_PER_HOUR = env_int("PAPERS_PER_HOUR", default=120)
PAPERS_PER_DAY = env_int("PAPERS_PER_DAY", default=250)
ORGANIZATION_PAPERS_PER_DAY = env_int("ORGANIZATION_PAPERS_PER_DAY", default=1000)
COVERS_PER_HOUR = env_int("COVERS_PER_HOUR", default=120)
STEPS_PER_HOUR = env_int("STEPS_PER_HOUR", default=120)
COMMENTS_PER_HOUR = env_int("COMMENTS_PER_HOUR", default=120)
COMMENT_CHANGES_PER_HOUR = env_int("COMMENT_CHANGES_PER_HOUR", default=300)
EVIDENCE_PER_HOUR = env_int("EVIDENCE_PER_HOUR", default=120)
USE_CASES_PER_HOUR = env_int("USE_CASES_PER_HOUR", default=60)
IMPACTS_PER_HOUR = env_int("IMPACTS_PER_HOUR", default=60)
IMPORTS_PER_HOUR = env_int("IMPORTS_PER_HOUR", default=60)
BULK_CHANGES_PER_HOUR = env_int("BULK_CHANGES_PER_HOUR", default=120)
RESCORES_PER_HOUR = env_int("RESCORES_PER_HOUR", default=60)
TOKEN_COUNTS_PER_HOUR = env_int("TOKEN_COUNTS_PER_HOUR", default=120)
SHARES_PER_HOUR = env_int("SHARES_PER_HOUR", default=60)
ORGANIZATIONS_PER_DAY = env_int("ORGANIZATIONS_PER_DAY", default=10)
INVITATIONS_PER_HOUR = env_int("INVITATIONS_PER_HOUR", default=60)
PASSWORD_CHANGES_PER_HOUR = env_int("PASSWORD_CHANGES_PER_HOUR", default=20)
CALENDAR_CHANGES_PER_HOUR = env_int("CALENDAR_CHANGES_PER_HOUR", default=60)
CALENDAR_READS_PER_HOUR = env_int("CALENDAR_READS_PER_HOUR", default=120)
CASE_CHANGES_PER_HOUR = env_int("CASE_CHANGES_PER_HOUR", default=600)
PROVISIONING_PER_HOUR = env_int("PROVISIONING_PER_HOUR", default=20_000)
SIGN_ONS_PER_HOUR = env_int("SIGN_ONS_PER_HOUR", default=3000)
SIGN_ONS_FAILED_PER_HOUR = env_int("SIGN_ONS_FAILED_PER_HOUR", default=300)
CSP_REPORTS_PER_HOUR = env_int("CSP_REPORTS_PER_HOUR", default=60)
VERIFICATIONS_PER_HOUR = env_int("VERIFICATIONS_PER_HOUR", default=60)
