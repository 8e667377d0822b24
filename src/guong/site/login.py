"""Logging in and out, one's own password, the language; and the guard for a password that must change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.forms import CharField, PasswordInput
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from guong.base.actions.accounts import change_password
from guong.base.workflow import act

Answer = Callable[[HttpRequest], HttpResponse]
NO_FIT = gettext_lazy(
    "User name and password do not fit. Check both; after several tries the account rests for an hour."
)


class LoginForm(AuthenticationForm):
    """User name and password. One sentence for every failure: it does not tell which accounts exist (E5)."""

    error_messages = {"invalid_login": NO_FIT, "inactive": NO_FIT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["password"].label = _("Password")
        self.fields["username"].widget.attrs.pop("autofocus", None)


class LoginView(auth.LoginView):
    """The first factor. A second one will stand between `form_valid` and the session (E4)."""

    template_name = "site/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: LoginForm) -> HttpResponse:
        with act(form.get_user(), "login") as log:
            answer = super().form_valid(form)
            log.about(form.get_user())
        return answer


login = login_not_required(require_http_methods(["GET", "HEAD", "POST"])(LoginView.as_view()))
logout = auth.LogoutView.as_view()


class PasswordForm(SetPasswordForm):
    """The present password, and a new one twice."""

    old_password = CharField(
        label=gettext_lazy("Present password"),
        strip=False,
        widget=PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old_password", "new_password1", "new_password2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password1"].help_text = _("At least 10 characters; four words in a row are good.")
        self.fields["new_password2"].label = _("New password once more")
        self.fields["new_password2"].help_text = ""

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        old, new = values.get("old_password"), values.get("new_password1")
        if old is not None and not self.user.check_password(old):
            self.add_error("old_password", _("This is not your present password."))
        elif old and old == new:
            self.add_error("new_password1", _("Choose another password than the present one."))
        return values


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """One's own password; every other session of the account ends (E2)."""
    form = PasswordForm(request.user, request.POST or None)
    if form.is_valid():
        change_password(request.user, form.cleaned_data["new_password1"])
        request.user.refresh_from_db()
        update_session_auth_hash(request, request.user)
        messages.success(request, _("The password is changed; your other sessions have ended."))
        return redirect("site:home")
    return render(request, "site/password.html", {"form": form}, status=422 if form.is_bound else 200)


@login_not_required
@require_safe
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie; `next` stays on this site.

    A link and not a form: public pages are kept for all and can hold no visitor's token, and nothing in the
    database changes.
    """
    here, wanted = request.GET.get("next", ""), request.GET.get("language", "")
    stays = url_has_allowed_host_and_scheme(here, {request.get_host()}, require_https=request.is_secure())
    answer = HttpResponseRedirect(here if stays else reverse("portal:home"))
    if wanted in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
    return answer


class FirstPassword:
    """Whoever was given a password by an administrator sees no page but the one that changes it (E6)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.must_change_password:
            free = {reverse(f"site:{name}") for name in ("password", "logout", "language")}
            if request.path not in free:
                return redirect("site:password")
        return self.get_response(request)
