"""How a view says that an operation refused: beside the form, or as a message after the redirect."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest


def done(form: forms.Form, act: Callable[..., Any], **given: Any) -> Any:
    """What `act` returns; None when it refuses, and then `form` says why."""
    try:
        return act(**given)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None


def done_or_told(request: HttpRequest, act: Callable[..., Any], **given: Any) -> Any:
    """What `act` returns; None when it refuses, and then a message says why."""
    try:
        return act(**given)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return None


def typed(request: HttpRequest) -> Any:
    """What was sent, or None for a form that is only shown."""
    return request.POST if request.method == "POST" else None
