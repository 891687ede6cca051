"""What may be typed about photographs of a course, and the files sent with it."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.models import CoursePhoto
from courses.photos import MOST_AT_ONCE
from offices.forms import VersionedModelForm
from offices.thai.typed import tidy

CONSENT_HELP = _("How the people in the picture agreed, such as: asked aloud before the picture was taken.")


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Several files at once. What they are is judged one by one, so that the good ones can be kept."""

    widget = SeveralFiles

    def clean(self, data, initial=None):
        files = [file for file in data or [] if file]
        if not files:
            raise ValidationError(self.error_messages["required"], "required")
        if len(files) > MOST_AT_ONCE:
            raise ValidationError(
                _("At most %(most)d pictures can be sent at once."), "too_many", {"most": MOST_AT_ONCE}
            )
        return files


class AddPhotosForm(forms.Form):
    pictures = PicturesField(
        label=_("Pictures"),
        help_text=_("JPEG, PNG or WebP, up to 15 MB each and 20 at once. The place stored in them is removed."),
        error_messages={"required": _("Choose one picture or several.")},
        widget=SeveralFiles(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    consent = forms.CharField(
        label=_("Consent of the people shown"),
        max_length=200,
        help_text=CONSENT_HELP,
        error_messages={"required": _("Say how the people in the picture agreed.")},
    )
    caption = forms.CharField(
        label=_("Caption"),
        required=False,
        max_length=200,
        help_text=_("For all of them; each can be changed later."),
    )

    def clean_consent(self):
        consent = tidy(self.cleaned_data["consent"])
        if not consent:
            raise ValidationError(self.fields["consent"].error_messages["required"], "required")
        return consent

    def clean_caption(self):
        return tidy(self.cleaned_data["caption"])


class PhotoForm(VersionedModelForm):
    class Meta:
        model = CoursePhoto
        fields = ["caption", "consent"]
        labels = {"caption": _("Caption"), "consent": _("Consent of the people shown")}
        help_texts = {"consent": CONSENT_HELP}
        error_messages = {"consent": {"required": _("Say how the people in the picture agreed.")}}

    def clean_caption(self):
        return tidy(self.cleaned_data["caption"])

    def clean_consent(self):
        consent = tidy(self.cleaned_data["consent"])
        if not consent:
            raise ValidationError(self.fields["consent"].error_messages["required"], "required")
        return consent
