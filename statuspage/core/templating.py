"""One way to make a Jinja environment: strict, autoescaping, with the filters every audience needs.

An environment speaks one language: `_()`, `ngettext()` and the filters for times and words are bound to it, so that
macros need no context to know it. `speaking` returns the same environment in another language.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from statuspage.core import formats, words
from statuspage.core.clock import rfc3339
from statuspage.core.languages import SOURCE, Language, Speech, speech
from statuspage.core.paths import templates_dir
from statuspage.core.text import plain_text, render_markdown


def local(instant: datetime, zone: str, form: str = "%-d %b %Y, %H:%M") -> str:
    """Write an instant in an IANA zone with a `strftime` form."""
    return instant.astimezone(ZoneInfo(zone)).strftime(form)


def markdown(text: str) -> Markup:
    """Render sanitised HTML of CommonMark text."""
    return Markup(render_markdown(text))  # noqa: S704  # render_markdown ends with nh3, which cleans it


FILTERS: dict[str, Callable[..., Any]] = {
    "iso": rfc3339,
    "local": local,
    "markdown": markdown,
    "plain": plain_text,
}


def _spoken_texts(spoken: Speech) -> dict[str, Callable[..., str]]:
    """Return what the i18n extension calls. Our own texts are markup; what fills their gaps is escaped."""

    @pass_eval_context
    def gettext(context: EvalContext, text: str, **values: object) -> str:
        return _ready(context, spoken.translations.gettext(text)) % values

    @pass_eval_context
    def pgettext(context: EvalContext, meaning: str, text: str, **values: object) -> str:
        return _ready(context, spoken.translations.pgettext(meaning, text)) % values

    @pass_eval_context
    def ngettext(context: EvalContext, one: str, many: str, num: int, **values: object) -> str:
        return _ready(context, spoken.translations.ngettext(one, many, num)) % {"num": num, **values}

    return {"_": gettext, "gettext": gettext, "pgettext": pgettext, "ngettext": ngettext}


def _ready(context: EvalContext, text: str) -> str:
    return Markup(text) if context.autoescape else text  # noqa: S704  # texts of the product, from templates and catalogues


def _spoken_filters(spoken: Speech) -> dict[str, Callable[..., Any]]:
    """Return the filters whose answer depends on the language."""

    def instant(at: datetime, zone: str, form: str = "long", named: bool = False) -> str:
        return formats.instant(at, zone, spoken, form, named=named)

    def day(on: date, form: str = "short") -> str:
        return formats.day(on, spoken, form)

    def duration(span: timedelta) -> str:
        return formats.duration(span, spoken)

    def word(name: str, inside: bool = False) -> str:
        return words.word(name, spoken, inside=inside)

    return {"instant": instant, "day": day, "duration": duration, "word": word}


def prepare(environment: Environment, language: Language = SOURCE) -> Environment:
    """Give an environment (ours or Flask's) the house's filters and strictness, and a language."""
    environment.undefined = StrictUndefined
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.filters.update(FILTERS)
    environment.add_extension("jinja2.ext.i18n")
    return _speak(environment, language)


def speaking(environment: Environment, language: Language) -> Environment:
    """Return `environment` in another language: the same templates, filters and globals, compiled on their own.

    What is added to the globals of `environment` afterwards does not reach it.
    """
    other = environment.overlay()
    other.globals = dict(environment.globals)
    other.filters = dict(environment.filters)
    return _speak(other, language)


def _speak(environment: Environment, language: Language) -> Environment:
    spoken = speech(language)
    environment.extend(newstyle_gettext=True)
    environment.globals.update(_spoken_texts(spoken))
    environment.filters.update(_spoken_filters(spoken))
    return environment


def html_environment(language: Language = SOURCE) -> Environment:
    """Return an environment for HTML and XML over `templates/`, in one language."""
    return prepare(Environment(loader=FileSystemLoader(templates_dir()), autoescape=True), language)


def text_environment(language: Language = SOURCE) -> Environment:
    """Return an environment for plain text over `templates/`, without escaping, in one language."""
    plain = Environment(loader=FileSystemLoader(templates_dir()), autoescape=False)  # noqa: S701  # nothing to escape in plain text
    return prepare(plain, language)
