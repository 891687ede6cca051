"""How a form is printed, chosen in the panel of papers: nothing has to be filled in."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from offices.models import Signer
from offices.signers import Holder
from trainees.forms.text import ReasonField, TidyField
from trainees.papers.facts import Signers, Way

SIGNERS = ("instructor", "responsible", "teacher", "director", "director_position", "acting")


class PaperForm(forms.Form):
    filled = forms.ChoiceField(
        label=_("What is printed"),
        choices=[("yes", _("Filled in")), ("no", _("Empty, to be written on"))],
        widget=forms.RadioSelect,
        initial="yes",
        required=False,
    )
    thai_digits = forms.BooleanField(label=_("Thai digits"), required=False)
    instructor = TidyField(label=_("Instructor who signs"), max_length=150, required=False)
    responsible = TidyField(label=_("Responsible person"), max_length=150, required=False)
    teacher = TidyField(label=_("Teacher of the subdistrict centre"), max_length=150, required=False)
    director = TidyField(label=_("Director, or who acts for them"), max_length=150, required=False)
    acting = forms.ChoiceField(
        label=_("Acting for the director"),
        choices=[("", _("No, the director signs")), *Signer.Acting.choices],
        required=False,
    )
    director_position = TidyField(label=_("Own position of who acts"), max_length=150, required=False)

    def tell_recorded(self, recorded: dict[str, Holder]) -> None:
        """Say whose name is printed where nothing is typed; names typed for earlier papers give way to these."""
        for name, holder in recorded.items():
            self.fields[name].help_text = _(
                "Left empty: %(name)s, as recorded for the last day of the course."
            ) % {"name": holder.name}
            self.initial.pop(name, None)
        if "director" in recorded:
            for name in ("acting", "director_position"):
                self.initial.pop(name, None)

    def is_filled(self) -> bool:
        return self.cleaned_data["filled"] != "no"

    def way(self) -> Way:
        said = {name: self.cleaned_data[name] for name in SIGNERS}
        if said["acting"]:
            with override("th"):  # the paper is Thai, whatever the language of the screen
                said["acting"] = str(Signer.Acting(said["acting"]).label)
        return Way(thai_digits=self.cleaned_data["thai_digits"], signers=Signers(**said))


class FullPaperForm(PaperForm):
    """The same choices, carried along unseen, and what the numbers in full are needed for."""

    reason = ReasonField(label=_("What it is needed for"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name != "reason":
                field.widget = forms.HiddenInput()
