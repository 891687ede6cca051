"""The end of signers that lie in the bin too long."""

from __future__ import annotations

from datetime import datetime

from offices.models import Signer


def empty(until: datetime) -> dict[str, int]:
    """Delete for good the signers of all offices that were thrown away before `until`."""
    return {"signers": Signer.objects.unscoped().filter(binned_at__lt=until).delete()[0]}
