"""allauth's sign-in views with our changes: nothing is stored for visitors."""

from typing import Any, cast

from allauth.account import views as allauth
from allauth.account.forms import UserTokenForm
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from audits.held_forms import after_sign_in, already_signed_in, carried
from audits.people.forms import UsedLink


class SignIn(allauth.LoginView):  # type: ignore[misc]
    """Signs in, and returns the form that was sent while signed out.

    This includes people who have signed in elsewhere since then.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kept = already_signed_in(request)
        return kept or cast("HttpResponse", super().dispatch(request, *args, **kwargs))

    def form_valid(self, form: Any) -> HttpResponse:
        return after_sign_in(self.request, super().form_valid(form))

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Keep the form that a refused sign-in carried."""
        context: dict[str, Any] = super().get_context_data(**more)
        held = carried(self.request)
        return {**context, "held": held, "signed_out": "kept" if held else ""}


class ResetFromLink(allauth.PasswordResetFromKeyView):  # type: ignore[misc]
    """Sets a password at the address in the email.

    allauth moves the key from the address into a session, so that no other site reads
    it as the referrer. Our pages send no referrer to other sites.
    """

    def dispatch(self, request: HttpRequest, uidb36: str, key: str) -> HttpResponse:
        self.request, self.key, self.reset_user = request, key, None
        token = UserTokenForm(data={"uidb36": uidb36, "key": key})
        if not token.is_valid():
            return self._is_dead()
        self.reset_user = token.reset_user
        if request.user.is_authenticated and request.user != self.reset_user:
            self.logout()
        handle = super(allauth.PasswordResetFromKeyView, self).dispatch
        response = cast("HttpResponse", handle(request, uidb36, key))
        add_never_cache_headers(response)
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return cast("HttpResponse", super().form_valid(form))
        except UsedLink:
            self.reset_user = None
            return self._is_dead()

    def _is_dead(self) -> HttpResponse:
        """Say that the link opens nothing, and ask for no password."""
        context = self.get_context_data(token_fail=True, form=None)
        return cast("HttpResponse", self.render_to_response(context))
