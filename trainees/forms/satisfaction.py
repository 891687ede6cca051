"""Form 12 as it is answered: 16 items with five levels and a remark each, and a comment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _

from offices.forms import VersionedModelForm
from trainees.forms.text import TidyField
from trainees.models import Satisfaction
from trainees.models.satisfaction import ITEMS, PARTS

LONGEST_REMARK = 200
LONGEST_COMMENT = 1000


class Item(NamedTuple):
    number: int
    level: forms.BoundField
    remark: forms.BoundField


class Part(NamedTuple):
    title: str
    items: list[Item]


class SatisfactionForm(forms.ModelForm):
    """What a person answers on a phone. `words` are those of the form in force on the first course day."""

    class Meta:
        model = Satisfaction
        fields = [*(f"item_{item}" for item in ITEMS), "comment"]

    def __init__(self, *args: Any, words: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words
        levels = list(zip(range(5, 0, -1), words["levels"], strict=True))
        remarks = self.instance.remarks
        for number, text in zip(ITEMS, words["items"], strict=True):
            self.fields[f"item_{number}"] = forms.TypedChoiceField(
                label=f"{number}. {text}",
                choices=levels,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"remark_{number}"] = TidyField(
                label=_("Remark on item %(number)d") % {"number": number},
                required=False,
                max_length=LONGEST_REMARK,
                initial=remarks.get(str(number), ""),
            )
        self.fields["comment"] = TidyField(
            label=words["comment"],
            required=False,
            max_length=LONGEST_COMMENT,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    @property
    def parts(self) -> list[Part]:
        titles = self.words["parts"]
        return [
            Part(titles[part], [Item(n, self[f"item_{n}"], self[f"remark_{n}"]) for n in items])
            for part, items in PARTS.items()
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and all(cleaned.get(f"item_{item}") is None for item in ITEMS):
            raise forms.ValidationError(
                _("Nothing is answered yet: choose a level for at least one item."), "blank"
            )
        said = {str(item): cleaned.get(f"remark_{item}", "") for item in ITEMS}
        self.instance.remarks = {item: words for item, words in said.items() if words}
        return cleaned


class StaffSatisfactionForm(SatisfactionForm, VersionedModelForm):
    """The same, copied by staff from the paper."""

    derived_columns = ("remarks",)

    def _stored(self, name: str, current: Any) -> str:
        if name.startswith("remark_"):
            return self._shown(name, current.remarks.get(name.removeprefix("remark_"), ""))
        return super()._stored(name, current)
