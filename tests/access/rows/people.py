"""Pages of a person: the start, signing in, help."""

from tests.access.rows.row import CONFIRM, CONFIRM_HELD, SIGN_IN, row

# Nobody of the table just proved who they are.
_CONFIRM = "/sign-in/confirm/?next=/settings/sign-in/"

# Their own organization's, asked again who they are.
_RULE = CONFIRM_HELD
_SET = "/sign-in/confirm/?next=/password/set/"

# anonymous, unassigned, stranger, viewer, contributor, reviewer, admin
PEOPLE = (
    row("GET", "home", 200, 302, 302, 302, 302, 302, 302),
    row("GET", "livez", 200, 200, 200, 200, 200, 200, 200),
    row("GET", "readyz", 200, 200, 200, 200, 200, 200, 200),
    row("POST", "choose_theme", 302, 302, 302, 302, 302, 302, 302),
    row("POST", "demo_sign_in", 404, 404, 404, 404, 404, 404, 404),
    row("GET", "account_login", 200, 302, 302, 302, 302, 302, 302),
    row("GET", "send_held", *(302,) * 7),
    row("POST", "send_held", *(302,) * 7),
    row("POST", "account_logout", 302, 302, 302, 302, 302, 302, 302),
    row("GET", "account_signup", 200, 302, 302, 302, 302, 302, 302),
    row("GET", "account_change_password", SIGN_IN, 200, 200, 200, 200, 200, 200),
    row("GET", "account_set_password", SIGN_IN, *(_SET,) * 6),
    row("GET", "account_inactive", 200, 200, 200, 200, 200, 200, 200),
    row("GET", "account_reset_password", 200, 200, 200, 200, 200, 200, 200),
    row("GET", "account_reset_password_done", 200, 200, 200, 200, 200, 200, 200),
    row(
        "GET",
        "account_reset_password_from_key",
        *(200, 200, 200, 200, 200, 200, 200),
        uidb36="1",
        key="no-such-key",
    ),
    row("GET", "account_reset_password_from_key_done", *(200,) * 7),
    row("GET", "method", 200, 200, 200, 200, 200, 200, 200),
    row("GET", "worked_case", *(200,) * 7, case_id="trag"),
    row("GET", "words", 200, 200, 200, 200, 200, 200, 200),
    row("GET", "too_large", *(413,) * 7),
    row("POST", "csp_reports", *(400,) * 7),
    row("GET", "verify", 200, 200, 200, 200, 200, 200, 200),
    row("POST", "verify", 422, 422, 422, 422, 422, 422, 422),
    row("POST", "layout", SIGN_IN, 403, 302, 302, 302, 302, 302),
    # Who has one organization (of two: tests/people/test_several_organizations.py).
    row("POST", "switch_organization", SIGN_IN, *(404,) * 6),
    row("GET", "own_settings", SIGN_IN, 403, 200, 200, 200, 200, 200, reader=200),
    row("POST", "own_settings", SIGN_IN, 403, 422, 422, 422, 422, 422, reader=422),
    row("GET", "organization_region", SIGN_IN, 403, 200, 403, 403, 403, 200),
    row("POST", "organization_region", SIGN_IN, 403, 302, 403, 403, 403, 302),
    row("GET", "sign_in_again", *(200,) * 7),
    row("GET", "mfa_authenticate", "/sign-in/", *(302,) * 6),
    row("GET", "passkey_sign_in", *(200,) * 7),
    row("POST", "passkey_sign_in", 422, *(302,) * 6),
    row("GET", "account_reauthenticate", SIGN_IN, *(200,) * 6),
    row("POST", "account_reauthenticate", SIGN_IN, *(422,) * 6),
    row("GET", "second_factor_first", SIGN_IN, *(200,) * 6),
    row("GET", "sign_in_security", SIGN_IN, *(200,) * 6),
    row("GET", "add_app", SIGN_IN, *(_CONFIRM + "app/",) * 6),
    row("GET", "add_passkey", SIGN_IN, *(_CONFIRM + "passkey/",) * 6),
    row("POST", "remove_factor", SIGN_IN, *(CONFIRM_HELD,) * 6),
    row("POST", "accept_own_invitation", SIGN_IN, *(CONFIRM_HELD,) * 6),
    row("GET", "recovery_codes", SIGN_IN, *(_CONFIRM + "codes/",) * 6),
    row("GET", "recovery_codes_file", SIGN_IN, *(302,) * 6),
    row("POST", "end_session", SIGN_IN, *(CONFIRM_HELD,) * 6),
    row("GET", "stored", *(200,) * 7),
    row("GET", "own_data", SIGN_IN, *(200,) * 6),
    row("POST", "export_person", SIGN_IN, *(CONFIRM_HELD,) * 6),
    row("GET", "erase_person", SIGN_IN, *(f"{CONFIRM}settings/data/erase/",) * 6),
    row("POST", "erase_person", SIGN_IN, *(CONFIRM,) * 6),
    row("GET", "organization_data", SIGN_IN, 403, 200, 403, 403, 403, 200),
    row("POST", "organization_data", SIGN_IN, 403, 302, 403, 403, 403, 302),
    row("GET", "close_organization", SIGN_IN, 403, 200, 403, 403, 403, 200),
    row("POST", "close_organization", SIGN_IN, 403, 422, 403, 403, 403, 422),
    row(
        *("POST", "export_organization", SIGN_IN, 403, CONFIRM_HELD),
        *(403, 403, 403, CONFIRM_HELD),
    ),
    row("GET", "organization_sign_in", SIGN_IN, 403, 200, 403, 403, 403, 200),
    row(
        *("POST", "organization_sign_in", SIGN_IN, 403, _RULE, 403, 403, 403, _RULE),
    ),
)
