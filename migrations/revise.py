"""Write the next revision: `python migrations/revise.py words for it`.

The models are compared with a database made by the revisions so far, never with one in use.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from auditapp.core.db import make_engine
from auditapp.core.migrating import upgrade
from auditapp.core.revising import revise


def main(words: str) -> None:
    with TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/so_far.sqlite")
        upgrade(engine)
        try:
            path = revise(engine, words)
        except ValueError as error:
            sys.exit(f'{error}: make migration NAME="words for it"')
        finally:
            engine.dispose()
    subprocess.run([Path(sys.executable).with_name("ruff"), "format", "--quiet", path], check=True)
    print(f"Read it, then change what a comparison cannot know: {path}")


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
