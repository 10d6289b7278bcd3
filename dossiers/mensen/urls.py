"""Accounts, schools and memberships. allauth's views are listed one by one: others do not exist."""

from allauth.account import views as allauth
from django.urls import path

from dossiers.mensen.forms import accounts
from dossiers.mensen.views import organisaties, toegang
from dossiers.mensen.views.session import session

account_patterns = [
    path(
        "inloggen/",
        allauth.LoginView.as_view(form_class=accounts.LoginForm),
        name="account_login",
    ),
    path(
        "inloggen/code/",
        allauth.RequestLoginCodeView.as_view(form_class=accounts.RequestLoginCodeForm),
        name="account_request_login_code",
    ),
    path(
        "inloggen/code/bevestigen/",
        allauth.ConfirmLoginCodeView.as_view(form_class=accounts.ConfirmLoginCodeForm),
        name="account_confirm_login_code",
    ),
    path("uitloggen/", allauth.LogoutView.as_view(), name="account_logout"),
    path("registreren/", allauth.SignupView.as_view(), name="account_signup"),
    path("account-niet-actief/", allauth.AccountInactiveView.as_view(), name="account_inactive"),
    path(
        "wachtwoord/vergeten/",
        allauth.PasswordResetView.as_view(form_class=accounts.ResetPasswordForm),
        name="account_reset_password",
    ),
    path(
        "wachtwoord/vergeten/verstuurd/",
        allauth.PasswordResetDoneView.as_view(),
        name="account_reset_password_done",
    ),
    path(
        "wachtwoord/kiezen/klaar/",
        allauth.PasswordResetFromKeyDoneView.as_view(),
        name="account_reset_password_from_key_done",
    ),
    path(
        "wachtwoord/kiezen/<str:uidb36>/<str:key>/",
        allauth.PasswordResetFromKeyView.as_view(form_class=accounts.ResetPasswordKeyForm),
        name="account_reset_password_from_key",
    ),
    path(
        "wachtwoord/wijzigen/",
        allauth.PasswordChangeView.as_view(form_class=accounts.ChangePasswordForm),
        name="account_change_password",
    ),
    path(
        "wachtwoord/instellen/",
        allauth.PasswordSetView.as_view(form_class=accounts.SetPasswordForm),
        name="account_set_password",
    ),
]

urlpatterns = [
    *account_patterns,
    path("sessie/", session, name="sessie"),
    path("toegang/", toegang.toegang, name="toegang"),
    path("scholen/nieuw/", organisaties.new_school, name="school-nieuw"),
    path("scholen/<uuid:pk>/wijzigen/", organisaties.change_school, name="school-wijzigen"),
    path(
        "lidmaatschappen/<uuid:pk>/beeindigen/",
        organisaties.end_lidmaatschap,
        name="lidmaatschap-beeindigen",
    ),
]
