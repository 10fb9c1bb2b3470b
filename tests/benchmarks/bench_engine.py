"""A long section with many conditions against a short one, and how long a long file is checked."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.organisations.models import Organisation, Partnership
from auditapp.policy.roles import Role
from auditapp.questionnaires.reading import read
from tests.benchmarks.area import Area, new_area
from tests.benchmarks.databases import KINDS, empty
from tests.benchmarks.filling import grow
from tests.benchmarks.pages import PLACE, Visitors
from tests.benchmarks.recorder import Recorder, milliseconds, side_by_side
from tests.benchmarks.serving import gunicorn, in_process
from tests.factories import Make
from tests.statements import statements

SHORT, LONG, CONDITIONS = 10, 60, 20  # questions of a section, and conditions in the long one
MOST_TIMES = 3
CHECKED, CHECKED_MS = 300, 1_000
VISITS = 20
HEAD = """
key: {key}
version: 1
title: As long as asked for
scales:
  - key: two
    title: Two grades
    edition: "1"
    descriptors: scale
    grades:
      - {{key: not-met, label: Not met, letter: N, meaning: It is not in place., gap: true}}
      - {{key: met, label: Met, letter: M, meaning: It is in place., strength: true}}
sections:
  - key: only
    title: The only section
    questions:
      - {{key: q0, title: First, text: Is anybody here?, answer: {{kind: yes-no}}}}
"""
STANDARD = """
      - key: q{number}
        title: Standard {number}
        text: The leader has made sure of thing {number}, and can show it.
        why: Children are safer.
"""
CONDITION = "        applies: {not: {answer: q0, value: no}}\n"


def file_of(key: str, questions: int, conditions: int = 0) -> str:
    """A questionnaire of one section; its last questions hang on the answer to the first."""
    standards = [
        STANDARD.format(number=number) + (CONDITION if number >= questions - conditions else "")
        for number in range(1, questions)
    ]
    return HEAD.format(key=key) + "".join(standards)


def run(recorder: Recorder) -> None:
    checked = file_of("checked", CHECKED, CONDITIONS)
    took = sorted(milliseconds(lambda: read(checked)) for _ in range(5))[2]
    recorder.figure(f"checking a file of {CHECKED} questions", took, "ms", at_most=CHECKED_MS)
    for kind in KINDS:
        area = new_area(empty(kind), standards=SHORT)
        grow(area, 1)
        paths = {
            "short": _section(area, file_of("short", SHORT)),
            "long": _section(area, file_of("long", LONG, CONDITIONS)),
        }
        with in_process(area) as (app, address):
            lead, sent = Visitors(address)[Role.LEAD], {}
            for name, path in paths.items():
                lead.page(path)
                with statements(app.extensions["engine"]) as sent[name]:
                    lead.page(path)
        what = f"a section of {LONG} questions and {CONDITIONS} conditions, against one of {SHORT}"
        more = len(sent["long"]) - len(sent["short"])
        recorder.figure(what, more, "more", on=kind, at_most=0)
        with gunicorn(area, workers=1) as server:
            lead = Visitors(server.address)[Role.LEAD]
            opened = {name: lead.opens(path) for name, path in paths.items()}
            times = side_by_side(opened, rounds=VISITS)
        ratio = times["long"] / times["short"]
        recorder.figure(what, ratio, "times", on=kind, at_most=MOST_TIMES)


def _section(area: Area, text: str) -> str:
    """Where the first organisation answers the only section of that questionnaire."""
    with Session(area.engine) as session:
        make = Make(session)
        partnership = session.scalars(select(Partnership)).first()
        place = session.scalars(select(Organisation).filter_by(ref=PLACE["ref"])).one()
        version = make.version(text)
        round_ = make.round_row(partnership=partnership, questionnaire_version_id=version.id)
        assessment = make.assessment(organisation=place, round_=round_)
        return f"/assessments/{assessment.ref}/sections/only"
