from offices.models.accounts import Invitation, User
from offices.models.disclosures import Disclosure
from offices.models.geography import AreaGroup, District, Province, Subdistrict
from offices.models.holidays import Holiday
from offices.models.numbers import GivenNumber, NumberSeries
from offices.models.schools import Membership, School
from offices.models.signers import Signer
from offices.models.years import ChecklistItem, CourseType, FiscalYear, SatisfactionBand

__all__ = [
    "AreaGroup",
    "ChecklistItem",
    "CourseType",
    "Disclosure",
    "District",
    "FiscalYear",
    "GivenNumber",
    "Holiday",
    "Invitation",
    "Membership",
    "NumberSeries",
    "Province",
    "SatisfactionBand",
    "School",
    "Signer",
    "Subdistrict",
    "User",
]
