from services.child_files.models.access import AccessGrant, BreakGlass, FileRead
from services.child_files.models.care import (
    AcademicResult,
    CaregiverMeeting,
    CareRules,
    FamilyContact,
    GrowthRecord,
    HomeVisit,
)
from services.child_files.models.child import FILLED, Child, Enrolment, Traits
from services.child_files.models.concern import ConcernKeepers, ProtectionConcern
from services.child_files.models.consent import ChildConsent, ConsentNotice, ImpactAssessment, PurposeSwitch
from services.child_files.models.family import CareDelegation, Guardian, GuardianshipLink, Opinion, ParentAbsence
from services.child_files.models.guardian_side import GuardianLink, SubjectRequest
from services.child_files.models.keeping import Incident, RetentionRule, RetentionRun, Sharing
from services.child_files.models.paper import ChildPaper
from services.child_files.models.release import Release
from services.child_files.models.scoping import officer_paths, taught_paths

__all__ = [
    "FILLED",
    "AcademicResult",
    "AccessGrant",
    "BreakGlass",
    "CareDelegation",
    "CareRules",
    "CaregiverMeeting",
    "Child",
    "ChildConsent",
    "ChildPaper",
    "ConcernKeepers",
    "ConsentNotice",
    "Enrolment",
    "FamilyContact",
    "FileRead",
    "GrowthRecord",
    "Guardian",
    "GuardianLink",
    "GuardianshipLink",
    "HomeVisit",
    "ImpactAssessment",
    "Incident",
    "Opinion",
    "ParentAbsence",
    "ProtectionConcern",
    "PurposeSwitch",
    "Release",
    "RetentionRule",
    "RetentionRun",
    "Sharing",
    "SubjectRequest",
    "Traits",
    "officer_paths",
    "taught_paths",
]
