"""Who made a product: people of its course's roster, and of other courses of the school."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from offices.permissions import Can, requires
from trainees.filters import named
from trainees.forms.products import MakersForm
from trainees.forms.text import TidyField
from trainees.identity import keys_of, looks_like_a_number
from trainees.models import Enrolment, Maker, Product, Trainee
from trainees.products import operations
from trainees.views.refused import done, typed

MOST_FOUND = 20


def _product(request, pk):
    return get_object_or_404(Product.objects.visible_to(request.user).select_related("course"), pk=pk)


def _places(product, user):
    """Places on courses of the school, of people who are not among the makers yet and whose data is not erased."""
    makers = Maker.objects.visible_to(user).filter(product=product, enrolment__trainee=OuterRef("trainee"))
    places = Enrolment.objects.visible_to(user).filter(school=product.school_id, trainee__erased_at=None)
    places = places.filter(~Exists(makers)).select_related("trainee", "course")
    return places.defer(*Enrolment.ENCRYPTED).order_by("trainee__name_order", "-course__starts_on", "pk")


def _shown(request, product, form, **more):
    places = _places(product, request.user)
    context = {
        "product": product,
        "form": form,
        "roster": places.filter(course=product.course_id),
        "ticked": request.POST.getlist("people"),
        "cancel": reverse("trainees:product", args=[product.pk]),
        **more,
    }
    return render(request, "trainees/product_makers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_PRODUCTS)
def product_makers(request, pk):
    product = _product(request, pk)
    form = MakersForm(_places(product, request.user), typed(request))
    if form.is_valid():
        chosen = list(form.cleaned_data["people"])
        added = done(form, operations.add_makers, product=product, enrolments=chosen, by=request.user)
        if added is not None:
            told = ngettext("%(n)d maker was added.", "%(n)d makers were added.", len(added))
            messages.success(request, told % {"n": len(added)})
            return redirect(f"{reverse('trainees:product', args=[pk])}#makers")
    return _shown(request, product, form)


@require_POST
@requires(Can.EDIT_PRODUCTS)
def maker_candidates(request, pk):
    """People of other courses. Sent by POST: it may be a document number that was typed."""
    product = _product(request, pk)
    text = TidyField(required=False).to_python(request.POST.get("q", ""))[:100]
    found = list(_found(product, request.user, text)[: MOST_FOUND + 1]) if text else []
    more = {"sought": text, "found": found[:MOST_FOUND], "more": len(found) > MOST_FOUND}
    if request.htmx:
        return render(request, "trainees/product_makers.html#found", more | {"product": product, "ticked": []})
    return _shown(request, product, MakersForm(Enrolment.objects.none()), **more)


def _found(product, user, text):
    people = Trainee.objects.visible_to(user).filter(school=product.school_id)
    people = (
        people.filter(person_key__in=keys_of(text)) if looks_like_a_number(text) else people.filter(named(text))
    )
    return _places(product, user).filter(trainee__in=people.values("pk")).exclude(course=product.course_id)


@require_POST
@requires(Can.EDIT_PRODUCTS)
def maker_remove(request, pk):
    maker = get_object_or_404(Maker.objects.visible_to(request.user).select_related("enrolment__trainee"), pk=pk)
    operations.remove_maker(maker=maker, by=request.user)
    told = _("%(name)s is no longer among the makers.") % {"name": maker.enrolment.trainee}
    messages.success(request, told)
    return redirect(f"{reverse('trainees:product', args=[maker.product_id])}#makers")
