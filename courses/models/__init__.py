from courses.models.budgets import BudgetLine, ExpenseClass, ExpenseLine, Rate
from courses.models.courses import Course
from courses.models.curricula import Curriculum, Topic
from courses.models.fairs import Fair, FairPart
from courses.models.money import Allocation, Spending
from courses.models.partners import CoDesigner, CoursePartner, Partner
from courses.models.photos import CoursePhoto
from courses.models.sessions import Session

__all__ = [
    "Allocation",
    "BudgetLine",
    "CoDesigner",
    "Course",
    "CoursePartner",
    "CoursePhoto",
    "Curriculum",
    "ExpenseClass",
    "ExpenseLine",
    "Fair",
    "FairPart",
    "Partner",
    "Rate",
    "Session",
    "Spending",
    "Topic",
]
