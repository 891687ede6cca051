"""Text of people's forms: reasons, and what must not be remembered by a browser."""

from django.utils.translation import gettext_lazy as _

from offices.forms import SECRET as SECRET
from offices.thai.forms import TidyField as TidyField


class ReasonField(TidyField):
    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label", _("Reason"))
        kwargs.setdefault("max_length", 200)
        super().__init__(*args, **kwargs)
