"""The application: the only module that knows every feature."""

from flask import Blueprint, Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from auditapp import cli
from auditapp.accounts import resetting, signing_in
from auditapp.accounts.account_views import blueprint as accounts
from auditapp.actions.views import blueprint as actions
from auditapp.assessments.colleague_views import blueprint as colleagues
from auditapp.assessments.converting import follow_conversions
from auditapp.assessments.places import parts_in_rounds
from auditapp.assessments.round_views import blueprint as invitations
from auditapp.assessments.views import blueprint as assessments
from auditapp.authoring.views import blueprint as drafts
from auditapp.config import Settings
from auditapp.demo import components
from auditapp.demo.message_views import blueprint as messages
from auditapp.documents.html import row_cells
from auditapp.evidence.views import blueprint as evidence
from auditapp.health.views import blueprint as health
from auditapp.home import band
from auditapp.home.views import blueprint as home
from auditapp.messages import worker
from auditapp.moderation.views import blueprint as moderation
from auditapp.organisations.views import blueprint as organisations
from auditapp.questionnaires.file_views import blueprint as files
from auditapp.questionnaires.source_views import blueprint as questionnaires
from auditapp.questionnaires.version_views import blueprint as versions
from auditapp.reports.views import blueprint as reports
from auditapp.rounds.people_views import blueprint as people
from auditapp.rounds.views import blueprint as rounds
from auditapp.web import assets, errors, filters, headers, logs, session

MAX_UPLOAD_BYTES = 25 * 1024 * 1024
MAX_FORM_BYTES = 2 * 1024 * 1024  # a section of nine standards, each with two long texts
MAX_FORM_PARTS = 2_000

BLUEPRINTS: tuple[Blueprint, ...] = (
    home,
    health,
    accounts,
    messages,
    organisations,
    questionnaires,
    files,
    versions,
    drafts,
    rounds,
    invitations,
    assessments,
    evidence,
    actions,
    moderation,
    reports,
)
# Pages of accounts that name rounds or assessments stand above it, on its blueprint.
assert accounts is people is colleagues


def create_app(settings: Settings | None = None) -> Flask:
    """The application for `settings`, by default those of the environment.

    Raises:
        SettingsError: a setting is missing, unknown or unsafe.
    """
    settings = settings or Settings.from_env()
    app = Flask(__name__, instance_path=str(settings.instance_path))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TESTING=settings.testing,
        MAX_CONTENT_LENGTH=MAX_UPLOAD_BYTES + MAX_FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_FORM_BYTES,
        MAX_FORM_PARTS=MAX_FORM_PARTS,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the sign-in that it is bound to
        SESSION_COOKIE_NAME="__Host-session" if settings.secure else "session",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.extensions["settings"] = settings
    if settings.trusted_proxies:  # the address they saw; never the host they were asked for
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.trusted_proxies, x_proto=0, x_host=0
        )
    settings.instance_path.mkdir(parents=True, exist_ok=True)
    logs.init_app(app, settings.log_level)
    session.init_app(app, settings.database_url)
    headers.init_app(app, base_url=settings.base_url)
    errors.init_app(app)
    filters.init_app(app)
    assets.init_app(app)
    app.jinja_env.globals["row_cells"] = row_cells
    CSRFProtect(app)
    signing_in.init_app(app)
    app.extensions["follow_conversions"] = follow_conversions
    app.extensions["parts_in_rounds"] = parts_in_rounds
    band.init_app(app)
    worker.init_app(app, {resetting.KIND: resetting.handler})
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.add_url_rule("/components", "dev.components", components.show, methods=["GET", "POST"])
    cli.init_app(app)
    return app
