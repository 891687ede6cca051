"""Keeping photographs of a course, a product: made anew from what was sent, the same one once, with consent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Any, Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from courses.models.photos import Photo
from documents.files import KeptOnlyOnCommit
from documents.pictures import Prepared, prepare
from offices.models import User

MOST_AT_ONCE: Final = 20
MOST_OF_ONE: Final = 100


@dataclass(frozen=True)
class Refused:
    """A file that was not added, and why."""

    name: str
    why: str


def add(
    model: type[Photo], holder: Any, files: Iterable[IO[bytes]], *, caption: str, consent: str, by: User
) -> tuple[list[Photo], list[Refused]]:
    """Add the good ones of `files` to the photographs of `holder`; the others are named with the reason."""
    added: list[Photo] = []
    refused: list[Refused] = []
    for file in files:
        try:
            added.append(_add(model, holder, prepare(file), caption=caption, consent=consent, by=by))
        except ValidationError as refusal:
            refused.append(Refused(str(file.name), " ".join(refusal.messages)))
    return added, refused


@transaction.atomic
def _add(model: type[Photo], holder: Any, made: Prepared, *, caption: str, consent: str, by: User) -> Photo:
    # One at a time for each holder: the same file sent twice at once must not stand twice.
    type(holder).objects.visible_to(by).select_for_update(of=("self",)).get(pk=holder.pk)
    of_holder = {model.HOLDER: holder}
    photos = model.objects.visible_to(by).filter(**of_holder)
    if photos.filter(sha256=made.sha256).exists():
        raise ValidationError(_("This picture is already there."), "twice")
    if model.objects.in_bin_of(by).filter(**of_holder, sha256=made.sha256).exists():
        raise ValidationError(_("This picture lies in the bin: take it back from there."), "binned")
    if photos.count() >= MOST_OF_ONE:
        raise ValidationError(
            _("There are already %(most)d pictures; more cannot be added."), "too_many", {"most": MOST_OF_ONE}
        )
    photo = model(
        school_id=holder.school_id,
        caption=caption,
        consent=consent,
        width=made.width,
        height=made.height,
        sha256=made.sha256,
        added_by=by,
        **of_holder,
    )
    photo.file.save("photo", ContentFile(made.large), save=False)
    transaction.on_commit(KeptOnlyOnCommit(photo.file.storage, str(photo.file.name)))
    storage = photo.file.storage
    small = storage.save(photo.small_name, ContentFile(made.small))
    transaction.on_commit(KeptOnlyOnCommit(storage, small))
    photo.save()
    return photo


def remove_files(model: type[Photo], names: Iterable[str]) -> None:
    """Remove the files of photographs whose rows are gone for good."""
    storage = model._meta.get_field("file").storage
    for name in names:
        storage.delete(name)
        storage.delete(model(file=name).small_name)
