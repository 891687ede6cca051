"""What happens to a product: who made it, how it was assessed, which papers it has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Final

import pghistory
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.files import KeptOnlyOnCommit
from documents.scans import take_in
from offices.models import ChecklistItem, FiscalYear, User
from trainees.models import Assessment, Enrolment, Maker, Product, StandardPaper, Verdict

MOST_PAPERS: Final = 20


@dataclass(frozen=True)
class Judged:
    """One point of the checklist, and what the assessor found."""

    point: ChecklistItem
    is_met: bool
    remark: str = ""


def lock_product(product: Product, by: User) -> Product:
    """The product as it is now, held until the end of the transaction."""
    held = Product.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=product.pk).first()
    if held is None:
        raise ValidationError(_("Somebody has thrown this product away meanwhile."), "gone")
    return held


@transaction.atomic
def add_makers(*, product: Product, enrolments: Iterable[Enrolment], by: User) -> list[Maker]:
    """Name people as makers, by their places on courses of the school; each person once."""
    held = lock_product(product, by)
    there = set(Maker.objects.visible_to(by).filter(product=held).values_list("enrolment__trainee", flat=True))
    added = []
    with pghistory.context(user=by.pk, act="product.add_makers"):
        for enrolment in enrolments:
            if enrolment.trainee_id not in there:
                there.add(enrolment.trainee_id)
                added.append(Maker.objects.create(school_id=held.school_id, product=held, enrolment=enrolment))
    return added


@transaction.atomic
def remove_maker(*, maker: Maker, by: User) -> None:
    with pghistory.context(user=by.pk, act="product.remove_maker"):
        Maker.objects.visible_to(by).filter(pk=maker.pk).delete()


@transaction.atomic
def assess(
    *,
    product: Product,
    year: FiscalYear,
    assessed_on: date,
    assessor: str,
    assessor_position: str = "",
    note: str = "",
    judged: Sequence[Judged],
    by: User,
) -> Assessment:
    """Enter what a named person found on a day. It meets the checklist when all required points are met."""
    held = lock_product(product, by)
    if not judged:
        raise ValidationError(_("The checklist of this fiscal year has no points yet."), "no_checklist")
    with pghistory.context(user=by.pk, act="product.assess"):
        assessment = Assessment.objects.create(
            school_id=held.school_id,
            product=held,
            fiscal_year=year,
            assessed_on=assessed_on,
            assessor=assessor,
            assessor_position=assessor_position,
            note=note,
            is_met=all(each.is_met for each in judged if each.point.is_required),
            entered_by=by,
        )
        Verdict.objects.bulk_create(
            Verdict(
                school_id=held.school_id,
                assessment=assessment,
                item=each.point,
                position=position,
                text=each.point.text,
                is_required=each.point.is_required,
                is_met=each.is_met,
                remark=each.remark,
            )
            for position, each in enumerate(judged, 1)
        )
    return assessment


@transaction.atomic
def take_back(*, assessment: Assessment, reason: str, by: User) -> Assessment:
    """Take back what was entered by mistake: it stays to be seen, with the reason, and counts nowhere."""
    held = Assessment.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=assessment.pk).first()
    if held is None:
        raise ValidationError(_("This assessment has been taken back already."), "gone")
    held.binned_at, held.taken_back_because = timezone.now(), reason
    with pghistory.context(user=by.pk, act="product.assessment_take_back", reason=reason):
        held.save(update_fields=["binned_at", "taken_back_because"])
    return held


@transaction.atomic
def let_count(*, assessment: Assessment, by: User) -> Assessment:
    """Let an assessment that was taken back count again."""
    held = Assessment.objects.in_bin_of(by).select_for_update(of=("self",)).filter(pk=assessment.pk).first()
    if held is None:
        raise ValidationError(_("This assessment counts already."), "gone")
    held.binned_at, held.taken_back_because = None, ""
    with pghistory.context(user=by.pk, act="product.assessment_let_count"):
        held.save(update_fields=["binned_at", "taken_back_because"])
    return held


@transaction.atomic
def keep_paper(*, product: Product, file: IO[bytes], by: User) -> StandardPaper:
    """Keep a paper that shows the product's standard; refused with the reason, also when it is there already."""
    scan = take_in(file, str(file.name))
    held = lock_product(product, by)
    papers = StandardPaper.objects.visible_to(by).filter(product=held)
    if papers.filter(sha256=scan.sha256).exists():
        raise ValidationError(_("This paper is already there."), "twice")
    if papers.count() >= MOST_PAPERS:
        raise ValidationError(
            _("There are already %(most)d papers; more cannot be added."), "too_many", {"most": MOST_PAPERS}
        )
    paper = StandardPaper(
        school_id=held.school_id,
        product=held,
        name=scan.name,
        content_type=scan.content_type,
        size=len(scan.content),
        sha256=scan.sha256,
        added_by=by,
    )
    paper.file.save("paper", ContentFile(scan.content), save=False)
    transaction.on_commit(KeptOnlyOnCommit(paper.file.storage, str(paper.file.name)))
    with pghistory.context(user=by.pk, act="product.keep_paper"):
        paper.save()
    return paper
