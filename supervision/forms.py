"""What is typed about a visit: PT.11 itself, its beginning, a correction, a school's proposal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offices.forms import VersionedModelForm
from offices.thai.forms import ThaiDateField
from supervision.form_eleven import INTERNAL_LINES
from supervision.models import ProposedItem, Visit
from supervision.operations import refuse_day
from trainees.forms.text import LinesField, ReasonField, TidyField

MOST_ADDED = 20


class BeginForm(forms.Form):
    stage = forms.ChoiceField(label=pgettext_lazy("visit", "When"), choices=Visit.Stage, widget=forms.RadioSelect)
    visited_on = ThaiDateField(label=_("Day of the visit"), help_text=_("Such as 16/01/2569."))


class CorrectionForm(forms.Form):
    reason = ReasonField(label=_("Why it is corrected"), max_length=500)


class ProposalForm(forms.Form):
    text = TidyField(label=_("What the visit should look at"), max_length=300)


class VisitForm(VersionedModelForm):
    """PT.11. Items, added items and internal supervisors are boxes named item_1_found, added_0_text, inner_0_name.

    A draft takes anything that can be read; what a submitted form needs is asked by operations.submit.
    """

    derived_columns = ("answers", "added", "internal")

    visited_on = ThaiDateField(label=_("Day of the visit"))
    recommendations = LinesField(label=_("Recommendations for development"), rows=4)
    knowledge_use = LinesField(label=_("Use of knowledge after training"), rows=4)
    product_quality = LinesField(label=_("Quality of the products"), rows=4)
    supervisor_name = TidyField(label=_("Name of the supervisor"), max_length=150, required=False)
    supervisor_position = TidyField(label=_("Position"), max_length=150, required=False)

    class Meta:
        model = Visit
        fields = [
            "stage",
            "visited_on",
            "recommendations",
            "knowledge_use",
            "product_quality",
            "supervisor_name",
            "supervisor_position",
        ]
        labels = {"stage": pgettext_lazy("visit", "When")}

    def __init__(self, user, *args, items, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.fields["stage"].choices = Visit.Stage.choices
        self.items = items
        proposals = ProposedItem.objects.visible_to(user).filter(course=self.instance.course_id)
        proposed = dict(proposals.values_list("pk", "text"))
        # What was taken in once keeps its words, even when the school withdraws it.
        self.words_of = proposed | {slot.get("proposal"): slot["text"] for slot in self.instance.added}
        slots = self._slots(proposed)
        for item in items:
            if not item.is_open:
                self._add_pair(f"item_{item.position}", str(item))
        self.added_slots = range(len(slots))
        for place, slot in enumerate(slots):
            self._add_slot(place, slot)
        for place in range(INTERNAL_LINES):
            label = _("Name of the chair") if place == 0 else _("Name of the member")
            self.fields[f"inner_{place}_name"] = TidyField(label=label, max_length=150, required=False)
            self.fields[f"inner_{place}_position"] = TidyField(label=_("Position"), max_length=150, required=False)
        self.initial |= self._boxes(self.instance, slots)

    # The boxes.

    def _slots(self, proposed: dict[int, str]) -> list[dict[str, Any]]:
        """What was added, what the school has proposed since, and one empty place."""
        slots = [dict(slot) for slot in self.instance.added]
        taken = {slot.get("proposal") for slot in slots}
        slots += [{"text": text, "proposal": key} for key, text in proposed.items() if key not in taken]
        slots.append({})
        while len(slots) < MOST_ADDED and self.add_prefix(f"added_{len(slots)}_text") in self.data:
            slots.append({})
        return slots[:MOST_ADDED]

    def _add_pair(self, name: str, label: str) -> None:
        wording = self.instance.form.wording
        for part in ("found", "advice"):
            self.fields[f"{name}_{part}"] = LinesField(label=f"{label} – {wording[part]}")

    def _add_slot(self, place: int, slot: dict[str, Any]) -> None:
        name = f"added_{place}"
        label = _("Added item %(number)d") % {"number": place + 1}
        self.fields[f"{name}_text"] = TidyField(label=label, max_length=300, required=False)
        self.fields[f"{name}_proposal"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, min_value=1, max_value=2**62
        )
        self._add_pair(name, label)

    @staticmethod
    def _boxes(visit: Visit, slots: list[dict[str, Any]]) -> dict[str, Any]:
        """What stands in each box of what is no column of its own."""
        boxes: dict[str, Any] = {}
        for number, answer in visit.answers.items():
            boxes |= {f"item_{number}_{part}": answer.get(part, "") for part in ("found", "advice")}
        for place, slot in enumerate(slots):
            boxes |= {f"added_{place}_{part}": said for part, said in slot.items()}
        for place, line in enumerate(visit.internal):
            boxes |= {f"inner_{place}_{part}": said for part, said in line.items()}
        return boxes

    def _differs(self, name, mine, current):
        return not self.fields[name].widget.is_hidden and super()._differs(name, mine, current)

    def _stored(self, name, current):
        boxes = self._boxes(current, current.added)
        if name in boxes or not hasattr(current, name):
            return self._shown(name, boxes.get(name))
        return super()._stored(name, current)

    # What the template walks through.

    def cards(self):
        """The items in order, each with its boxes; the open one with those of its added items."""
        for item in self.items:
            if item.is_open:
                yield {"item": item, "slots": [self._slot(place) for place in self.added_slots]}
            else:
                name = f"item_{item.position}"
                yield {"item": item, "found": self[f"{name}_found"], "advice": self[f"{name}_advice"]}

    def _slot(self, place):
        proposal = self[f"added_{place}_proposal"].value()
        return {
            "place": place + 1,
            "is_proposed": bool(proposal),
            **{part: self[f"added_{place}_{part}"] for part in ("text", "proposal", "found", "advice")},
        }

    def internal_lines(self):
        return [(self[f"inner_{place}_name"], self[f"inner_{place}_position"]) for place in range(INTERNAL_LINES)]

    # What was typed.

    def clean(self):
        if self.instance.is_submitted:
            self.compare(self.cleaned_data, self.instance)
            raise ValidationError(
                _("This form has been submitted already: it can only be corrected."), "submitted"
            )
        cleaned = super().clean()
        if cleaned.get("stage") and cleaned.get("visited_on"):
            try:
                refuse_day(self.instance.course, cleaned["stage"], cleaned["visited_on"])
            except ValidationError as refusal:
                self.add_error(None, refusal)
        self._require_names_of_items(cleaned)
        if not self.errors:
            self._gather(cleaned)
        return cleaned

    def _require_names_of_items(self, cleaned):
        for place in self.added_slots:
            said = cleaned.get(f"added_{place}_found") or cleaned.get(f"added_{place}_advice")
            if said and not cleaned.get(f"added_{place}_text") and f"added_{place}_text" not in self.errors:
                self.add_error(f"added_{place}_text", _("Say which item this is about."))

    def _gather(self, cleaned):
        self.instance.answers = {
            str(item.position): {part: cleaned[f"item_{item.position}_{part}"] for part in ("found", "advice")}
            for item in self.items
            if not item.is_open
        }
        self.instance.added = [slot for place in self.added_slots if (slot := self._gathered(place, cleaned))]
        self.instance.internal = [
            {"name": cleaned[f"inner_{place}_name"], "position": cleaned[f"inner_{place}_position"]}
            for place in range(INTERNAL_LINES)
        ]

    def _gathered(self, place, cleaned):
        """An added item as it is kept; nothing for an empty place. The school's words stay the school's."""
        slot = {part: cleaned[f"added_{place}_{part}"] for part in ("text", "found", "advice")}
        proposal = cleaned.get(f"added_{place}_proposal")
        if proposal and proposal in self.words_of:
            return slot | {"proposal": proposal, "text": self.words_of[proposal]}
        return slot if slot["text"] else None
