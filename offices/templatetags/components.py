"""What the shared parts of pages need beyond Django's own tags."""

from django import template
from django.contrib.messages.storage.base import Message

register = template.Library()

UNDO = "undo:"


@register.filter
def undo_url(message: Message) -> str:
    """The address that takes back what `message` tells of, or an empty string.

    A view offers it so: messages.success(request, text, extra_tags=f"undo:{url}").
    """
    tags = (message.extra_tags or "").split()
    return next((tag.removeprefix(UNDO) for tag in tags if tag.startswith(UNDO)), "")
