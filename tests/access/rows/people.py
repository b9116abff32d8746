"""Pages of a person: the start, signing in, help."""

from tests.access.rows.row import SIGN_IN, row

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
    row("GET", "account_set_password", SIGN_IN, 302, 302, 302, 302, 302, 302),
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
    row("GET", "verify", 200, 200, 200, 200, 200, 200, 200),
    row("POST", "verify", 422, 422, 422, 422, 422, 422, 422),
    row("POST", "layout", SIGN_IN, 403, 302, 302, 302, 302, 302),
    row("GET", "own_settings", SIGN_IN, 403, 200, 200, 200, 200, 200),
    row("POST", "own_settings", SIGN_IN, 403, 422, 422, 422, 422, 422),
    row("GET", "organization_region", SIGN_IN, 403, 200, 403, 403, 403, 200),
    row("POST", "organization_region", SIGN_IN, 403, 302, 403, 403, 403, 302),
    row("GET", "sign_in_again", *(200,) * 7),
)
