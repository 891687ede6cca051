"""Assessing a product by a year's checklist, and taking back an assessment that was a mistake."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from offices.clock import today
from offices.models import FiscalYear
from offices.permissions import Can, requires
from offices.thai.dates import fiscal_year_of
from trainees.forms.products import AssessmentForm, TakeBackForm
from trainees.models import Assessment, Product, Verdict
from trainees.products import operations
from trainees.products.standing import Standing, checklist_of
from trainees.views.refused import done, done_or_told, typed


def assessments_of(product, user):
    """Every assessment of a product with its verdicts, the newest first; those taken back too."""
    kept, gone = Assessment.objects.visible_to(user), Assessment.objects.in_bin_of(user)
    found = [*kept.filter(product=product).select_related("entered_by"), *gone.filter(product=product)]
    found.sort(key=lambda each: (each.assessed_on, each.pk), reverse=True)
    verdicts = {}
    for verdict in Verdict.objects.visible_to(user).filter(assessment__in=[each.pk for each in found]):
        verdicts.setdefault(verdict.assessment_id, []).append(verdict)
    for each in found:
        each.points = verdicts.get(each.pk, [])
        each.standing = Standing.of(each.is_met)
    return found


def _year(request):
    """The year whose checklist is asked for, else that of today."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= 4 else fiscal_year_of(today())
    return FiscalYear.objects.filter(pk=year).first()


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_PRODUCTS)
def product_assess(request, pk):
    product = get_object_or_404(Product.objects.visible_to(request.user).select_related("school", "course"), pk=pk)
    year = _year(request)
    points = checklist_of(year.pk) if year else []
    form = AssessmentForm(product, year, points, typed(request)) if points else None
    if form and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("assessed_on", "assessor", "assessor_position", "note")}
        given = {"product": product, "year": year, "judged": form.judged, "by": request.user}
        if made := done(form, operations.assess, **told, **given):
            messages.success(request, _("Assessed: %(standing)s") % {"standing": Standing.of(made.is_met).label})
            return redirect(_to_assessments(pk))
    tabs = [
        {"label": str(each), "url": f"?year={each}", "active": each == year}
        for each in FiscalYear.objects.filter(year__gte=fiscal_year_of(product.course.starts_on))
    ]
    context = {"product": product, "year": year, "form": form, "tabs": tabs, "cancel": _to_assessments(pk)}
    return render(request, "trainees/product_assess.html", context)


def _to_assessments(pk):
    return f"{reverse('trainees:product', args=[pk])}#assessments"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_PRODUCTS)
def assessment_take_back(request, pk):
    assessment = get_object_or_404(Assessment.objects.visible_to(request.user).select_related("product"), pk=pk)
    form = TakeBackForm(typed(request))
    back = _to_assessments(assessment.product_id)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if done(form, operations.take_back, assessment=assessment, reason=reason, by=request.user):
            undo = reverse("trainees:assessment_restore", args=[pk])
            messages.success(request, _("The assessment no longer counts."), extra_tags=f"undo:{undo}")
            return redirect(back)
    context = {"form": form, "assessment": assessment, "cancel": back}
    return render(request, "trainees/assessment_take_back.html", context)


@require_POST
@requires(Can.EDIT_PRODUCTS)
def assessment_restore(request, pk):
    gone = Assessment.objects.in_bin_of(request.user)
    gone = gone.filter(product__binned_at=None, product__course__binned_at=None)
    assessment = get_object_or_404(gone, pk=pk)
    if done_or_told(request, operations.let_count, assessment=assessment, by=request.user):
        messages.success(request, _("The assessment counts again."))
    return redirect(_to_assessments(assessment.product_id))
