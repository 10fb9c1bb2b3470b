"""Pages of organisations; each module adds its own to the one blueprint."""

from auditapp.organisations import import_views, place_views, setting_views
from auditapp.organisations.pages import blueprint

__all__ = ["blueprint", "import_views", "place_views", "setting_views"]
