"""What is typed to invite somebody, to close an account and to hand one over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import F, IntegerField, QuerySet, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from offices.invitations import Issued, invite
from offices.models import Invitation, Province, School, User
from offices.permissions import GIVES
from offices.roles import Role
from offices.scoping import accounts_for


def schools_to_invite_to(user: User) -> QuerySet[Any]:
    """Schools at which `user` would look after an account."""
    return (
        School.objects.visible_to(user)
        .annotate(role=Value(Role.SCHOOL), school=F("pk"), province=Value(None, output_field=IntegerField()))
        .filter(accounts_for(user), closed_on=None)
    )


def provinces_to_invite_to(user: User) -> QuerySet[Any]:
    """Provincial offices at which `user` would look after an account."""
    return Province.objects.annotate(
        role=Value(Role.PROVINCE), school=Value(None, output_field=IntegerField()), province=F("pk")
    ).filter(accounts_for(user))


def refuse_a_taken_name(username: str) -> str:
    """A user name is one person's in the whole country, in capitals or not."""
    for validate in User._meta.get_field("username").validators:
        validate(username)
    if User.objects.annotate(lower=Lower("username")).filter(lower=username.lower()).exists():
        raise forms.ValidationError(_("This user name exists already."), code="taken")
    if Invitation.objects.waiting().filter(username__iexact=username).exists():
        raise forms.ValidationError(_("Somebody is invited under this user name already."), code="invited")
    return username


class InvitationForm(forms.ModelForm):
    """Offers only the roles and the places that its user may give; the same for one and for a sheet of many."""

    school = forms.ModelChoiceField(School.objects.none(), label=_("School"), to_field_name="code", required=False)
    province = forms.ModelChoiceField(
        Province.objects.none(), label=_("Province"), to_field_name="code", required=False
    )

    class Meta:
        model = Invitation
        fields = ("role", "school", "province", "username", "name", "email")
        labels = {"role": _("Role"), "username": _("User name"), "name": _("Full name"), "email": _("E-mail")}
        help_texts = {
            "username": _("Latin letters or Thai, digits and @ . + - _ only."),
            "email": _("The invitation is sent there. Without it, print the link and hand it over."),
        }

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        given = GIVES[user.role]
        fields: dict[str, Any] = self.fields
        fields["role"].choices = [("", "---------"), *((r.value, r.label) for r in given)]
        for name, role, offered in (
            ("school", Role.SCHOOL, schools_to_invite_to),
            ("province", Role.PROVINCE, provinces_to_invite_to),
        ):
            if role in given:
                fields[name].queryset = offered(user)
            else:
                del self.fields[name]
        if len(given) == 1:
            self.instance.role = given[0]
            del self.fields["role"]
            for place in {"school", "province"} & set(self.fields):
                self.fields[place].required = True

    def clean_username(self) -> str:
        return refuse_a_taken_name(self.cleaned_data["username"].strip())

    def save(self, commit: bool = True) -> Issued:  # type: ignore[override]
        return invite(
            by=self.user,
            username=self.cleaned_data["username"],
            name=self.cleaned_data["name"],
            email=self.cleaned_data["email"],
            role=self.instance.role,
            school=self.cleaned_data.get("school"),
            province=self.cleaned_data.get("province"),
        )


class SuccessorForm(forms.Form):
    """Who takes over: the place is the leaver's, so it is not asked."""

    username = forms.CharField(label=_("User name of the successor"), max_length=150)
    name = forms.CharField(label=_("Full name of the successor"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), required=False)

    def clean_username(self) -> str:
        return refuse_a_taken_name(self.cleaned_data["username"].strip())


class ClosingForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class ResetForm(forms.Form):
    remove_second_step = forms.BooleanField(
        label=_("Also remove the second step of signing in (the telephone was lost)"), required=False
    )


class MyAccountForm(forms.ModelForm):
    """What a person keeps up to date about themselves."""

    class Meta:
        model = User
        fields = ("position", "phone", "email")
        labels = {"position": _("Position"), "phone": _("Phone"), "email": _("E-mail")}
        help_texts = {"email": _("A link for a new password is sent there when you have forgotten yours.")}
