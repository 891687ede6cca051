"""Text of people's forms: reasons, and what must not be remembered by a browser."""

from django.utils.translation import gettext_lazy as _

from offices.thai.forms import TidyField as TidyField

SECRET = {"autocomplete": "off", "data-secret": ""}
"""For boxes that hold a document number: never offered again by the browser, never kept by our script."""


class ReasonField(TidyField):
    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label", _("Reason"))
        kwargs.setdefault("max_length", 200)
        super().__init__(*args, **kwargs)
