"""Which states a normal run looks at: each page in one, and each kind of message.

In its other states, a page has the same parts with other words. A thorough run looks
at them all.
"""

_ROWS = (
    "tasks next_question next_settled section_refused",
    "section_conflict section_signed_out section_check question_talk",
    "candidates candidate results_file usage usage_file numbers assumptions conflicts",
    "check import_upload import_columns import_bad import_done",
    "change_many bulk_change bulk_changes own_fields",
    "result_reviewed what_if timeline changes experiments experiment reopen review",
    "discard submission older_comments portfolio_checks_due portfolio_check impact",
    "outcomes outcome_file outcome_file_removed calibration",
    "organization organization_teams organization_team merge_team members member",
    "deactivate_member sign_off_rules record accept_invitation found_organization",
    "home sign_in sign_up account_inactive sign_out password reset",
    "use_cases_open register evidence cover paper pack_half_made packs",
    "packs_refused quarters_filled team teams_long saved_views calendars_new",
    "sign_in_security add_app confirm_refused organization_sign_in",
    "stored own_data erase_held organization_data close_organization",
    "second_opinion second_opinions",
    "search inbox ask own_settings_saved organization_region method worked_case words",
    "time_machine_waiting verify_pages_differ not_found no_access",
)
IN_EVERY_RUN = frozenset(" ".join(_ROWS).split())
