from offices.models.accounts import Invitation, User
from offices.models.disclosures import Disclosure
from offices.models.geography import AreaGroup, District, Province, Subdistrict
from offices.models.schools import Membership, School
from offices.models.years import CourseType, FiscalYear

__all__ = [
    "AreaGroup",
    "CourseType",
    "Disclosure",
    "District",
    "FiscalYear",
    "Invitation",
    "Membership",
    "Province",
    "School",
    "Subdistrict",
    "User",
]
