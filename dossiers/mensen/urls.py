"""Accounts, schools and memberships. allauth's views are listed one by one: others do not exist."""

from allauth.account import views as allauth
from allauth.mfa.base.views import ReauthenticateView
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.urls import path

from dossiers.mensen.forms import accounts
from dossiers.mensen.forms import tweede_stap as forms
from dossiers.mensen.middleware import before_second_step
from dossiers.mensen.proof import mailbox_first, step_first
from dossiers.mensen.views import (
    herstel,
    inloggen,
    mailbox,
    mijn_sessies,
    organisaties,
    toegang,
    tweede_stap,
    wissel,
)
from dossiers.mensen.views.mijn_toegang import mijn_toegang
from dossiers.mensen.views.session import session, stay
from stsdialoog.middleware import never_compressed

account_patterns = [
    path(
        "inloggen/",
        allauth.LoginView.as_view(form_class=accounts.LoginForm),
        name="account_login",
    ),
    path(
        "inloggen/code/",
        inloggen.RequestCode.as_view(),
        name="account_request_login_code",
    ),
    path(
        "inloggen/code/bevestigen/",
        allauth.ConfirmLoginCodeView.as_view(form_class=accounts.ConfirmLoginCodeForm),
        name="account_confirm_login_code",
    ),
    path("uitloggen/", before_second_step(allauth.LogoutView.as_view()), name="account_logout"),
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
        step_first(allauth.PasswordChangeView.as_view(form_class=accounts.ChangePasswordForm)),
        name="account_change_password",
    ),
    path(
        "wachtwoord/instellen/",
        step_first(allauth.PasswordSetView.as_view(form_class=accounts.SetPasswordForm)),
        name="account_set_password",
    ),
]

# What one needs to take a second step, or to set one up: open to who still has to.
step_patterns = [
    path("inloggen/tweede-stap/", tweede_stap.TakeStep.as_view(), name="mfa_authenticate"),
    path("inloggen/tweede-stap/kwijt/", herstel.lost_step, name="tweede-stap-kwijt"),
    path(
        "inloggen/opnieuw/",
        before_second_step(
            allauth.ReauthenticateView.as_view(form_class=forms.ReauthenticatePasswordForm)
        ),
        name="account_reauthenticate",
    ),
    path(
        "inloggen/opnieuw/code/",
        before_second_step(ReauthenticateView.as_view(form_class=forms.ReauthenticateForm)),
        name="mfa_reauthenticate",
    ),
    path(
        "inloggen/opnieuw/passkey/",
        before_second_step(
            ReauthenticateWebAuthnView.as_view(form_class=forms.ReauthenticateWebAuthnForm)
        ),
        name="mfa_reauthenticate_webauthn",
    ),
    path("mijn-toegang/", before_second_step(mijn_toegang), name="mfa_index"),
    path("mijn-toegang/mailbox/", before_second_step(mailbox.show), name="mailbox-tonen"),
    path(
        "mijn-toegang/app/",
        before_second_step(never_compressed(mailbox_first(tweede_stap.ActivateApp.as_view()))),
        name="mfa_activate_totp",
    ),
    path(
        "mijn-toegang/app/weg/",
        before_second_step(tweede_stap.DeactivateApp.as_view()),
        name="mfa_deactivate_totp",
    ),
    path(
        "mijn-toegang/passkey/",
        before_second_step(mailbox_first(tweede_stap.AddPasskey.as_view())),
        name="mfa_add_webauthn",
    ),
    path(
        "mijn-toegang/passkey/<str:sleutel>/weg/",
        before_second_step(tweede_stap.RemovePasskey.as_view()),
        name="mfa_remove_webauthn",
    ),
    path(
        "mijn-toegang/herstelcodes/",
        before_second_step(never_compressed(ViewRecoveryCodesView.as_view())),
        name="mfa_view_recovery_codes",
    ),
    path(
        "mijn-toegang/herstelcodes/nieuw/",
        before_second_step(tweede_stap.NewRecoveryCodes.as_view()),
        name="mfa_generate_recovery_codes",
    ),
    path("mijn-toegang/collegas-vragen/", herstel.ask_colleagues, name="herstel-vragen"),
    path("mijn-toegang/collega/<uuid:pk>/", herstel.vouch, name="herstel-bevestigen"),
    path("toegang/stoppen/<str:token>/", herstel.stop, name="herstel-stoppen"),
]

urlpatterns = [
    *account_patterns,
    *step_patterns,
    path("sessie/", session, name="sessie"),
    path("sessie/blijf/", before_second_step(stay), name="sessie-blijf"),
    path("mijn-sessies/", mijn_sessies.mijn_sessies, name="mijn-sessies"),
    path("mijn-sessies/andere/", mijn_sessies.end_others, name="sessies-beeindigen"),
    path("mijn-sessies/<uuid:kenmerk>/", mijn_sessies.end_one, name="sessie-beeindigen"),
    path("toegang/", toegang.toegang, name="toegang"),
    path("scholen/nieuw/", organisaties.new_school, name="school-nieuw"),
    path("scholen/<uuid:pk>/wijzigen/", organisaties.change_school, name="school-wijzigen"),
    path(
        "lidmaatschappen/<uuid:pk>/beeindigen/",
        organisaties.end_lidmaatschap,
        name="lidmaatschap-beeindigen",
    ),
    path("clb/<uuid:pk>/bevestigen/", wissel.confirm, name="clb-bevestigen"),
    path("lidmaatschappen/<uuid:pk>/behouden/", wissel.keep, name="lidmaatschap-behouden"),
    path("clb/<uuid:pk>/ankerfiguren/", wissel.ankerfiguren, name="clb-ankerfiguren"),
    path("clb/<uuid:pk>/verhuizen/", wissel.moves, name="clb-verhuizen"),
    path("scholen/<uuid:pk>/verhuizen/", wissel.offer, name="school-verhuizen"),
    path("verhuizen/<uuid:pk>/", wissel.move, name="verhuis"),
]
