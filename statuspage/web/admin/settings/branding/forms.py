"""From the branding form to a draft and back. Files are written anew as they come in; the form then names them by code,
so that a refusal loses none of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import request

from statuspage.core.errors import Invalid
from statuspage.domain.branding.actions import (
    MOST_LINKS,
    BrandDraft,
    FooterLink,
    Prepared,
    cleaned,
    draft_of,
    keep_image,
    prepare_image,
)
from statuspage.domain.branding.enums import ImageUse
from statuspage.web.kit.current import now, session
from statuspage.web.kit.forms import Form

if TYPE_CHECKING:
    from statuspage.domain.branding.models import Branding

UPLOAD_BYTES = 4 * 1024 * 1024  # three pictures, and room to say of one that is too large which one it is
PICTURES = {"logo": ImageUse.LOGO, "dark_logo": ImageUse.LOGO, "icon": ImageUse.ICON}
LABELS = {
    "accent": "Accent",
    "logo": "Logo",
    "dark_logo": "Logo for the dark scheme",
    "icon": "Icon",
    "links": "Links",
    "privacy_url": "Privacy",
    "imprint_url": "Imprint",
    "footer": "Footer",
}
LINK_NUMBERS = range(1, MOST_LINKS + 1)


@dataclass
class Uploads:
    """The files of one request: what is good of them, and a sentence for each that is not."""

    good: list[Prepared] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)

    def keep(self) -> None:
        """Keep the good ones, so that the form may name them."""
        for prepared in self.good:
            keep_image(session(), prepared, now=now())

    def check(self, draft: BrandDraft) -> None:
        """Raise `Invalid` with every fault of the files and of `draft`."""
        faults = dict(self.faults)
        try:
            cleaned(draft)
        except Invalid as fault:
            faults |= fault.fields
        if faults:
            raise Invalid(faults)


def take_files(form: Form) -> Uploads:
    """Read the files that were sent, and let the form name the good ones instead of what it named before."""
    found = Uploads()
    for name, use in PICTURES.items():
        file = request.files.get(f"{name}_file")
        if file is not None and file.filename:
            try:
                prepared = prepare_image(file.read(), use, f"{name}_file")
            except Invalid as fault:
                found.faults |= fault.fields
                continue
            found.good.append(prepared)
            form.values.setlist(name, [prepared.code])
        elif form.ticked(f"remove_{name}"):
            form.values.setlist(name, [""])
        form.values.setlist(f"remove_{name}", [])
    return found


def draft_from(form: Form) -> BrandDraft:
    """Return what was typed and chosen."""
    return BrandDraft(
        accent=form.text("accent"),
        logo=form.text("logo"),
        dark_logo=form.text("dark_logo"),
        icon=form.text("icon"),
        footer=form.text("footer"),
        privacy_url=form.text("privacy_url"),
        imprint_url=form.text("imprint_url"),
        links=tuple(FooterLink(form.text(f"label_{number}"), form.text(f"url_{number}")) for number in LINK_NUMBERS),
        seen=form.number_or_none("seen") or 0,
    )


def form_of(branding: "Branding | None") -> Form:
    """Return the form as it stands for a saving."""
    draft = draft_of(branding)
    values = {name: getattr(draft, name) for name in LABELS if name != "links"}
    for number, link in enumerate(draft.links, 1):
        values |= {f"label_{number}": link.label, f"url_{number}": link.url}
    return Form({**values, "seen": str(branding.number if branding else 0)})


def differences(form: Form, stands: Form) -> list[tuple[str, str]]:
    """Return what stands otherwise than in the form, as words by label."""
    names = [(name, [name]) for name in LABELS if name != "links"]
    names.append(("links", [f"{part}_{number}" for number in LINK_NUMBERS for part in ("label", "url")]))
    return [
        (LABELS[name], _said(name, (stands.text(one) for one in parts)))
        for name, parts in names
        if any(stands.text(one) != form.text(one) for one in parts)
    ]


def _said(name: str, values: Iterable[str]) -> str:
    words = " ".join(value for value in values if value)
    return "another picture" if words and name in PICTURES else words
