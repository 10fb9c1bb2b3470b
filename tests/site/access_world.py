"""A world to knock at: for each stage of an assessment an area that has one of everything."""

import hashlib
import io
import json
from dataclasses import dataclass, field
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.models import PasswordLink, Person, UserSession
from auditapp.accounts.passwords import new_token, token_hash
from auditapp.actions.models import Action, ActionRevision
from auditapp.assessments.models import (
    Answer,
    AnswerRevision,
    Assessment,
    Citation,
    Snapshot,
    SnapshotAnswer,
    SnapshotCitation,
)
from auditapp.assessments.setting import in_setting, settings_query
from auditapp.assessments.sheet import sheet_of
from auditapp.assessments.snapshots import digest_of
from auditapp.authoring.models import DraftRevision, QuestionnaireDraft
from auditapp.core import clock
from auditapp.core.storage import Storage
from auditapp.evidence.models import Blob, EvidenceItem
from auditapp.organisations.models import Contact
from auditapp.organisations.uploads import Uploads
from auditapp.policy.roles import Role
from auditapp.questionnaires.library import publish
from auditapp.rounds.models import Invitee, RoundState
from tests.factories import Make, small_questionnaire
from tests.organisations.lists import content
from tests.site.access_stages import KEYS, STAGES, Stage, Walk

LA_CODE = "999"
AGENCIES = (
    b"name,type,contact name,contact email,contact role\r\n"
    b"Alderquay Housing,Housing provider,Audit lead,audit.lead@housing.example.org,lead\r\n"
)
PICTURE = (  # one grey pixel
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00"
    b":~\x9bU\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND"
    b"\xaeB`\x82"
)
INSIDE = "create_savepoint"
REFS = dict[str, str]


@dataclass
class Area:
    """One partnership at one stage. `refs`: place -> what an address can name there -> reference;
    `cookies`: role code -> the cookie of somebody signed in."""

    stage: Stage
    refs: dict[str, REFS] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    password_link: str = ""


def build_world(app: Flask) -> dict[str, Area]:
    """Stage name -> its area. All in one transaction: every commit inside is a savepoint's."""
    with app.extensions["engine"].connect() as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin(), Session(connection, join_transaction_mode=INSIDE) as session:
            make = Make(session)
            return {name: _Builder(app, make, stage).area for name, stage in STAGES.items()}


def cookie_of(app: Flask, **kept: object) -> str:
    """What a browser sends that keeps those things in its signed cookie."""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(kept)}"


def csrf_secret(token: str) -> str:
    """What that browser's cookie keeps against forged posts."""
    return hashlib.sha1(token.encode()).hexdigest()


class _Builder:
    """Builds one area; see the words of access_words.py for its places."""

    def __init__(self, app, make, stage):
        self.app, self.make, self.session, self.stage = app, make, make.session, stage
        self.instance = app.extensions["settings"].instance_path
        self.area = Area(stage)
        self.partnership = make.partnership(la_codes=[LA_CODE])
        self._give_logo()
        questionnaire = small_questionnaire(f"own-{self.partnership.ref}")
        version = publish(self.session, questionnaire, owner_id=self.partnership.id)
        # The next version, in which a question was renamed: nobody has said yet what became of it.
        text = questionnaire.replace("version: 1", "version: 2", 1).replace("key: o2", "key: o9", 1)
        self.newer = publish(self.session, text, owner_id=self.partnership.id)
        self.session.commit()
        self.version = version
        self.administrator = self._in_partnership(Role.ADMINISTRATOR)
        home, neighbour = (make.organisation(partnership=self.partnership) for _ in range(2))
        self.writing = self._questionnaire_draft(text)
        held = self._round_with(home, "home")
        self._round_with(neighbour, "neighbour", round_=held["round"])
        self._round_with(home, "later", own=held)
        self._draft(home)
        self._sign_in(held)

    def _round_with(self, organisation, place, *, round_=None, own=None):
        """An assessment of `organisation` at this stage, with its people and all that hangs on
        it. `own`: the organisation's people, where they stand already."""
        make = self.make
        round_ = round_ or self._round()
        assessment = make.assessment(organisation=organisation, round_=round_)
        held = self._people(assessment, own) | {"PA": self.administrator}
        refs = self._round_refs(round_, assessment) | self._write(assessment, held["LEAD"])
        Walk(self.session, assessment, held).to(self.stage)
        self._write_on(assessment, held["LEAD"])
        refs |= self._cited(assessment) | self._members(held) | self._shown(assessment)
        self.area.refs[place] = refs | {"organisation": organisation.ref}
        return held | {"round": round_}

    def _round(self, **fields):
        days = {"partnership": self.partnership, "questionnaire_version_id": self.version.id}
        return self.make.round_row(**(days | fields))

    def _people(self, assessment, own):
        make, place = self.make, assessment.organisation_id
        in_round = {"round_id": assessment.round_id}
        held = own or {
            "LEAD": make.membership(Role.LEAD, organisation_id=place),
            "SIGN": make.membership(Role.SIGNATORY, organisation_id=place),
            "CTB": make.contributor(assessment, "culture"),
        }
        return held | {
            "PM": make.panel_member(assessment, **in_round),
            "PC": make.membership(Role.PANEL_CHAIR, **in_round),
        }

    def _write(self, assessment, lead):
        """Complete answers with two versions each, evidence and an action: what is submitted."""
        for key in KEYS:
            self._answer(assessment, key, lead, "sent", 2)
        items = {"item": self._file(assessment, lead), "link": self._link(assessment, lead)}
        cited = [("citation", "c1"), ("citation-aside", "o1")]
        refs = {name: row.ref for name, row in items.items()}
        for name, key in cited:
            where = {"question_key": key, "evidence_item_id": items["item"].id, "pointer": "page 1"}
            row = Citation(assessment_id=assessment.id, cited_by=lead.person_id, **where)
            refs[name] = self.make.keep(row).ref
        return refs | {
            "action": self._action(assessment, lead),
            "contact": self._contact(assessment),
        }

    def _shown(self, assessment):
        """What the page to sign would carry."""
        query = settings_query().where(Assessment.id == assessment.id)
        setting = in_setting(self.session, *self.session.execute(query).one())
        return {"read": digest_of(sheet_of(self.session, setting))}

    def _write_on(self, assessment, lead):
        """The living record moves on: one more version of each answer."""
        for key in KEYS:
            self._answer(assessment, key, lead, "draft", 1)

    def _answer(self, assessment, key, lead, kind, versions):
        section = "culture" if key.startswith("c") else "online"
        head = self.session.scalars(
            select(Answer).where(Answer.assessment_id == assessment.id, Answer.question_key == key)
        ).one_or_none() or Answer(assessment_id=assessment.id, question_key=key, number=0)
        head.grade_key = "met"
        self.session.add(head)
        self.session.flush()
        for _ in range(versions):
            head.number += 1
            said = {"commentary": f"{kind}-{assessment.ref}-{section}", "impact": "It helped."}
            self.session.add(
                AnswerRevision(
                    answer_id=head.id,
                    number=head.number,
                    save_id=f"save-{head.number}",
                    value=said,
                    grade_key="met",
                    author_id=lead.person_id,
                )
            )
        self.session.commit()

    def _file(self, assessment, lead):
        kept = Storage(self.instance / "evidence").keep(io.BytesIO(assessment.ref.encode()))
        blob = self.make.keep(Blob(sha256=kept.sha256, size=kept.size, media_type="text/plain"))
        return self._item(assessment, lead, blob_id=blob.id, file_name="minutes.txt")

    def _link(self, assessment, lead):
        return self._item(assessment, lead, url="https://minutes.example.org/")

    def _item(self, assessment, lead, **fields):
        whose = {"organisation_id": assessment.organisation_id, "added_by": lead.person_id}
        return self.make.keep(EvidenceItem(title="Minutes", **whose, **fields))

    def _action(self, assessment, lead):
        action = self.make.keep(
            Action(
                organisation_id=assessment.organisation_id,
                standard_key="c1",
                assessment_id=assessment.id,
                number=1,
                due_on=date(2040, 1, 1),
            )
        )
        words = {"what": f"sent-{assessment.ref}-culture", "due_on": date(2040, 1, 1)}
        self.make.keep(
            ActionRevision(action_id=action.id, number=1, author_id=lead.person_id, **words)
        )
        return action.ref

    def _contact(self, assessment):
        email = f"{assessment.ref}@example.org"
        place = assessment.organisation_id
        self.make.keep(Contact(organisation_id=place, role="LEAD", name="A lead", email=email))
        return email

    def _cited(self, assessment):
        """The submitted citations, where there is a submission."""
        rows = self.session.execute(
            select(SnapshotAnswer.question_key, SnapshotCitation.ref)
            .join(SnapshotCitation, SnapshotCitation.snapshot_answer_id == SnapshotAnswer.id)
            .join(Snapshot, Snapshot.id == SnapshotAnswer.snapshot_id)
            .where(Snapshot.assessment_id == assessment.id)
        )
        names = {"c1": "cited", "o1": "cited-aside"}
        return {names[key]: ref for key, ref in rows}

    def _members(self, held):
        """People whose roles can be ended, and a panel member who can be given work."""
        administrator = self._in_partnership(Role.ADMINISTRATOR)
        return {
            "colleague": held["CTB"].ref,
            "member": held["LEAD"].ref,
            "account": administrator.ref,
            "panel": held["PM"].ref,
        }

    def _round_refs(self, round_, assessment):
        return {
            "round": round_.ref,
            "assessment": assessment.ref,
            "partnership": self.partnership.ref,
            "questionnaire": self.version.ref,
            "newer": self.newer.ref,
            "writing": self.writing.ref,
        } | self._files_of_partnership()

    def _files_of_partnership(self):
        uploads = Uploads(self.instance, self.partnership.ref)
        folder = self.instance / "messages"
        folder.mkdir(parents=True, exist_ok=True)
        message = f"{clock.now():%Y%m%d%H%M%S%f}-aaaaaaaaaa"
        told = self.session.get_one(Person, self.administrator.person_id).email
        said = {"at": clock.now().isoformat(), "to": told, "subject": "Hello", "text": "-"}
        (folder / f"{message}.json").write_text(json.dumps(said))
        own = self.partnership.ref.encode()
        return {
            "schools": uploads.keep(content("july-135.csv").replace(b"Alderquay", own)),
            "agencies": uploads.keep(AGENCIES.replace(b"Alderquay", own)),
            "file": uploads.keep(small_questionnaire(f"own-{self.partnership.id}").encode()),
            "message": message,
        }

    def _draft(self, organisation):
        """A round that is planned, with one school chosen."""
        draft = self._round(state=RoundState.DRAFT, opened_at=None)
        self.make.keep(Invitee(round_id=draft.id, organisation_id=organisation.id))
        for refs in self.area.refs.values():
            refs["draft"] = draft.ref

    def _questionnaire_draft(self, text):
        """The version after the newest, being written; one standard leaves a grade to the scale."""
        text = text.replace("edition: 2026-09\n", "edition: 2026-09\n    descriptors: scale\n", 1)
        text = text.replace(", met: All., ", ", ", 1)
        writer = self.administrator.person_id
        draft = QuestionnaireDraft(
            partnership_id=self.partnership.id,
            key=self.newer.key,
            version=3,
            title=self.newer.title,
            revision=1,
            started_by=writer,
        )
        self.make.keep(draft)
        said = {"yaml_text": text.replace("version: 2", "version: 3", 1), "person_id": writer}
        begun = {"number": 1, "action": "begun", "address": "questionnaire", "save_id": "begun"}
        self.make.keep(DraftRevision(draft_id=draft.id, **begun, **said))
        return draft

    def _give_logo(self):
        kept = Storage(self.instance / "logos").keep(io.BytesIO(PICTURE))
        self.partnership.logo_sha256, self.partnership.logo_type = kept.sha256, "image/png"
        self.session.commit()

    def _in_partnership(self, role):
        return self.make.membership(role, partnership_id=self.partnership.id)

    def _sign_in(self, held):
        """Somebody in each role, with the cookie of their browser."""
        people = {role: held[role] for role in ("LEAD", "SIGN", "CTB", "PM", "PC", "PA")} | {
            "SCR": self._in_partnership(Role.SCRUTINEER),
            "PV": self._in_partnership(Role.PARTNERSHIP_VIEWER),
            "SYS": self.make.membership(Role.SYSTEM_ADMINISTRATOR),
        }
        for role, membership in people.items():
            self.area.refs["home"][f"own-{role}"] = membership.ref
            self.area.cookies[role] = self._cookie(membership)
        self.area.password_link = self._password_link(held["LEAD"])

    def _cookie(self, membership):
        """Seen so lately that no request of a test need note the visit."""
        token, seen = new_token(), {"seen_at": clock.now() + timedelta(hours=1)}
        whose = {"person_id": membership.person_id, "membership_id": membership.id}
        self.make.keep(UserSession(token_hash=token_hash(token), **whose, **seen))
        return cookie_of(self.app, _user_id=token, _fresh=True, csrf_token=csrf_secret(token))

    def _password_link(self, membership):
        token = new_token()
        until = {"expires_at": clock.now() + timedelta(days=1)}
        whose = {"person_id": membership.person_id}
        self.make.keep(PasswordLink(token_hash=token_hash(token), **whose, **until))
        return cookie_of(self.app, password_link=token)
