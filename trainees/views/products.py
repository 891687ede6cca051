"""Products: the list, one product with everything about it, entering and changing it, the bin."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_tables2 import RequestConfig

from courses import bins
from courses.histories import happenings
from courses.models import Course
from courses.views.remembered import remembered
from documents.renderers import RENDERERS
from jobs.queue import enqueue
from offices.clock import today
from offices.permissions import Can, may, requires
from offices.thai.dates import fiscal_year_of
from trainees.forms.people import offered
from trainees.forms.products import PaperForm, ProductForm
from trainees.models import Exhibit, Maker, Offer, Product, StandardPaper
from trainees.products.exports import narrowed
from trainees.products.standing import Standing, checklist_of, with_standing
from trainees.products.tables import ProductTable
from trainees.tasks import export_products
from trainees.views.assessments import assessments_of
from trainees.views.product_photos import ALBUM
from trainees.views.refused import typed

PER_PAGE = 25
FILTER = "trainees:products"
EVENTS_SHOWN = 10


def visible_product(request, pk):
    return get_object_or_404(Product.objects.visible_to(request.user).select_related("school", "course"), pk=pk)


@require_safe
@requires(Can.VIEW_PRODUCTS)
@vary_on_headers("HX-Request")
@remembered(FILTER)
def product_list(request):
    narrow = narrowed(request.user, request.GET)
    table = ProductTable(narrow.qs, several_schools=narrow.sees_schools)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    year = fiscal_year_of(today())
    context = {
        "filter": narrow,
        "table": table,
        "count": table.page.paginator.count,
        "export_query": urlencode({k: v for k, v in request.GET.items() if v and k != "page"}),
        "may_edit": may(request.user, Can.EDIT_PRODUCTS),
        "without_checklist": None if checklist_of(year) else year,
    }
    template = "trainees/products.html#results" if request.htmx else "trainees/products.html"
    return render(request, template, context)


@require_POST
@requires(Can.VIEW_PRODUCTS)
def product_export(request):
    """The rows of the list as a file, made by a job."""
    ending = request.POST.get("format")
    if ending not in RENDERERS:
        raise Http404
    asked = {name: value for name, value in request.GET.items() if value and name != "page"}
    return redirect("jobs:detail", enqueue(export_products, request.user, asked=asked, ending=ending).pk)


@require_safe
@requires(Can.VIEW_PRODUCTS)
def product_detail(request, pk):
    product, user = visible_product(request, pk), request.user
    of_product = {"product": product}
    makers = Maker.objects.visible_to(user).filter(**of_product)
    assessments = assessments_of(product, user)
    context = {
        "product": product,
        "makers": makers.select_related("enrolment__trainee", "enrolment__course").order_by(
            "enrolment__trainee__name_order", "pk"
        ),
        "assessments": assessments,
        "standing": Standing.of(next((each.is_met for each in assessments if not each.binned_at), None)),
        "papers": StandardPaper.objects.visible_to(user).filter(**of_product).select_related("added_by"),
        "paper_form": PaperForm(),
        "few": ALBUM.few(user, product),
        "offers": Offer.objects.visible_to(user).filter(**of_product).select_related("channel"),
        "exhibits": Exhibit.objects.visible_to(user).filter(**of_product).select_related("fair"),
        "may_edit": may(user, Can.EDIT_PRODUCTS),
        "events": happenings(product, user, most=EVENTS_SHOWN),
    }
    return render(request, "trainees/product.html", context)


@vary_on_headers("HX-Request")
@require_safe
@requires(Can.VIEW_PRODUCTS)
def course_products(request, pk):
    """The products of one course: a page, and the panel of the course page."""
    course = get_object_or_404(Course.objects.visible_to(request.user), pk=pk)
    products = Product.objects.visible_to(request.user).filter(course=course)
    context = {
        "course": course,
        "products": with_standing(products, request.user),
        "may_add": may(request.user, Can.EDIT_PRODUCTS) and course.status in Course.COUNTED_STATES,
    }
    template = "trainees/course_products.html#panel" if request.htmx else "trainees/course_products.html"
    return render(request, template, context)


def _shown(request, form, **more):
    used = Product.objects.visible_to(request.user).exclude(category="").order_by("category")
    known = offered("product_categories")
    others = [name for name in used.values_list("category", flat=True).distinct()[:200] if name not in known]
    return render(request, "trainees/product_form.html", {"form": form, "categories": [*known, *others], **more})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_PRODUCTS)
def product_create(request):
    """A new product; with ?course=KEY of that course."""
    key = request.GET.get("course", "")
    form = ProductForm(request.user, typed(request), initial={"course": key} if key.isdecimal() else None)
    if form.is_valid():
        product = form.save()
        messages.success(request, _("The product “%(name)s” is saved. Say now who made it.") % {"name": product})
        return redirect("trainees:product_makers", product.pk)
    return _shown(request, form, heading=_("New product"), cancel=reverse("trainees:products"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_PRODUCTS)
def product_edit(request, pk):
    product = visible_product(request, pk)
    form = ProductForm(request.user, typed(request), instance=product)
    here = reverse("trainees:product", args=[pk])
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(here)
    return _shown(request, form, product=product, heading=_("Change the product"), cancel=here)


@require_POST
@requires(Can.EDIT_PRODUCTS)
def product_bin(request, pk):
    product = visible_product(request, pk)
    try:
        bins.throw_away(product, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("trainees:products")
    undo = reverse("trainees:product_restore", args=[pk])
    told = _("The product “%(name)s” is in the bin.") % {"name": product}
    messages.success(request, told, extra_tags=f"undo:{undo}")
    return redirect("trainees:products")


def _kept(request):
    """Products in the bin whose course is not there itself."""
    return bins.still_kept(Product, request.user).filter(course__binned_at=None)


@require_POST
@requires(Can.EDIT_PRODUCTS)
def product_restore(request, pk):
    product = get_object_or_404(_kept(request), pk=pk)
    bins.take_back(product, by=request.user)
    messages.success(request, _("The product “%(name)s” is back.") % {"name": product})
    return redirect("trainees:product", pk)


@require_safe
@requires(Can.EDIT_PRODUCTS)
def product_bin_list(request):
    rows = [(row, bins.kept_until(row)) for row in _kept(request).select_related("course")]
    return render(request, "trainees/product_bin.html", {"rows": rows, "days": settings.BIN_DAYS})
