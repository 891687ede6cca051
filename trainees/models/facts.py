"""The lists of form 2 and of the letter's target groups, once each (DOMAIN: forms 2 and 13, Letter §3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models.needs import Reason as Reason  # form 1 asks it too, a floor below


class Sex(models.TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")


class Education(models.TextChoices):
    BELOW_PRIMARY = "below_primary", _("Below primary")
    PRIMARY = "primary", _("Primary")
    LOWER_SECONDARY = "lower_secondary", _("Lower secondary")
    UPPER_SECONDARY = "upper_secondary", _("Upper secondary")
    DIPLOMA = "diploma", _("Diploma")
    BACHELOR = "bachelor", _("Bachelor's degree")
    ABOVE_BACHELOR = "above_bachelor", _("Above bachelor's degree")


class Occupation(models.TextChoices):
    CIVIL_SERVANT = "civil_servant", _("Civil servant")
    STATE_ENTERPRISE = "state_enterprise", _("State enterprise employee")
    TRADE = "trade", _("Trade")
    FARMER = "farmer", _("Farmer")
    HIRED = "hired", _("Hired work")
    OTHER = "other", _("Other occupation")


class Fact(models.TextChoices):
    """One set of ticks that feeds the target groups, the statuses and the policy groups: asked once."""

    COMMUNITY_LEADER = "community_leader", _("Community leader")
    CONSCRIPT = "conscript", _("Soldier in service")
    THAI_WORKER = "thai_worker", _("Thai worker")
    MIGRANT_WORKER = "migrant_worker", _("Migrant worker")
    FARMER = "farmer", _("Farmer (target group)")
    HEALTH_VOLUNTEER = "health_volunteer", _("Village health volunteer")
    WOMENS_GROUP = "womens_group", _("Women's group")
    PRISONER = "prisoner", _("Prisoner")
    OTHER_GROUP = "other_group", _("Other target group")
    NO_INCOME = "no_income", _("Has no income")
    WOMENS_FUND = "womens_fund", _("Member of the women's fund")
    DISABLED = "disabled", _("Person with a disability")
    WELFARE_CARD = "welfare_card", _("Holder of a state welfare card")
    VILLAGE_FUND = "village_fund", _("Member of the village fund")
    OTHER_STATUS = "other_status", _("Other status")
    OUT_OF_SCHOOL_YOUTH = "out_of_school_youth", _("Out-of-school youth")


TARGET_GROUPS: tuple[Fact, ...] = (
    Fact.COMMUNITY_LEADER,
    Fact.CONSCRIPT,
    Fact.THAI_WORKER,
    Fact.MIGRANT_WORKER,
    Fact.FARMER,
    Fact.HEALTH_VOLUNTEER,
    Fact.WOMENS_GROUP,
    Fact.PRISONER,
    Fact.OTHER_GROUP,
)

SENSITIVE: frozenset[Fact] = frozenset({Fact.DISABLED, Fact.PRISONER})


class PolicyGroup(models.TextChoices):
    """The letter's target groups (§3). They overlap; some are derived, none is asked twice."""

    WORKING_AGE = "working_age", _("Working age")
    DISABLED = "disabled", _("People with disabilities")
    ELDERLY = "elderly", _("Elderly people")
    OUT_OF_SCHOOL_YOUTH = "out_of_school_youth", _("Out-of-school youth (policy group)")
    SOUTHERN_BORDER = "southern_border", pgettext_lazy("policy group", "People of the southern border")
    EASTERN_DEVELOPMENT = (
        "eastern_development",
        pgettext_lazy("policy group", "People of the Eastern special development zone"),
    )
    SPECIAL_ECONOMIC = (
        "special_economic",
        pgettext_lazy("policy group", "People of provinces with a special economic zone"),
    )
    PRISON = "prison", _("Target group in prison")
    CONSCRIPT = "conscript", _("Soldiers in service")
    WELFARE_CARD = "welfare_card", _("Holders of a state welfare card")
    OTHER = "other", _("Other policy group")


class AgeBand(models.TextChoices):
    """Form 13's bands, by completed years on the first course day."""

    BELOW_15 = "below_15", _("Below 15")
    FROM_15 = "15_39", _("15–39")
    FROM_40 = "40_59", _("40–59")
    FROM_60 = "60_up", _("60 and above")
