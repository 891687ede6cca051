"""Signing in, a new password, the second step: those of allauth's addresses that we use, and no others.

Sign-up, management of several e-mail addresses and signing in by other services do not exist here.
"""

from allauth.account import urls as account_urls
from django.urls import include, path

USED = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}

urlpatterns = [
    *(pattern for pattern in account_urls.urlpatterns if pattern.name in USED),
    path("2fa/", include("allauth.mfa.urls")),
]
