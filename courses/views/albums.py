"""The screens of photographs, whatever they show: page and panel, adding, captions, the bin, the pictures.

The routes of each kind of photograph are functions of their own, with their permissions; they ask their `Album`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses import bins, photos
from courses.models.photos import Photo
from courses.photo_forms import AddPhotosForm, PhotoForm
from offices.permissions import Can, may

SHOWN_FEW = 8


@dataclass(frozen=True)
class Album:
    """Photographs of one kind of thing: their form, who may add, how their holder is found, their page.

    The names of its routes begin with `routes`: that of a picture is `routes` itself, the page is `routes` + "s".
    """

    form: type[PhotoForm]
    may_add: Can
    find: Callable[[HttpRequest, int], Any]
    routes: str
    template: str

    @property
    def model(self) -> type[Photo]:
        return self.form._meta.model

    @property
    def page(self) -> str:
        return f"{self.routes}s"

    @property
    def add_route(self) -> str:
        return f"{self.routes}_add"

    @property
    def edit_route(self) -> str:
        return f"{self.routes}_edit"

    @property
    def bin_route(self) -> str:
        return f"{self.routes}_bin"

    @property
    def restore_route(self) -> str:
        return f"{self.routes}_restore"

    def few(self, user, holder):
        """Context of courses/album_few.html: the first photographs of a thing, and how many there are."""
        shown = self._of(user, holder)
        return {
            "album": self,
            "holder": holder,
            "photos": shown[:SHOWN_FEW],
            "count": shown.count(),
            "may_add": may(user, self.may_add),
        }

    def shown(self, request, pk):
        form = AddPhotosForm() if may(request.user, self.may_add) else None
        return self._page(request, self.find(request, pk), form)

    def add(self, request, pk):
        holder = self.find(request, pk)
        form = AddPhotosForm(request.POST or None, request.FILES if request.method == "POST" else None)
        if request.method == "GET" or not form.is_valid():
            return self._page(request, holder, form)
        sent, words = form.cleaned_data["pictures"], {n: form.cleaned_data[n] for n in ("caption", "consent")}
        added, refused = photos.add(self.model, holder, sent, by=request.user, **words)
        if not refused:
            said = ngettext("%(count)d picture was added.", "%(count)d pictures were added.", len(added))
            messages.success(request, said % {"count": len(added)})
            return redirect(self.page, pk)
        again = AddPhotosForm(initial=words)
        return self._page(request, holder, again, refused=refused, added=len(added), sent=len(sent))

    def picture(self, request, pk, size):
        """The picture itself, small or large; whoever may take it back also sees what lies in the bin."""
        photo = self._seen(request.user).filter(pk=pk).first()
        if photo is None and may(request.user, self.may_add):
            photo = self._kept(request.user).filter(pk=pk).first()
        names = {"large": photo.file.name, "small": photo.small_name} if photo else {}
        try:
            picture = photo.file.storage.open(names[size])
        except (KeyError, AttributeError, FileNotFoundError):
            raise Http404 from None
        response = FileResponse(picture, content_type="image/jpeg", filename=f"{photo.pk}-{size}.jpg")
        response["Cache-Control"] = "private, max-age=3600"
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response

    def edit(self, request, pk):
        photo = self._photo(request, pk)
        form = self.form(request.user, request.POST if request.method == "POST" else None, instance=photo)
        back = reverse(self.page, args=[photo.holder.pk])
        if form.is_valid():
            form.save()
            messages.success(request, _("Saved."))
            return redirect(back)
        context = {"form": form, "photo": photo, "album": self, "cancel": back}
        return render(request, "courses/photo_form.html", context)

    def throw_away(self, request, pk):
        photo = self._photo(request, pk)
        try:
            bins.throw_away(photo, by=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            undo = reverse(self.restore_route, args=[pk])
            messages.success(request, _("The picture is in the bin."), extra_tags=f"undo:{undo}")
        return redirect(self.page, photo.holder.pk)

    def take_back(self, request, pk):
        photo = get_object_or_404(self._kept(request.user).select_related(self.model.HOLDER), pk=pk)
        bins.take_back(photo, by=request.user)
        messages.success(request, _("The picture is back."))
        return redirect(self.page, photo.holder.pk)

    def _seen(self, user):
        return self.model.objects.visible_to(user)

    def _of(self, user, holder):
        return self._seen(user).filter(**{self.model.HOLDER: holder})

    def _kept(self, user):
        """In the bin, while what they show is not there itself."""
        return bins.still_kept(self.model, user).filter(self.model.HELD)

    def _photo(self, request, pk):
        return get_object_or_404(self._seen(request.user).select_related(self.model.HOLDER), pk=pk)

    def _page(self, request, holder, form, **more):
        binned = self._kept(request.user).filter(**{self.model.HOLDER: holder}) if form else []
        page = {
            "album": self,
            "holder": holder,
            "photos": list(self._of(request.user, holder).select_related("added_by")),
            "form": form,
            "binned": [(photo, bins.kept_until(photo)) for photo in binned],
        }
        return render(request, self.template, page | more)
