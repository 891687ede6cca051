"""What may be typed about a product: the product itself, its makers, an assessment, a paper, a photograph."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from courses.photo_forms import PhotoForm
from offices.clock import today
from offices.forms import VersionedModelForm
from offices.thai.dates import fiscal_year_of, short_date
from offices.thai.forms import ThaiDateField, ThaiMoneyField
from trainees.forms.enrolments import PeopleField
from trainees.forms.text import LinesField, ReasonField, TidyField
from trainees.models import Product, ProductPhoto
from trainees.products.operations import Judged
from trainees.products.standing import mark_of

YES, NO = "yes", "no"


class CourseChoice(forms.ModelChoiceField):
    def label_from_instance(self, course: Course) -> str:
        return f"{course.name} ({short_date(course.starts_on)})"


class ProductForm(VersionedModelForm):
    """A product of a course that has begun. A price left empty is not known; nothing has the price 0 by itself."""

    derived_columns = ("name_order",)

    course = CourseChoice(
        queryset=Course.objects.all(),
        label=_("Course in or after which it was made"),
        help_text=_("Courses whose training has begun."),
    )
    name = TidyField(label=_("Name of the product"), max_length=200)
    category = TidyField(
        label=_("Category"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"list": "categories"}),
        help_text=_("Choose one that is in use, or type another."),
    )
    description = LinesField(label=_("Description"))
    made_on = ThaiDateField(label=_("First made on"), required=False, help_text=_("Such as 16/01/2569."))
    price = ThaiMoneyField(
        label=_("Price (baht)"),
        required=False,
        max_digits=12,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0), _("A price cannot be negative."))],
        help_text=_("Left empty when it is not known."),
    )
    standard = TidyField(
        label=_("Standard that it has"),
        required=False,
        max_length=200,
        help_text=_("Which one, with its number. Papers that show it are added on the product's page."),
    )
    identity = LinesField(label=_("Identity that ties it to the community"))
    demand = LinesField(label=_("How it fits what people ask for"))
    packaging = LinesField(label=_("Better packaging"))
    value_added = LinesField(label=_("Value added"))

    class Meta:
        model = Product
        fields = [
            "course",
            "name",
            "category",
            "description",
            "made_on",
            "price",
            "standard",
            "identity",
            "demand",
            "packaging",
            "value_added",
        ]

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        begun = Q(status__in=Course.COUNTED_STATES) | Q(pk=self.instance.course_id)
        self.fields["course"].queryset = self.fields["course"].queryset.filter(begun)

    def clean_made_on(self):
        day = self.cleaned_data["made_on"]
        if day and day > today():
            raise ValidationError(_("This day is still to come."), "future")
        return day

    def clean(self):
        cleaned = super().clean()
        course, day = cleaned.get("course"), cleaned.get("made_on")
        if course and day and day < course.starts_on:
            self.add_error("made_on", _before_the_course(course))
        return cleaned


def _before_the_course(course):
    first = {"first": short_date(course.starts_on)}
    return ValidationError(_("The course began on %(first)s: this day is before it."), "before", first)


class MakersForm(forms.Form):
    """Places on courses of the product's school, ticked."""

    people = PeopleField(label=_("Who made it"), queryset=None)

    def __init__(self, places, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = places


class AssessmentForm(forms.Form):
    """An assessment by the points of a year's checklist: boxes named met_KEY and remark_KEY.

    Whoever began before the department changed the checklist is told, and may send it again.
    """

    assessed_on = ThaiDateField(label=_("Day of the assessment"), help_text=_("Such as 16/01/2569."))
    assessor = TidyField(
        label=_("Who assessed it"),
        max_length=150,
        help_text=_("Title, name and surname of the person who looked at the product."),
    )
    assessor_position = TidyField(
        label=_("Position and office"),
        required=False,
        max_length=150,
        help_text=_("Such as: teacher of the school, supervisor of the province, expert of the standards office."),
    )
    note = LinesField(label=_("Remark on the whole"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, product, year, points, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.product, self.year, self.points = product, year, points
        self.initial["seen"] = mark_of(points)
        for point in points:
            self.fields[f"met_{point.pk}"] = forms.ChoiceField(
                label=point.text,
                choices=[(YES, _("Met")), (NO, _("Not met"))],
                widget=forms.RadioSelect,
                error_messages={"required": _("Say whether this point is met.")},
            )
            self.fields[f"remark_{point.pk}"] = TidyField(label=_("Remark"), required=False, max_length=300)

    @property
    def rows(self):
        """Each point with its two boxes."""
        return [(point, self[f"met_{point.pk}"], self[f"remark_{point.pk}"]) for point in self.points]

    @property
    def about(self):
        """The boxes that are not about one point."""
        return [self[name] for name in ("assessed_on", "assessor", "assessor_position")]

    @property
    def judged(self):
        return [
            Judged(point, self.cleaned_data[f"met_{point.pk}"] == YES, self.cleaned_data[f"remark_{point.pk}"])
            for point in self.points
        ]

    def clean_assessed_on(self):
        day = self.cleaned_data["assessed_on"]
        if day > today():
            raise ValidationError(_("This day is still to come."), "future")
        if day < self.product.course.starts_on:
            raise _before_the_course(self.product.course)
        if (year := fiscal_year_of(day)) != self.year.pk:
            raise ValidationError(
                _("This day lies in fiscal year %(year)d: choose the checklist of that year first."),
                "year",
                {"year": year},
            )
        return day

    def clean(self):
        cleaned = super().clean()
        newest = self.initial["seen"]
        if cleaned.get("seen") != newest:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = newest
            raise ValidationError(
                _("The checklist has been changed since you opened it. Look the points over, then send again."),
                "changed",
            )
        return cleaned


class TakeBackForm(forms.Form):
    reason = ReasonField(
        label=_("Why it is taken back"),
        help_text=_("Such as: entered for the wrong product. All who see the product read it."),
    )


class PaperForm(forms.Form):
    file = forms.FileField(
        label=_("Paper that shows the standard"),
        help_text=_("A PDF, or a picture as JPEG, PNG or WebP, up to 15 MB."),
        error_messages={"required": _("Choose a file.")},
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
    )


class ProductPhotoForm(PhotoForm):
    class Meta(PhotoForm.Meta):
        model = ProductPhoto  # type: ignore[assignment]  # as in any ModelForm
