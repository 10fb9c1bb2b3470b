"""Commands on accounts: the first sign-in of an installation."""

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from auditapp.accounts.inviting import Invited, invite_all, password_link
from auditapp.accounts.rules import check_email, check_name
from auditapp.accounts.service import record_given
from auditapp.core.errors import RuleBroken
from auditapp.core.events import INSTALLATION
from auditapp.core.transactions import transaction
from auditapp.messages.delivery import with_addresses
from auditapp.organisations.models import Partnership
from auditapp.policy.roles import ROLE_WORDS, Role
from auditapp.web.session import current_session

accounts = AppGroup("accounts", help="People who sign in.")


@accounts.command()
@click.argument("email")
@click.option("--name", required=True, help="What they are called.")
@click.option("--partnership", "key", help="Key of the partnership they administer; else SYS.")
def invite(email: str, name: str, key: str | None) -> None:
    """Make EMAIL an administrator and print a link to choose a password (72 hours, once)."""
    session = current_session()
    try:
        check_email(email)
        check_name(name)
    except RuleBroken as error:
        raise click.ClickException(error.message) from None
    with transaction(session):
        partnership = session.scalars(
            select(Partnership).where(Partnership.key == key)
        ).one_or_none()
        if key is not None and partnership is None:
            raise click.ClickException(f"There is no partnership {key!r}.")
        role = Role.ADMINISTRATOR if partnership else Role.SYSTEM_ADMINISTRATOR
        place = partnership.id if partnership else None
        invited = Invited(email=email, name=name, role=role, partnership_id=place)
        given = invite_all(session, [invited])[0]
        if given.is_new:
            record_given(session, place or INSTALLATION, given.membership, actor_id=None)
        link = password_link(session, given.membership.person)
    click.echo(f"{email} is {ROLE_WORDS[role]}. To choose a password:")
    click.echo(with_addresses(link, current_app.extensions["settings"].base_url))
