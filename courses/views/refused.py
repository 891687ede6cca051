"""How a view says that an operation refused: beside the form, or as a message after the redirect."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest


def done(form: forms.BaseForm, act: Callable[..., Any], *, beside: str | None = None, **given: Any) -> bool:
    """Whether `act` did it; when it refuses, `form` says why, beside the field that it names or `beside`."""
    try:
        act(**given)
    except ValidationError as refusal:
        form.add_error(None if hasattr(refusal, "error_dict") else beside, refusal)
        return False
    return True


def done_or_told(request: HttpRequest, act: Callable[..., Any], **given: Any) -> bool:
    """Whether `act` did it; when it refuses, a message says why."""
    try:
        act(**given)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    return True


def typed(request: HttpRequest) -> Any:
    """What was sent, or None for a form that is only shown."""
    return request.POST if request.method == "POST" else None
