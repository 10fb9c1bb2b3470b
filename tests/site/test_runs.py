"""What a test run says of itself: what it left out, and the figures it took."""

import os
import subprocess
import sys

import pytest

from tests.proof import Figure, page
from tests.site.checkout import CHECKOUT
from tests.skips import REQUIRED

NEEDS_A_BROWSER = "from tests.skips import need\ndef test_it():\n    need('browser')\n"


@pytest.mark.parametrize(
    ("required", "code", "said"),
    [
        ("", 0, "1 skipped. Chromium is not installed: sudo apt install chromium"),
        ("postgres", 0, "1 skipped. Chromium is not installed: sudo apt install chromium"),
        ("postgres,browser", 1, "TESTS_REQUIRE says it must be here"),
    ],
)
def test_what_is_skipped_is_said_and_fails_where_it_is_required(tmp_path, required, code, said):
    (tmp_path / "test_it.py").write_text(NEEDS_A_BROWSER)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", os.devnull, "-p", "tests.skips", tmp_path],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT), REQUIRED: required},
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == code, run.stdout
    assert said in run.stdout
    assert ("NOT TESTED" in run.stdout) is (code == 0)


def test_the_page_of_proof_shows_what_failed_beside_what_passed():
    shown = page(
        [
            Figure("saves lost of 200 kills", "3", "tests/b.py::kills", "failed"),
            Figure("a|b", "0", "tests/a.py::pipes", "passed"),
        ]
    )

    assert "| saves lost of 200 kills | 3 | failed | `tests/b.py::kills` |" in shown
    assert shown.index("a\\|b") < shown.index("saves lost")
    assert "- Commit: " in shown and "make proof" in shown
