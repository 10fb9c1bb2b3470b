"""What browsers send to the pages of moderation, and where."""

from uuid import uuid4


def sent(grade="not-met", rationale="No minutes seen.", based_on=0, **fields):
    wanted = {"grade": grade, "rationale": rationale, "based_on": based_on, "note": ""}
    return wanted | {"save_id": str(uuid4())} | fields


def once():
    return {"save_id": str(uuid4())}


def section(panel, key="culture"):
    return f"/assessments/{panel.ref}/panel/sections/{key}"


def standard(panel, key="c1"):
    return f"/assessments/{panel.ref}/panel/standards/{key}"


def settle(panel, key="c1"):
    return f"/assessments/{panel.ref}/panel/settle/{key}"
