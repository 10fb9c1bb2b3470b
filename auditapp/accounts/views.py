"""Pages for signing in and out, and for choosing a password.

Pages of accounts that must know rounds or assessments stand above, on this same blueprint:
rounds/people_views.py and assessments/colleague_views.py.
"""

from contextlib import suppress

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from auditapp.accounts import browsers
from auditapp.accounts.forms import ForgottenForm, PasswordForm, SignInForm
from auditapp.accounts.inviting import normal
from auditapp.accounts.limiting import Attempt, begin_attempt, forgive
from auditapp.accounts.models import Person
from auditapp.accounts.passwords import check_strength, hash_password, is_right
from auditapp.accounts.resetting import note_wish
from auditapp.accounts.service import choose_password, usable_link
from auditapp.core.errors import Missing, RuleBroken
from auditapp.core.transactions import transaction
from auditapp.web.addresses import own_path
from auditapp.web.errors import show_on
from auditapp.web.fields import given
from auditapp.web.session import current_session

blueprint = Blueprint("accounts", __name__)

WRONG = "The e-mail address or the password is wrong."
LINK = "password_link"  # where the cookie keeps the token of a password link


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Sign in. Unknown, disabled and wrong are one refusal, in words and in time."""
    if request.method != "POST" and current_user.is_authenticated:
        return redirect(own_path(request.args.get("next")) or url_for("home.home"))
    form = SignInForm()
    if form.validate_on_submit():
        email, password = given(form.email.data), given(form.password.data)
        attempt = _attempt(email)
        if attempt.again_at is not None:
            return _too_many(attempt)
        if _signed_in(email, password, attempt):
            return redirect(own_path(form.next.data) or url_for("home.home"))
        show_on(form, RuleBroken(WRONG, field="email"))
    elif request.method != "POST":
        form.next.data = own_path(request.args.get("next")) or ""
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/sign_in.html", form=form), status


def _signed_in(email: str, password: str, attempt: Attempt) -> bool:
    session = current_session()
    person = session.scalars(select(Person).where(Person.email == normal(email))).one_or_none()
    known = person.password_hash if person is not None and person.disabled_at is None else None
    session.rollback()  # nothing stays open while the password is hashed
    if not is_right(password, known) or person is None:
        return False
    with transaction(session, locking=person):
        forgive(session, attempt)
        browsers.sign_in(session, person, browsers.role_to_begin_in(session, person))
    return True


def _attempt(email: str) -> Attempt:
    key = str(current_app.config["SECRET_KEY"])
    address = request.remote_addr or ""
    return begin_attempt(current_session(), email=email, address=address, key=key)


def _too_many(attempt: Attempt) -> ResponseReturnValue:
    return render_template("accounts/too_many.html", again_at=attempt.again_at), 429


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this session at once."""
    with transaction(current_session()) as session:
        browsers.sign_out(session, current_user.token)
    flash("You are signed out.", "success")
    return redirect(url_for("accounts.sign_in"))


@blueprint.get("/no-role")
def no_role() -> ResponseReturnValue:
    """For one who is signed in and holds no role today."""
    return render_template("accounts/no_role.html")


@blueprint.route("/forgotten-password", methods=["GET", "POST"])
def forgotten_password() -> ResponseReturnValue:
    """Take an address to send a link to. What follows is the same for every address."""
    form = ForgottenForm()
    if form.validate_on_submit():
        attempt = _attempt(f"reset:{form.email.data}")
        if attempt.again_at is not None:
            return _too_many(attempt)
        # Asked for twice at the same moment: the first has it.
        with suppress(IntegrityError), transaction(current_session()) as session:
            note_wish(session, given(form.email.data))
        return render_template("accounts/link_sent.html")
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/forgotten_password.html", form=form), status


@blueprint.get("/set-password/<token>")
@blueprint.route("/set-password", methods=["GET", "POST"])
def set_password(token: str | None = None) -> ResponseReturnValue:
    """Choose a password by a single-use link. Its token leaves the address before any page is
    drawn, so that no other request and no screenshot carries it."""
    if token is not None:
        cookie[LINK] = token
        return redirect(url_for("accounts.set_password"))
    kept, session, form = cookie.get(LINK, ""), current_session(), PasswordForm()
    try:
        person = usable_link(session, kept)[1]
        if form.validate_on_submit():
            password = given(form.password.data)
            check_strength(password, about=[person.name, person.email])
            session.rollback()  # nothing stays open while the password is hashed
            hashed = hash_password(password)
            with transaction(session):
                choose_password(session, kept, hashed)
            cookie.clear()
            flash("Your password is set. Sign in with it.", "success")
            return redirect(url_for("accounts.sign_in"))
    except Missing:
        return render_template("accounts/link_over.html"), 410
    except RuleBroken as error:
        show_on(form, error)
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/set_password.html", form=form, email=person.email), status
