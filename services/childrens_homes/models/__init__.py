from services.childrens_homes.models.census import Census, CensusDefinition, CensusLine
from services.childrens_homes.models.committee import Committee, CommitteeMember
from services.childrens_homes.models.home import Home
from services.childrens_homes.models.letter import Letter
from services.childrens_homes.models.life import CareActivity, RegulationDoc
from services.childrens_homes.models.milestone import Milestone, MilestoneDone
from services.childrens_homes.models.paper import Paper
from services.childrens_homes.models.people import HomeStaff, ServiceLog, VettingRecord, Volunteer
from services.childrens_homes.models.plan import ConstructionPlan, ConsultOpinion, PlanLine
from services.childrens_homes.models.programme import Programme, Requirement
from services.childrens_homes.models.siting import SiteApplication
from services.childrens_homes.models.summary import SummaryReport

__all__ = [
    "CareActivity",
    "Census",
    "CensusDefinition",
    "CensusLine",
    "Committee",
    "CommitteeMember",
    "ConstructionPlan",
    "ConsultOpinion",
    "Home",
    "HomeStaff",
    "Letter",
    "Milestone",
    "MilestoneDone",
    "Paper",
    "PlanLine",
    "Programme",
    "RegulationDoc",
    "Requirement",
    "ServiceLog",
    "SiteApplication",
    "SummaryReport",
    "VettingRecord",
    "Volunteer",
]
