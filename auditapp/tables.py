"""Every table, for migrations: importing this module fills `Base.metadata`."""

from auditapp.accounts import models as accounts
from auditapp.actions import models as actions
from auditapp.assessments import models as assessments
from auditapp.authoring import models as authoring
from auditapp.core import events, jobs
from auditapp.core.db import Base
from auditapp.evidence import models as evidence
from auditapp.moderation import models as moderation
from auditapp.organisations import models as organisations
from auditapp.questionnaires import models as questionnaires
from auditapp.rounds import models as rounds

FEATURES = (
    accounts,
    actions,
    assessments,
    authoring,
    events,
    evidence,
    jobs,
    moderation,
    organisations,
    questionnaires,
    rounds,
)
metadata = Base.metadata
