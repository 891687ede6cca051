"""What a school would like a visit to look at (form 11, item 8: สถานศึกษาสามารถเพิ่มเติมข้อนิเทศได้)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from offices.history import tracked
from offices.owned import SameSchool, SchoolOwned


@tracked
class ProposedItem(SchoolOwned):
    """One item that the school proposes for the visits to one of its courses."""

    course = models.ForeignKey(
        Course, models.CASCADE, verbose_name=_("course"), related_name="proposed_items", editable=False
    )
    text = models.CharField(_("item to look at"), max_length=300)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    proposed_at = models.DateTimeField(_("proposed at"), auto_now_add=True)

    class Meta(SchoolOwned.Meta):
        verbose_name = _("item proposed by the school")
        verbose_name_plural = _("items proposed by the school")
        ordering = ["proposed_at", "pk"]
        constraints = [*SchoolOwned.Meta.constraints, SameSchool("course", name="proposal_course_same_school")]

    def __str__(self) -> str:
        return self.text
