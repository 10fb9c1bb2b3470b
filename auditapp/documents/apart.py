"""Drawing in a process of its own.

What draws PDF, Word files and workbooks stays in memory once it is loaded, and a long report would
hold up the other pages of its worker. Neither touches a web worker if a process draws and ends.
"""

import pickle
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

import auditapp
from auditapp.core.errors import TookTooLong
from auditapp.documents.files import MEDIA_TYPES, File, FileForm, draw
from auditapp.documents.tree import Document

GIVEN_UP_AFTER = 300  # seconds
HEAVY = {FileForm.PDF, FileForm.DOCX, FileForm.XLSX}
ROOT = Path(auditapp.__file__).parents[1]  # where the package is found if it was not installed

_turns = BoundedSemaphore(2)  # drawing at once, for each web worker


def draw_apart(document: Document, form: FileForm) -> File:
    """The document in that form. PDF, DOCX and XLSX cost half a second for their process.

    Raises:
        TookTooLong: it was not drawn after five minutes.
    """
    if form not in HEAVY:
        return draw(document, form)
    command = [sys.executable, "-m", __name__, form]
    with _turns:
        try:
            done = subprocess.run(
                command,
                input=pickle.dumps(document),
                capture_output=True,
                cwd=ROOT,
                timeout=GIVEN_UP_AFTER,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise TookTooLong("This file took too long to make.") from error
    if done.returncode:
        raise RuntimeError(f"drawing ended with {done.returncode}: {done.stderr.decode()}")
    return File(done.stdout, MEDIA_TYPES[form])


if __name__ == "__main__":
    # From the process that started this one, through a pipe: nobody else can write to it.
    asked = pickle.load(sys.stdin.buffer)
    sys.stdout.buffer.write(draw(asked, FileForm(sys.argv[1])).content)
