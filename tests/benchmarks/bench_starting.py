"""Starting: what a worker does not load until somebody asks for it."""

import subprocess
import sys

from tests.benchmarks.recorder import Recorder

# Each is large, and most requests need none of them.
LATE = ("pandas", "numpy", "reportlab", "pikepdf", "openpyxl", "xlsxwriter", "PIL", "alembic")
SCRIPT = f"""
import sys, tempfile
from pathlib import Path
from auditapp.app import create_app
from auditapp.config import Settings
with tempfile.TemporaryDirectory() as folder:
    create_app(Settings(
        database_url="sqlite://", instance_path=Path(folder), secret_key="{"k" * 40}"
    ))
print(*(name for name in {LATE!r} if name in sys.modules))
"""


def run(recorder: Recorder) -> None:
    said = subprocess.run(
        [sys.executable, "-c", SCRIPT], check=True, stdout=subprocess.PIPE, text=True
    )
    loaded = set(said.stdout.split())
    for name in LATE:
        what = f"{name}, imported by `create_app`"
        recorder.figure(what, int(name in loaded), "imports", at_most=0)
