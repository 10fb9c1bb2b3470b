"""A process that saves one answer over and over, saying each acknowledged revision, to be killed.

Run: python -m tests.assessments.saver DATABASE_URL PERSON_ID MEMBERSHIP_ID ASSESSMENT_REF REVISION
"""

import sys

from sqlalchemy.orm import Session

from auditapp.accounts.queries import viewer_of
from auditapp.assessments.answers import save_answer
from auditapp.assessments.models import Address
from auditapp.assessments.saving import Saving
from auditapp.core.db import make_engine
from auditapp.core.transactions import transaction
from auditapp.tables import metadata

assert metadata  # every table is known before the first statement


def main(url: str, person_id: int, membership_id: int, ref: str, revision: int) -> None:
    with Session(make_engine(url)) as session:
        viewer = viewer_of(session, person_id, membership_id)
        while True:
            words = f"Words of revision {revision + 1}"
            saving = Saving(grade="met", commentary=words, based_on=revision, save_id=words)
            with transaction(session):
                revision = save_answer(session, viewer, Address(ref, "c1"), saving).revision
            print(revision, flush=True)


if __name__ == "__main__":
    address, person, membership, assessment_ref, last = sys.argv[1:]
    main(address, int(person), int(membership), assessment_ref, int(last))
