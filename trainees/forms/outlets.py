"""What may be typed about a sales channel, a publicity channel, and the products sold through the former."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offices.clock import today
from offices.forms import VersionedModelForm
from offices.thai.dates import month_and_year
from offices.thai.forms import ThaiDateField
from offices.thai.typed import Unreadable
from trainees.forms.text import TidyField
from trainees.links import read_link
from trainees.models import Channel, Offer, Product, Publicity, Sale

MOST_NAMED = 3


class LinkField(TidyField):
    """An address on the web; see `read_link`."""

    def to_python(self, value):
        try:
            return read_link(super().to_python(value))
        except Unreadable as refusal:
            raise ValidationError(refusal.message, refusal.code, refusal.params) from None

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"inputmode": "url", "autocomplete": "off"}


class OutletForm(VersionedModelForm):
    """What both kinds of channels have: people must be able to find it, and it is open from one day to another."""

    derived_columns = ("name_order",)

    name = TidyField(label=pgettext_lazy("channel", "Name"), max_length=150)
    link = LinkField(
        label=_("Link"),
        max_length=300,
        required=False,
        help_text=_("Such as https://www.facebook.com/ourshop. A link, or an address or place, is needed."),
    )
    address = TidyField(
        label=_("Address or place"),
        max_length=300,
        required=False,
        help_text=_("Where it is, or the name by which it is found, such as a LINE ID."),
    )
    opened_on = ThaiDateField(label=_("Open since"), help_text=_("Such as 16/01/2569."))
    closed_on = ThaiDateField(
        label=_("Open until"), required=False, help_text=_("Leave it empty as long as it is open.")
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.fields["note"].widget = forms.Textarea(attrs={"rows": 3})

    def clean_opened_on(self):
        day = self.cleaned_data["opened_on"]
        if day > today():
            raise ValidationError(_("This day is still to come."), "future")
        return day

    def clean(self):
        cleaned = super().clean()
        if not {"link", "address"} & set(self.errors) and not cleaned.get("link") and not cleaned.get("address"):
            self.add_error("address", _("Give a link, or an address or place, so that people can find it."))
        first, last = cleaned.get("opened_on"), cleaned.get("closed_on")
        if first and last and last < first:
            self.add_error("closed_on", ValidationError(_("It cannot close before it opens."), "order"))
        return cleaned


class _Meta:
    fields = ("name", "kind", "link", "address", "opened_on", "closed_on", "note")
    labels = {"kind": _("Kind of channel"), "note": _("Note")}


class ChannelForm(OutletForm):
    """A sales channel. It is open in every month of which sales are entered."""

    class Meta(_Meta):
        model = Channel

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and cleaned.get("opened_on") and "closed_on" not in self.errors:
            self._refuse_sales_outside(cleaned["opened_on"], cleaned.get("closed_on") or date.max)
        return cleaned

    def _refuse_sales_outside(self, first, last):
        sales = Sale.objects.visible_to(self.user).filter(channel=self.instance).order_by("month")
        told = _("Sales are entered for %(months)s. Correct the sales first.")
        for name, outside in {
            "opened_on": sales.filter(month__lt=first.replace(day=1)),
            "closed_on": sales.filter(month__gt=last),
        }.items():
            months = list(outside.values_list("month", flat=True)[: MOST_NAMED + 1])
            if months:
                shown = ", ".join(month_and_year(month) for month in months[:MOST_NAMED])
                more = " …" if len(months) > MOST_NAMED else ""
                self.add_error(name, ValidationError(told, "sales", {"months": shown + more}))


class PublicityForm(OutletForm):
    class Meta(_Meta):
        model = Publicity


class ProductChoice(forms.ModelChoiceField):
    default_error_messages = {
        "required": _("Choose a product."),
        "invalid_choice": _("This product is no longer there, or is sold here already."),
    }

    def label_from_instance(self, product):
        return f"{product.name} ({product.course})"


class OfferForm(forms.Form):
    """One more product of the school that is sold through a channel."""

    product = ProductChoice(queryset=None, label=_("Product"), empty_label=_("Choose a product"))

    def __init__(self, user, channel, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sold = Offer.objects.visible_to(user).filter(channel=channel).values("product")
        products = Product.objects.visible_to(user).filter(school=channel.school_id).exclude(pk__in=sold)
        self.fields["product"].queryset = products.select_related("course")
