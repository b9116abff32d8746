"""The states of the pages about second factors, and about who is signed in."""

from playwright.sync_api import Page

from audits.models import Role
from tests.casting import PASSWORD, Cast
from tests.e2e.states.state import LEAD, PROBLEM, State, at, ours, press
from tests.people.factors import with_app


def confirm(page: Page) -> None:
    """Enter the password, where a page asks again who somebody is."""
    page.get_by_label("Your password").fill(PASSWORD)
    press("Confirm")(page)


def make_calendar(page: Page) -> None:
    press("Make the calendar")(page)
    confirm(page)
    press("Send it now")(page)


def lead_has_app(cast: Cast) -> None:
    with_app(cast.ours.contributor)


SIGN_IN_STATES = {
    "sign_in_security": State(
        "10 codes left", at("sign_in_security"), LEAD, lead_has_app
    ),
    "add_app": State("Scan this with the app", at("add_app"), LEAD, act=confirm),
    "confirm_refused": State(
        PROBLEM,
        at("account_reauthenticate"),
        LEAD,
        lead_has_app,
        act=press("Confirm"),
    ),
    "organization_sign_in": State(
        "Members need a second factor", at("organization_sign_in"), ours(Role.ADMIN)
    ),
    "stored": State("What Attune stores", at("stored"), LEAD),
    "own_data": State("Export your data", at("own_data"), LEAD),
    "erase_held": State(
        "hand them over to a colleague", at("erase_person"), LEAD, act=confirm
    ),
    "organization_data": State(
        "Export the organization", at("organization_data"), ours(Role.ADMIN)
    ),
    "close_organization": State(
        "Type the name of the organization", at("close_organization"), ours(Role.ADMIN)
    ),
    "second_opinions": State(
        "Nobody has given a second opinion yet", at("second_opinions"), LEAD
    ),
}
