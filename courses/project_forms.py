"""What may be typed about a project and the rows of its activities (form 5)."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.models import Activity, Course, Project
from courses.ordered_rows import BLANK_ROWS, BaseOrderedRows, OrderedRowForm
from courses.project_sums import total
from offices.forms import VersionedModelForm
from offices.thai.digits import format_number
from offices.thai.forms import ThaiMoneyField
from offices.thai.typed import tidy

MOST_ACTIVITIES = 60
AMOUNTS = ("budget", *Activity.QUARTERS)
TOLD = ("title", "aim", "target_group", "target", "area", "period", *AMOUNTS)


def _money(label, **more):
    return ThaiMoneyField(
        label=label, required=False, min_value=Decimal(0), max_digits=12, decimal_places=2, **more
    )


class ActivityForm(OrderedRowForm):
    """One main activity."""

    budget = _money(_("Budget (baht)"))
    quarter_1 = _money(_("Quarter 1 (Oct–Dec)"))
    quarter_2 = _money(_("Quarter 2 (Jan–Mar)"))
    quarter_3 = _money(_("Quarter 3 (Apr–Jun)"))
    quarter_4 = _money(_("Quarter 4 (Jul–Sep)"))

    class Meta:
        model = Activity
        fields = ["position", *TOLD]
        labels = {
            "title": _("Main activity"),
            "aim": _("Aim"),
            "target_group": _("Target group"),
            "target": _("Target"),
            "area": _("Area"),
            "period": _("Period"),
        }
        widgets = {"aim": forms.Textarea(attrs={"rows": 2})}


class BaseActivityRows(BaseOrderedRows):
    """The activities of a project."""

    rows_prefix, parent_field, told = "activities", "project", TOLD
    difference_label = _("Activity %(number)d")
    too_many = _("A project has at most %(num)d activities.")

    @staticmethod
    def told_as(activity):
        words = [getattr(activity, name) for name in TOLD[:6]]
        amounts = " + ".join(format_number(getattr(activity, name), 2) for name in Activity.QUARTERS)
        return " · ".join([*filter(None, words), format_number(activity.budget, 2), amounts])

    def budget(self) -> Decimal | None:
        return total(row.get("budget") for row in self.typed())


ActivityRows = forms.formset_factory(
    ActivityForm,
    formset=BaseActivityRows,
    extra=BLANK_ROWS - 1,
    can_delete=True,
    max_num=MOST_ACTIVITIES,
    validate_max=True,
    absolute_max=2 * MOST_ACTIVITIES,
)


class ProjectForm(VersionedModelForm):
    """A project with its activities. A budget left empty is what they add up to."""

    derived_columns = ("name_order",)

    budget = _money(
        _("Budget of the whole project (baht)"),
        help_text=_("Leave it empty to take the sum of the activities below."),
    )

    LONG = (
        "policy", "rationale", "aims", "targets", "partners", "related", "outcomes", "output_indicators",
        "outcome_indicators", "evaluation",
    )  # fmt: skip

    class Meta:
        model = Project
        fields = [
            "name", "fiscal_year", "policy", "rationale", "aims", "targets", "budget", "responsible", "partners",
            "related", "outcomes", "output_indicators", "outcome_indicators", "evaluation",
        ]  # fmt: skip
        labels = {
            "name": _("Name of the project"),
            "fiscal_year": _("Fiscal year"),
            "policy": _("Policies and standards it follows"),
            "rationale": _("Principle and rationale"),
            "aims": _("Aims"),
            "targets": _("Targets in number and quality"),
            "responsible": _("Responsible person or group"),
            "partners": _("Partners who work on it"),
            "related": _("Related projects"),
            "outcomes": _("Expected outcomes"),
            "output_indicators": _("Indicators of output"),
            "outcome_indicators": _("Indicators of outcome"),
            "evaluation": _("How it is followed and evaluated"),
        }

    def __init__(self, user, *args, rows=None, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.rows = rows or ActivityRows(user, parent=self.instance if self.instance.pk else None)
        for name in self.LONG:
            self.fields[name].widget = forms.Textarea(attrs={"rows": 3})

    @property
    def before_rows(self):
        return [self[name] for name in self.LONG[:4]]

    @property
    def after_rows(self):
        return [self[name] for name in self.LONG[4:]]

    def clean_name(self):
        name = tidy(self.cleaned_data["name"])
        if not name:
            raise ValidationError(self.fields["name"].error_messages["required"], "required")
        return name

    def clean_fiscal_year(self):
        """The courses of a project are paid by its year."""
        year = self.cleaned_data["fiscal_year"]
        if self.instance.pk:
            others = Course.objects.visible_to(self.user).filter(project=self.instance).exclude(fiscal_year=year)
            if number := others.count():
                text = ngettext(
                    "%(number)d course of this project is paid by another year.",
                    "%(number)d courses of this project are paid by another year.",
                    number,
                )
                raise ValidationError(text, "courses", {"number": number})
        return year

    def clean(self):
        cleaned = self.cleaned_data
        if "budget" not in self.errors and cleaned.get("budget") is None:
            cleaned["budget"] = self.rows.budget()
        return super().clean()

    def _refuse_if_changed(self, cleaned):
        try:
            super()._refuse_if_changed(cleaned)
        except ValidationError:
            self.conflict += self.rows.differences()
            raise

    def save(self, commit=True):
        project = super().save(commit)
        self.rows.save(project)
        return project
