"""Pages of moderation; each module adds its own to the one blueprint."""

from auditapp.moderation import (
    chair_views,
    feedback_views,
    panel_views,
    queue_views,
    release_views,
)
from auditapp.moderation.pages import blueprint

__all__ = [
    "blueprint",
    "chair_views",
    "feedback_views",
    "panel_views",
    "queue_views",
    "release_views",
]
