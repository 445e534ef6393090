"""The response headers of this product, in one place for the public door and for Flask.

No value depends on the request, and none carries a nonce: every page may be kept by any cache. Scripts,
styles and images come from this installation only (ASVS 5.0 3.4.3); nothing may frame a page unless it says
so itself.
"""

from collections.abc import Iterable

Headers = tuple[tuple[str, str], ...]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

SECURITY: Headers = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"),
)
STRICT_TRANSPORT: Headers = (("Strict-Transport-Security", "max-age=31536000"),)

# For the one page that any site may show in a frame; there is nothing in it to be clicked by mistake.
_FRAMED_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors *"
)
FRAMED: Headers = (("Content-Security-Policy", _FRAMED_POLICY), ("X-Frame-Options", ""))

PUBLIC_PAGE: Headers = (
    ("Cache-Control", "public, max-age=0, s-maxage=5, stale-if-error=86400"),
    ("CDN-Cache-Control", "max-age=5, stale-while-revalidate=30, stale-if-error=86400"),
    ("Vary", "Accept-Encoding"),
)
HASHED_ASSET: Headers = (
    ("Cache-Control", "public, max-age=31536000, immutable"),
    ("Vary", "Accept-Encoding"),
)
NO_STORE: Headers = (("Cache-Control", "no-store"),)


def security_headers(*, secure: bool) -> Headers:
    """Return what every response carries; `secure` says that the page is reached over HTTPS (one year of
    HSTS)."""
    return SECURITY + STRICT_TRANSPORT if secure else SECURITY


def merged(base: Iterable[tuple[str, str]], own: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return `base` with the headers of `own` added; a header of the same name in `own` takes its place, and an empty
    one only takes it away."""
    added = list(own)
    names = {name.lower() for name, _ in added}
    return [pair for pair in base if pair[0].lower() not in names] + [pair for pair in added if pair[1]]
