"""`create_app()`: the only place where the web is wired. `statuspage.wsgi` puts the public door in front of it."""

from flask import Blueprint

from statuspage.core.clock import SYSTEM_CLOCK, Clock
from statuspage.core.config import Settings, open_keys
from statuspage.core.db import Database
from statuspage.core.paths import templates_dir
from statuspage.core.templating import prepare
from statuspage.publish.opening import open_builder, open_site
from statuspage.web.admin import door as panel
from statuspage.web.api import door as api
from statuspage.web.kit.application import WebApplication
from statuspage.web.kit.cookies import install_cookies
from statuspage.web.kit.current import EXTENSION
from statuspage.web.kit.entrances import STAFF_BODY_BYTES, Entrance, csrf, open_door
from statuspage.web.kit.installation import Installation
from statuspage.web.kit.origins import trusted_hosts
from statuspage.web.kit.proxies import TrustedProxies
from statuspage.web.ops import views as ops
from statuspage.web.public import views as public
from statuspage.web.signin import door as signin
from statuspage.web.subscribe import door as subscribe


def create_app(settings: Settings, *, clock: Clock = SYSTEM_CLOCK) -> WebApplication:
    """Return the application of the installation that `settings` describe. Raises `ConfigError` without a secret."""
    app = WebApplication(str(templates_dir()))
    installation = _installation(settings, clock)
    app.extensions[EXTENSION] = installation
    installation.database.bind(app)
    app.config.update(
        TRUSTED_HOSTS=trusted_hosts(installation.links),
        MAX_CONTENT_LENGTH=STAFF_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=STAFF_BODY_BYTES,
        MAX_FORM_PARTS=500,
        WTF_CSRF_CHECK_DEFAULT=False,  # the kit asks for it, in its order
        WTF_CSRF_TIME_LIMIT=None,  # a form that waited through the night is still good; the session is what ends
        WTF_CSRF_SSL_STRICT=False,  # `kit.origins` looks at Sec-Fetch-Site and Origin instead of Referer
    )
    prepare(app.jinja_env)
    app.jinja_env.globals["site"] = installation.site
    install_cookies(app, installation.keys, secure=installation.links.secure)
    csrf.init_app(app)
    for blueprint, entrance in _doors():
        open_door(app, blueprint, entrance)
    if settings.net.trusted_proxies:
        app.wsgi_app = TrustedProxies(app.wsgi_app, settings.net.trusted_proxies)  # type: ignore[method-assign]  # how Flask wants to be wrapped
    return app


def _doors() -> list[tuple[Blueprint, Entrance]]:
    """Return every door with who comes in; the public one knows all other addresses."""
    return [
        (signin.door, signin.ENTRANCE),
        (panel.door, panel.ENTRANCE),
        (api.door, api.ENTRANCE),
        (subscribe.door, subscribe.ENTRANCE),
        (ops.door, ops.ENTRANCE),
        (public.door, public.ENTRANCE),
    ]


def _installation(settings: Settings, clock: Clock) -> Installation:
    keys = open_keys(settings)
    site = open_site(settings)
    database = Database(settings.database_url)
    return Installation(
        settings=settings,
        clock=clock,
        database=database,
        keys=keys,
        site=site,
        builder=open_builder(settings, database, site, clock),
    )
