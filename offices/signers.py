"""Who signs for an office on a day. All papers ask here, so that a reprint names the signer of its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import override

from offices.models import Province, School, Signer
from offices.scoping import Eyes


@dataclass(frozen=True)
class Holder:
    """Somebody who held a role of an office, as a paper says it; `acting` are the printed words, or nothing."""

    name: str
    position: str
    acting: str = ""
    acts_for: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands below the dotted line."""
        above = f"{self.acting}{self.acts_for}"
        return tuple(filter(None, (f"({self.name})", self.position, above)))


def holder_of(
    signs_as: str, on: date, user: Eyes, *, school: School | None = None, province: Province | None = None
) -> Holder | None:
    """Who held the role of that office (neither is the department) on the day, as far as `user` sees its signers.

    Of several it is whoever began last.
    """
    signers = Signer.objects.visible_to(user).filter(signs_as=signs_as, school=school, province=province)
    signer = signers.on(on).first()
    if signer is None:
        return None
    with override("th"):  # papers are Thai, whatever the language of the screen
        acting = str(Signer.Acting(signer.acting).label) if signer.acting else ""
    return Holder(signer.name, signer.position, acting, signer.acts_for)
