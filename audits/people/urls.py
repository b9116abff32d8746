"""The front page, signing in and out, people's settings and the choice of colours.

Only the pages we want: allauth's other pages are not included.
"""

from allauth.account import views as allauth
from django.urls import path, re_path

from audits.confirming.fresh import changes_sign_in
from audits.people import (
    founding,
    invitations,
    own_settings,
    passwords,
    switching,
    views,
)
from audits.people.data import views as data
from audits.people.factors import ended, steps
from audits.people.factors import views as factors

urlpatterns = [
    path("", views.home, name="home"),
    path("switch/", switching.switch, name="switch_organization"),
    path("settings/", own_settings.own_settings, name="own_settings"),
    path("settings/invitation/", invitations.accept_own, name="accept_own_invitation"),
    path("settings/sign-in/", factors.security, name="sign_in_security"),
    path("settings/sign-in/app/", factors.app, name="add_app"),
    path("settings/sign-in/passkey/", factors.passkey, name="add_passkey"),
    path("settings/sign-in/remove/", factors.remove, name="remove_factor"),
    path("settings/sign-in/codes/", factors.codes, name="recovery_codes"),
    path("settings/sign-in/codes.txt", factors.codes_file, name="recovery_codes_file"),
    path("settings/sign-in/sessions/", ended.end, name="end_session"),
    path("settings/data/", data.own_data, name="own_data"),
    path("settings/data/export/", data.export_person, name="export_person"),
    path("settings/data/erase/", data.erase, name="erase_person"),
    path("stored/", data.stored, name="stored"),
    path("theme/", views.choose_theme, name="choose_theme"),
    path("demo/sign-in/", views.demo_sign_in, name="demo_sign_in"),
    path("sign-in/again/", views.sign_in_again, name="sign_in_again"),
    path("sign-in/send/", views.send_held, name="send_held"),
    path("sign-in/code/", steps.code, name="mfa_authenticate"),
    path("sign-in/passkey/", steps.passkey_sign_in, name="passkey_sign_in"),
    path("sign-in/confirm/", steps.confirm, name="account_reauthenticate"),
    path("sign-in/second-factor/", steps.first, name="second_factor_first"),
    path("sign-in/", passwords.sign_in, name="account_login"),
    path("founding/", founding.found, name="found"),
    path(
        "invitation/<str:link>/",
        invitations.accept_invitation,
        name="accept_invitation",
    ),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("sign-up/", allauth.signup, name="account_signup"),
    path("account/inactive/", allauth.account_inactive, name="account_inactive"),
    path(
        "password/set/",
        changes_sign_in(allauth.password_set),
        name="account_set_password",
    ),
    path("password/", passwords.change_password, name="account_change_password"),
    path(
        "password/reset/", passwords.AskToReset.as_view(), name="account_reset_password"
    ),
    path(
        "password/reset/sent/",
        allauth.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        passwords.Reset.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
