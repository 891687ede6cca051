"""Answers to questions that may stay without one."""

from django import forms
from django.utils.translation import gettext_lazy as _


def _answered(value):
    return {"yes": True, "no": False, "True": True, "False": False}.get(str(value))


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not known, which is neither."""

    def __init__(self, **kwargs):
        given = {
            "required": False,
            "choices": [("", _("Not known")), ("True", _("Yes")), ("False", _("No"))],
            "coerce": _answered,
            "empty_value": None,
            "widget": forms.RadioSelect,
        }
        super().__init__(**given | kwargs)
