"""Pages of assessments: each module adds those of its use case."""

from auditapp.assessments import (
    answer_views,
    citing_views,
    crosswalk_views,
    library_views,
    plan_views,
    section_views,
    sending_views,
    signing_views,
    submission_views,
    task_views,
    version_views,
)
from auditapp.assessments.blueprint import blueprint

__all__ = [
    "answer_views",
    "blueprint",
    "citing_views",
    "crosswalk_views",
    "library_views",
    "plan_views",
    "section_views",
    "sending_views",
    "signing_views",
    "submission_views",
    "task_views",
    "version_views",
]
