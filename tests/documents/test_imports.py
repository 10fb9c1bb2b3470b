import subprocess
import sys

import pytest

DRAWERS = ("reportlab", "pikepdf", "xlsxwriter", "docx", "PIL")
PAGES = ("flask", "jinja2", "sqlalchemy")
LOAD = """
import importlib, pkgutil, sys
import auditapp.documents as package
for module in pkgutil.iter_modules(package.__path__, "auditapp.documents."):
    importlib.import_module(module.name)
print(*sys.modules)
"""


@pytest.fixture(scope="module")
def loaded():
    done = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("name", [*DRAWERS, *PAGES])
def test_documents_load_without_what_draws_them(loaded, name):
    assert "auditapp.documents.pdf" in loaded
    assert name not in loaded
