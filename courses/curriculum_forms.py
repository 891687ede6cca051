"""What may be typed about a curriculum and the rows of its structure (form 3)."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.models import Curriculum, Topic
from courses.ordered_rows import BLANK_ROWS, BaseOrderedRows, OrderedRowForm
from courses.rules import hours_shown
from courses.structure import Hours
from offices.forms import VersionedModelForm
from offices.thai.forms import ThaiDecimalField
from offices.thai.typed import tidy

MOST_TOPICS = 100
PREFIX = "topics"
TOLD = ("title", "objective", "content", "process", "hours_theory", "hours_practice")


def _without_zeros(form: forms.ModelForm) -> None:
    """Hours as one types them; nothing where there are none, since nothing typed means the rows' sum."""
    for name in ("hours_theory", "hours_practice"):
        if isinstance(hours := form.initial.get(name), Decimal):
            form.initial[name] = f"{hours.normalize():f}" if hours else ""


class TopicForm(OrderedRowForm):
    """One row of the structure."""

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

    def clean_hours_theory(self):
        return self.cleaned_data["hours_theory"] or Decimal(0)

    def clean_hours_practice(self):
        return self.cleaned_data["hours_practice"] or Decimal(0)


class BaseTopicRows(BaseOrderedRows):
    """The rows of a curriculum's structure."""

    rows_prefix, parent_field, told = PREFIX, "curriculum", TOLD
    difference_label = _("Structure, row %(number)d")
    too_many = _("A curriculum has at most %(num)d rows.")

    @staticmethod
    def told_as(topic):
        words = [topic.title, topic.objective, topic.content, topic.process]
        hours = f"{hours_shown(topic.hours_theory)} + {hours_shown(topic.hours_practice)}"
        return " · ".join([*filter(None, words), hours])

    def sums(self) -> Hours:
        """What the readable hours of the rows add up to."""
        rows = self.typed()
        return Hours(*(sum((row.get(n) or Decimal(0) for row in rows), Decimal(0)) for n in TOLD[-2:]))


TopicRows = forms.formset_factory(
    TopicForm,
    formset=BaseTopicRows,
    extra=BLANK_ROWS,
    can_delete=True,
    max_num=MOST_TOPICS,
    validate_max=True,
    absolute_max=2 * MOST_TOPICS,
)


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
        self.rows = rows or TopicRows(user, parent=self.instance if self.instance.pk else None)
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
