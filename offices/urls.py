"""Addresses of offices: accounts, invitations, schools, fiscal years, disclosures, signers, running numbers."""

from django.urls import path

from offices.views import accounts, disclosures, holidays, invitations, numbers, schools, signers, years

app_name = "offices"
urlpatterns = [
    path("me/", accounts.my_account, name="me"),
    path("accounts/", accounts.account_list, name="accounts"),
    path("accounts/<int:pk>/", accounts.account_detail, name="account"),
    path("accounts/<int:pk>/close/", accounts.account_close, name="close_account"),
    path("accounts/<int:pk>/reopen/", accounts.account_reopen, name="reopen_account"),
    path("accounts/<int:pk>/reset/", accounts.account_reset, name="reset_account"),
    path("accounts/<int:pk>/hand-over/", accounts.account_hand_over, name="hand_over_account"),
    path("invitations/", invitations.invitation_list, name="invitations"),
    path("invitations/new/", invitations.invitation_new, name="invite"),
    path("invitations/<int:pk>/again/", invitations.invitation_reissue, name="reissue_invitation"),
    path("invitations/<int:pk>/revoke/", invitations.invitation_revoke, name="revoke_invitation"),
    path("invitation/<str:token>/", invitations.invitation_accept, name="accept_invitation"),
    path("schools/", schools.school_list, name="schools"),
    path("schools/new/", schools.school_new, name="new_school"),
    path("schools/<int:pk>/", schools.school_detail, name="school"),
    path("schools/<int:pk>/move/", schools.school_move, name="move_school"),
    path("schools/<int:pk>/close/", schools.school_close, name="close_school"),
    path("schools/<int:pk>/reopen/", schools.school_reopen, name="reopen_school"),
    path("years/", years.year_list, name="years"),
    path("years/next/", years.year_next, name="next_year"),
    path("years/choose/", years.year_choose, name="choose_year"),
    path("years/<int:pk>/", years.year_detail, name="year"),
    path("years/<int:pk>/edit/", years.year_edit, name="edit_year"),
    path("holidays/", holidays.holiday_list, name="holidays"),
    path("holidays/add/", holidays.holiday_add, name="holiday_add"),
    path("holidays/<int:pk>/edit/", holidays.holiday_edit, name="holiday_edit"),
    path("holidays/<int:pk>/bin/", holidays.holiday_bin, name="holiday_bin"),
    path("holidays/<int:pk>/restore/", holidays.holiday_restore, name="holiday_restore"),
    path("disclosures/", disclosures.disclosure_list, name="disclosures"),
    path("signers/", signers.signer_list, name="signers"),
    path("signers/new/", signers.signer_new, name="new_signer"),
    path("signers/bin/", signers.signer_bin_list, name="signer_bin"),
    path("signers/<int:pk>/edit/", signers.signer_edit, name="edit_signer"),
    path("signers/<int:pk>/end/", signers.signer_end, name="end_signer"),
    path("signers/<int:pk>/bin/", signers.signer_bin, name="bin_signer"),
    path("signers/<int:pk>/restore/", signers.signer_restore, name="restore_signer"),
    path("signers/numbers/", numbers.number_list, name="numbers"),
    path("signers/numbers/<str:kind>/set/", numbers.number_set, name="set_number"),
    path("signers/numbers/<str:kind>/take/", numbers.number_take, name="take_number"),
]
