from courses.models.budgets import BudgetLine, ExpenseClass, ExpenseLine, Rate
from courses.models.courses import Course
from courses.models.curricula import Curriculum, Topic
from courses.models.fairs import Fair, FairPart
from courses.models.instructors import Instructor, Teaching
from courses.models.money import Allocation, Spending
from courses.models.needs import Answer, FoundBy, Reason, Survey
from courses.models.partners import CoDesigner, CoursePartner, Partner
from courses.models.photos import CoursePhoto
from courses.models.projects import Activity, Project
from courses.models.sessions import Session

__all__ = [
    "Activity",
    "Allocation",
    "Answer",
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
    "FoundBy",
    "Instructor",
    "Partner",
    "Project",
    "Rate",
    "Reason",
    "Session",
    "Spending",
    "Survey",
    "Teaching",
    "Topic",
]
