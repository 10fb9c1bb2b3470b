"""The outbox, its letters, and where they go."""

import json
import smtplib
import socketserver
import threading
from dataclasses import replace

import pytest
from sqlalchemy import select

from auditapp.app import create_app
from auditapp.core.jobs import Job
from auditapp.core.transactions import transaction
from auditapp.messages import worker
from auditapp.messages.delivery import deliver, kept_messages, with_addresses
from auditapp.messages.letters import LETTERS, compose
from auditapp.messages.outbox import Mail, page_link, send, send_all

SAID_BY_OTHER_WORDS = ("voluntary", "earlier", "signed", "organisations")
BASE = "http://127.0.0.1:5000"


def values_of(letter):
    others = {
        "organisations": ["Quillbrook Primary School", "Tanglemere Academy"],
        "work": ["the work"],
    }
    return {name: others.get(name, f"the {name}") for name in LETTERS[letter]}


@pytest.mark.parametrize("letter", sorted(LETTERS))
def test_every_letter_has_a_subject_of_one_line_and_uses_what_it_asks_for(letter):
    values = values_of(letter)
    written = compose(letter, **values)

    assert written.subject and "\n" not in written.subject
    assert written.text.startswith("Dear ") and written.text.endswith("\n")
    whole = written.subject + written.text
    unused = [
        name for name in values if name not in SAID_BY_OTHER_WORDS and f"the {name}" not in whole
    ]
    assert unused == []
    assert "{" not in whole and "\n\n\n" not in whole


def test_a_letter_without_partnership_and_work_leaves_no_gap():
    written = compose("role-given", **values_of("role-given") | {"partnership": "", "work": []})

    assert "On this site organisations assess" in written.text
    assert "asked to answer" not in written.text and "\n\n\n" not in written.text


@pytest.mark.parametrize("letter", sorted(LETTERS))
def test_a_letter_that_is_not_given_all_it_asks_for_is_not_written(letter):
    values = values_of(letter)

    with pytest.raises(ValueError, match=letter):
        compose(letter, **(values | {"answer": "a draft"}))
    del values["name"]
    with pytest.raises(ValueError, match=letter):
        compose(letter, **values)


def test_a_subject_cannot_break_into_another_header(session):
    with transaction(session):
        send(
            session,
            to="a@example.org",
            subject="One\r\nBcc: b@example.org",
            text="x",
            unique_key="1",
        )

    assert session.scalars(select(Job)).one().payload["subject"] == "One Bcc: b@example.org"


def test_a_message_asked_for_twice_is_one_message(session):
    mail = Mail(to="a@example.org", subject="One", text="x", unique_key="same")
    other = replace(mail, unique_key="other")

    with transaction(session):
        assert send_all(session, [mail, mail]) == 1
    with transaction(session):
        assert send_all(session, [mail, other]) == 1

    assert len(session.scalars(select(Job)).all()) == 2


def test_a_message_that_is_rolled_back_was_never_asked_for(session):
    with pytest.raises(RuntimeError), transaction(session):
        send(session, to="a@example.org", subject="One", text="x", unique_key="1")
        raise RuntimeError

    assert session.scalars(select(Job)).all() == []


def test_links_begin_with_the_installations_own_address():
    text = f"See {page_link('/rounds/abc')} and https://example.org/"

    assert with_addresses(text, "https://audit.example.org") == (
        "See https://audit.example.org/rounds/abc and https://example.org/"
    )


@pytest.fixture
def demo(settings):
    """The application as a demo, where messages go to a folder."""
    app = create_app(replace(settings, demo=True))
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    app.extensions["engine"].dispose()


def ask(session, text="See auditapp:/set-password/secret"):
    with transaction(session):
        send(session, to="a@example.org", subject="Come in", text=text, unique_key="1")


def test_the_demo_keeps_messages_in_a_folder_once_and_forgets_their_text(session, demo):
    ask(session)

    assert worker.run_all(demo) == 1
    assert worker.run_all(demo) == 0

    [kept] = kept_messages(demo.extensions["settings"].messages_folder)
    assert (kept.to, kept.subject) == ("a@example.org", "Come in")
    assert kept.text == f"See {BASE}/set-password/secret"
    session.rollback()
    job = session.scalars(select(Job)).one()
    assert job.done_at is not None
    assert "secret" not in json.dumps(job.payload)


def test_without_anywhere_to_go_messages_wait(session, app):
    ask(session)

    assert worker.run_all(app) == 0
    assert worker.waiting(session) == (1, 0)


def test_the_worker_thread_of_the_demo_sends_what_comes(session, demo):
    stop = worker.start_worker(demo)
    ask(session)
    folder = demo.extensions["settings"].messages_folder

    for _ in range(100):
        if any(kept_messages(folder)):
            break
        stop.wait(0.1)
    stop.set()
    for thread in threading.enumerate():
        if thread.name == "worker":
            thread.join(10)

    assert len(list(kept_messages(folder))) == 1


def test_the_command_says_what_it_did_and_what_waits(session, app, demo):
    ask(session)

    said = app.test_cli_runner().invoke(args=["outbox", "run"])
    assert said.output == "0 done.\n1 messages wait: AUDITAPP_SMTP_URL is not set.\n"
    assert demo.test_cli_runner().invoke(args=["outbox", "run"]).output == "1 done.\n"


class FakeServer(socketserver.StreamRequestHandler):
    """Speaks enough SMTP to take one message in plain text."""

    def handle(self):
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline().strip().upper():
            if line.startswith(b"EHLO"):
                self.wfile.write(b"250 here\r\n")
            elif line == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while (part := self.rfile.readline()) != b".\r\n":
                    self.server.lines.append(part.decode().rstrip("\r\n"))
                self.wfile.write(b"250 taken\r\n")
            else:
                self.wfile.write(b"221 bye\r\n" if line == b"QUIT" else b"250 fine\r\n")


@pytest.fixture
def smtp():
    with socketserver.TCPServer(("127.0.0.1", 0), FakeServer) as server:
        server.lines = []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


PAYLOAD = {"to": "a@example.org", "subject": "Come in", "text": "Dear Ünal,\nauditapp:/x\n"}


@pytest.fixture
def plain_settings(tmp_path):
    from auditapp.config import Settings

    return Settings(database_url="sqlite://", instance_path=tmp_path, secret_key="k" * 40)


def test_smtp_gets_the_message_marked_as_automatic_and_without_anyone_else(smtp, plain_settings):
    url = f"smtp://127.0.0.1:{smtp.server_address[1]}"

    deliver(replace(plain_settings, smtp_url=url, mail_from="audit@example.org"), PAYLOAD)

    head = smtp.lines[: smtp.lines.index("")]
    assert "Auto-Submitted: auto-generated" in head
    assert "To: a@example.org" in head and "From: audit@example.org" in head
    assert [line for line in head if line.lower().startswith(("cc:", "bcc:"))] == []


def test_a_password_is_never_sent_to_a_server_that_cannot_encrypt(smtp, plain_settings):
    url = f"smtp://user:secret@127.0.0.1:{smtp.server_address[1]}"

    with pytest.raises(smtplib.SMTPNotSupportedError):
        deliver(replace(plain_settings, smtp_url=url), PAYLOAD)

    assert smtp.lines == []


def test_a_server_that_is_away_leaves_the_message_to_be_tried_again(session, settings):
    app = create_app(replace(settings, smtp_url="smtp://127.0.0.1:1"))
    ask(session)

    worker.run_all(app)

    session.rollback()
    job = session.scalars(select(Job)).one()
    assert (job.done_at, job.attempts) == (None, 1)
    assert "secret" in job.payload["text"]
    app.extensions["engine"].dispose()
