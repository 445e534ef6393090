"""`create_app()`: the only place where the web is wired. `statuspage.wsgi` puts the public door in front of it."""

from statuspage.core.clock import SYSTEM_CLOCK, Clock
from statuspage.core.config import ConfigError, Settings
from statuspage.core.db import Database
from statuspage.core.links import Links
from statuspage.core.paths import static_dir, templates_dir
from statuspage.core.secrets import Keys, stored_secret
from statuspage.core.templating import prepare
from statuspage.publish import pages
from statuspage.publish.assets import Assets
from statuspage.publish.builder import Builder
from statuspage.publish.site import Site
from statuspage.publish.store import Store
from statuspage.web.kit.application import WebApplication
from statuspage.web.kit.cookies import install_cookies
from statuspage.web.kit.current import EXTENSION
from statuspage.web.kit.entrances import STAFF_BODY_BYTES, csrf
from statuspage.web.kit.installation import Installation
from statuspage.web.kit.origins import trusted_hosts
from statuspage.web.kit.proxies import TrustedProxies


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
    if settings.net.trusted_proxies:
        app.wsgi_app = TrustedProxies(app.wsgi_app, settings.net.trusted_proxies)  # type: ignore[method-assign]
    return app


def _installation(settings: Settings, clock: Clock) -> Installation:
    secret = settings.secret_key or stored_secret(settings.data.dir)
    if not secret:
        raise ConfigError("secret_key is not set and there is none in the data directory; run `statuspage db upgrade`.")
    site = Site(
        links=Links(settings.site.base_url),
        name=settings.site.name,
        timezone=settings.site.timezone,
        locale=settings.site.locale,
        assets=Assets(static_dir()),
    )
    database = Database(settings.database_url)
    return Installation(
        settings=settings,
        clock=clock,
        database=database,
        keys=Keys([secret, *settings.previous_secret_keys]),
        site=site,
        builder=Builder(database, Store(settings.data.dir / "site"), pages, site, clock),
    )
