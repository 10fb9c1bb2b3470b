"""What a server runs: `gunicorn wsgi:app`, `flask --app wsgi ...`."""

import sys

from auditapp.app import create_app
from auditapp.config import SettingsError

try:
    app = create_app()
except SettingsError as error:
    print(error, file=sys.stderr)
    sys.exit(2)
