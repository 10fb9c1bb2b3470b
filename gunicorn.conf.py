"""Read by gunicorn from the folder it is started in."""

import sys
from typing import Any

from auditapp.config import Settings, SettingsError

control_socket_disable = True  # nothing here is steered through it, and its user may have no home


def on_starting(_server: Any) -> None:
    """Faulty settings end the server itself, once; a worker would be started again and again."""
    try:
        Settings.from_env()
    except SettingsError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
