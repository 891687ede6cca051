"""The four kinds of people who sign in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    SCHOOL = "school", _("School staff")
    PROVINCE = "province", _("Provincial supervisor")
    DEPARTMENT = "department", _("Department officer")
    ADMINISTRATOR = "administrator", _("Administrator")
