"""Papers that show which standard a product has: added, sent to whoever may see the product, thrown away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses import bins
from documents.files import serve
from offices.permissions import Can, requires
from trainees.forms.products import PaperForm
from trainees.models import Product, StandardPaper
from trainees.products import operations


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_PRODUCTS)
def paper_add(request, pk):
    product = get_object_or_404(Product.objects.visible_to(request.user), pk=pk)
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    back = _to_papers(pk)
    if form.is_valid():
        try:
            operations.keep_paper(product=product, file=form.cleaned_data["file"], by=request.user)
        except ValidationError as refusal:
            form.add_error("file", refusal)
        else:
            messages.success(request, _("The paper was added."))
            return redirect(back)
    return render(request, "trainees/product_paper.html", {"form": form, "product": product, "cancel": back})


def _to_papers(pk):
    return f"{reverse('trainees:product', args=[pk])}#papers"


@require_safe
@requires(Can.VIEW_PRODUCTS)
def paper(request, pk):
    kept = get_object_or_404(StandardPaper.objects.visible_to(request.user), pk=pk)
    try:
        return serve(kept)
    except FileNotFoundError as lost:
        raise Http404 from lost


@require_POST
@requires(Can.EDIT_PRODUCTS)
def paper_bin(request, pk):
    kept = get_object_or_404(StandardPaper.objects.visible_to(request.user), pk=pk)
    try:
        bins.throw_away(kept, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        undo = reverse("trainees:standard_paper_restore", args=[pk])
        told = _("The paper “%(name)s” is in the bin.") % {"name": kept}
        messages.success(request, told, extra_tags=f"undo:{undo}")
    return redirect(_to_papers(kept.product_id))


@require_POST
@requires(Can.EDIT_PRODUCTS)
def paper_restore(request, pk):
    kept = get_object_or_404(bins.still_kept(StandardPaper, request.user).filter(StandardPaper.HELD), pk=pk)
    bins.take_back(kept, by=request.user)
    messages.success(request, _("The paper “%(name)s” is back.") % {"name": kept})
    return redirect(_to_papers(kept.product_id))
