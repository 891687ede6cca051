"""What may be typed about a curriculum and the rows of its structure (form 3)."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from courses.models import Curriculum, Topic
from courses.rules import hours_shown
from courses.structure import Hours
from offices.forms import Difference, ScopedModelForm, VersionedModelForm
from offices.thai.digits import BLANK
from offices.thai.forms import ThaiDecimalField, ThaiIntegerField
from offices.thai.typed import tidy

MOST_TOPICS = 100
BLANK_ROWS = 3
PREFIX = "topics"
TOLD = ("title", "objective", "content", "process", "hours_theory", "hours_practice")


def _without_zeros(form: forms.ModelForm) -> None:
    """Hours as one types them; nothing where there are none, since nothing typed means the rows' sum."""
    for name in ("hours_theory", "hours_practice"):
        if isinstance(hours := form.initial.get(name), Decimal):
            form.initial[name] = f"{hours.normalize():f}" if hours else ""


class TopicForm(ScopedModelForm):
    """One row of the structure. A new row in which nothing is typed is no row."""

    row = forms.CharField(required=False, widget=forms.HiddenInput)
    position = ThaiIntegerField(label=_("No."), required=False, min_value=1, max_value=999)
    hours_theory = ThaiDecimalField(
        label=_("Hours of theory"), required=False, min_value=Decimal(0), max_digits=5, decimal_places=1
    )
    hours_practice = ThaiDecimalField(
        label=_("Hours of practice"), required=False, min_value=Decimal(0), max_digits=5, decimal_places=1
    )

    class Meta:
        model = Topic
        fields = ["position", *TOLD]
        labels = {
            "title": _("Topic"),
            "objective": _("Learning objective"),
            "content": _("Content"),
            "process": _("Learning process"),
        }
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("objective", "content", "process")}

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        _without_zeros(self)
        if self.instance.pk:
            self.initial["row"] = self.instance.pk
        self.place = self.instance.position  # before what is typed is put into the instance

    def has_changed(self):
        changed = set(self.changed_data)
        return bool(changed - {"row", "position", "DELETE"} if self.instance._state.adding else changed)

    def clean_title(self):
        return tidy(self.cleaned_data["title"])

    def clean_hours_theory(self):
        return self.cleaned_data["hours_theory"] or Decimal(0)

    def clean_hours_practice(self):
        return self.cleaned_data["hours_practice"] or Decimal(0)

    def order(self):
        """By the number typed. A row sent up goes before the one of that number, a row sent down behind it."""
        number = self.cleaned_data.get("position")
        if number is None:
            return (self.place is None, 2 * (self.place or 0), 0)
        moved = -1 if self.place is None or number < self.place else int(number > self.place)
        return (False, 2 * number + moved, number)


class BaseTopicRows(forms.BaseFormSet):
    """The rows of a curriculum's structure, found again by their hidden keys, in the order of their numbers.

    A sender that sends no rows at all leaves the structure as it is.
    """

    def __init__(self, user, data=None, *, curriculum=None, filled=()):
        self.user, self.curriculum = user, curriculum
        self.stored = self._stored_now()
        self._known = {str(topic.pk): topic for topic in self.stored}
        self._before = {topic.pk: _values(topic) for topic in self.stored}
        self.is_sent = data is not None and f"{PREFIX}-TOTAL_FORMS" in data
        rows = [{"row": topic.pk} for topic in self.stored] or list(filled)
        super().__init__(
            data if self.is_sent else None,
            prefix=PREFIX,
            initial=None if self.is_sent else rows,
            error_messages={"too_many_forms": _("A curriculum has at most %(num)d rows.")},
        )
        self.can_add = len(self.forms) < self.absolute_max

    def _stored_now(self):
        if self.curriculum is None:
            return []
        return list(Topic.objects.visible_to(self.user).filter(curriculum=self.curriculum))

    def get_form_kwargs(self, index):
        kwargs = {"user": self.user}
        if index is None:
            return kwargs
        if self.is_sent:
            topic = self._known.pop(self.data.get(self.add_prefix(index) + "-row", ""), None)
        else:
            topic = self.stored[index] if index < len(self.stored) else None
        return kwargs | {"instance": topic, "empty_permitted": topic is None}

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Take this row out when saving")

    def is_valid(self):
        return not self.is_sent or super().is_valid()

    def kept(self):
        """The forms of the rows that shall stand, in their order."""
        if self._errors is None:
            self.full_clean()
        rows = [form for form in self.forms if form.has_changed() or not form.instance._state.adding]
        return sorted((form for form in rows if not self._should_delete_form(form)), key=TopicForm.order)

    def sums(self) -> Hours:
        """What the readable hours of the rows add up to."""
        if not self.is_sent:
            rows = [{"hours_theory": t.hours_theory, "hours_practice": t.hours_practice} for t in self.stored]
        else:
            rows = [form.cleaned_data for form in self.kept()]
        return Hours(*(sum((row.get(n) or Decimal(0) for row in rows), Decimal(0)) for n in TOLD[-2:]))

    def differences(self) -> list[Difference]:
        """Row by row, where what was typed differs from what somebody else has stored meanwhile."""
        mine = [_told(form.instance) for form in self.kept()] if self.is_sent else []
        theirs = [_told(topic) for topic in self._stored_now()]
        longest = max(len(mine), len(theirs)) if self.is_sent else 0
        pairs = [(_at(mine, n), _at(theirs, n)) for n in range(longest)]
        label = _("Structure, row %(number)d")
        return [
            Difference(label % {"number": number}, one, other)
            for number, (one, other) in enumerate(pairs, 1)
            if one != other
        ]

    def save(self, curriculum):
        """Save, number and take out rows. A row that somebody else added unseen stays, at the end."""
        if not self.is_sent:
            return
        kept = [form.instance for form in self.kept()]
        thrown = [form.instance.pk for form in self.forms if form.instance.pk and self._should_delete_form(form)]
        unseen = [topic for topic in self.stored if topic not in kept and topic.pk not in thrown]
        changed = bool(thrown)
        for position, topic in enumerate([*kept, *unseen], 1):
            topic.curriculum, topic.school_id, topic.position = curriculum, curriculum.school_id, position
            if self._before.get(topic.pk) != _values(topic):
                topic.save()
                changed = True
        Topic.objects.visible_to(self.user).filter(pk__in=thrown).delete()
        if changed:
            # Whoever has the curriculum open elsewhere shall learn of it, as of any change.
            rows = Curriculum.objects.visible_to(self.user).filter(pk=curriculum.pk)
            rows.update(version=F("version") + 1)


TopicRows = forms.formset_factory(
    TopicForm,
    formset=BaseTopicRows,
    extra=BLANK_ROWS,
    can_delete=True,
    max_num=MOST_TOPICS,
    validate_max=True,
    absolute_max=2 * MOST_TOPICS,
)


def _values(topic):
    return tuple(getattr(topic, name) for name in ("position", *TOLD))


def _told(topic):
    """A row as a person reads it."""
    words = [topic.title, topic.objective, topic.content, topic.process]
    hours = f"{hours_shown(topic.hours_theory)} + {hours_shown(topic.hours_practice)}"
    return " · ".join([*filter(None, words), hours])


def _at(rows, number):
    return rows[number] if number < len(rows) else BLANK


class CurriculumForm(VersionedModelForm):
    """A curriculum with its rows. Hours left empty are what the rows add up to."""

    derived_columns = ("title_order",)

    hours_theory = ThaiDecimalField(
        label=_("Hours of theory"),
        required=False,
        min_value=Decimal(0),
        max_digits=6,
        decimal_places=1,
        help_text=_("Leave it empty to take the sum of the rows below."),
    )
    hours_practice = ThaiDecimalField(
        label=_("Hours of practice"),
        required=False,
        min_value=Decimal(0),
        max_digits=6,
        decimal_places=1,
        help_text=_("Leave it empty to take the sum of the rows below."),
    )
    value_chain = forms.MultipleChoiceField(
        label=_("Value chain"),
        choices=Curriculum.ValueChain,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick every part of the chain that is taught."),
    )

    LONG = ("background", "principles", "aims", "target", "media", "assessment", "completion")

    class Meta:
        model = Curriculum
        fields = [
            "title",
            "hours_theory",
            "hours_practice",
            "duration",
            "trade_group",
            "fit",
            "value_chain",
            "local_wisdom",
            "digital_use",
            "qualification_standard",
            "teaches_life_skills",
            "background",
            "principles",
            "aims",
            "target",
            "media",
            "assessment",
            "completion",
        ]
        labels = {
            "title": _("Title"),
            "duration": _("Duration"),
            "trade_group": _("Trade group"),
            "fit": _("Fits"),
            "local_wisdom": _("Local wisdom"),
            "digital_use": _("Digital technology or AI used"),
            "qualification_standard": _("Vocational qualification standard"),
            "teaches_life_skills": _("Teaches life skills, not an occupation"),
            "background": _("Background"),
            "principles": _("Principles"),
            "aims": _("Aims"),
            "target": _("Target group of the curriculum"),
            "media": _("Media and sources"),
            "assessment": _("Measuring and assessing"),
            "completion": _("Criteria of completion"),
        }
        help_texts = {
            "duration": _("In words, such as: 2 days, 4 hours each."),
            "teaches_life_skills": _("Earning more and spending less are then not asked afterwards (form 13)."),
        }

    def __init__(self, user, *args, rows=None, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.rows = rows or TopicRows(user, curriculum=self.instance if self.instance.pk else None)
        _without_zeros(self)
        for name in self.LONG:
            self.fields[name].widget = forms.Textarea(attrs={"rows": 3})

    @property
    def before_rows(self):
        return [self[name] for name in self.LONG[:4]]

    @property
    def after_rows(self):
        return [self[name] for name in self.LONG[4:]]

    def clean_title(self):
        title = tidy(self.cleaned_data["title"])
        if not title:
            raise ValidationError(self.fields["title"].error_messages["required"], "required")
        return title

    def clean_value_chain(self):
        """In the order of the chain, however they were ticked."""
        ticked = set(self.cleaned_data["value_chain"])
        return [part for part in Curriculum.ValueChain.values if part in ticked]

    def clean(self):
        cleaned, sums = self.cleaned_data, self.rows.sums()
        for name, total in zip(("hours_theory", "hours_practice"), sums, strict=True):
            if name not in self.errors and cleaned.get(name) is None:
                cleaned[name] = total
        parts = [cleaned.get("hours_theory"), cleaned.get("hours_practice")]
        if None not in parts and sum(parts) == 0 and self.rows.is_valid():
            why = _("Enter the hours of theory, of practice, or both, here or in the rows of the structure.")
            self.add_error("hours_practice", ValidationError(why, "zero"))
        return super().clean()

    def _refuse_if_changed(self, cleaned):
        try:
            super()._refuse_if_changed(cleaned)
        except ValidationError:
            self.conflict += self.rows.differences()
            raise

    def save(self, commit=True):
        curriculum = super().save(commit)
        self.rows.save(curriculum)
        return curriculum
