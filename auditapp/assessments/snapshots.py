"""The document of a submission: everything as it was sent, in canonical JSON, and its hash."""

import json
from datetime import datetime
from typing import Any

from auditapp.assessments.queries import Cited
from auditapp.assessments.setting import Setting
from auditapp.assessments.sheet import Line, Sheet
from auditapp.assessments.standing import value_of
from auditapp.core.db import Document, sha256_of


def document_of(
    setting: Setting, sheet: Sheet, *, number: int, at: datetime, body: str
) -> Document:
    """What is frozen: place, duty, round, version, and each standard asked with its answer."""
    registration, round_ = setting.registration, setting.round
    questionnaire = setting.asked.questionnaire
    return {
        "assessment": setting.assessment.ref,
        "number": number,
        "submitted_at": at.isoformat(),
        "organisation": setting.organisation_name,
        "responsible_body": body,
        "registration": {
            "scheme": registration.scheme,
            "code": registration.code,
            "name": registration.name,
            "status": registration.status,
            "la_code": registration.la_code,
            **registration.facts,
        },
        "duty": setting.duty.sentence,
        "round": {"ref": round_.ref, "title": round_.title, "period": round_.period},
        "questionnaire": {"key": questionnaire.key, "version": questionnaire.version},
        "variant": setting.asked.variant,
        "answers": [_answer(line) for line in sheet.submitted],
    }


def hash_of(document: Document) -> str:
    """SHA-256 of the document's canonical JSON: sorted keys, no spaces."""
    return sha256_of(json.dumps(document, sort_keys=True, separators=(",", ":")))


def receipt_number(hash_: str) -> str:
    """What a receipt is called by: the first twelve signs of the submission's hash."""
    return hash_[:12]


def digest_of(sheet: Sheet) -> str:
    """Stands for the answers as a submission would freeze them now; a page carries it to say which
    ones were read on it."""
    return hash_of({"answers": [_answer(line) for line in sheet.submitted]})


def _answer(line: Line) -> dict[str, Any]:
    done_on = line.action.done_on if line.action else None
    return {
        "number": line.number,
        "key": line.key,
        "revision": line.revision,
        "grade": line.sent.grade,
        "not_applicable_reason": line.sent.reason,
        **value_of(line.sent),
        "action_done_on": done_on.isoformat() if done_on else None,
        "citations": [_citation(cited) for cited in line.cited],
    }


def _citation(cited: Cited) -> dict[str, Any]:
    blob = cited.item.blob
    return {
        "evidence": cited.item.ref,
        "title": cited.item.title,
        "pointer": cited.pointer,
        "url": cited.item.url,
        "file_name": cited.item.file_name,
        "sha256": blob.sha256 if blob else None,
        "size": blob.size if blob else None,
        "media_type": blob.media_type if blob else None,
    }
