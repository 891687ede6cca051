from offices.models.accounts import Invitation, User
from offices.models.disclosures import Disclosure
from offices.models.geography import AreaGroup, District, Province, Subdistrict
from offices.models.holidays import Holiday
from offices.models.schools import Membership, School
from offices.models.years import ChecklistItem, CourseType, FiscalYear, SatisfactionBand

__all__ = [
    "AreaGroup",
    "ChecklistItem",
    "CourseType",
    "Disclosure",
    "District",
    "FiscalYear",
    "Holiday",
    "Invitation",
    "Membership",
    "Province",
    "SatisfactionBand",
    "School",
    "Subdistrict",
    "User",
]
