"""Filling in a form as a reader does: only what stands in the page can be sent."""

from dataclasses import dataclass, field

from lxml import etree

from tests.kit.pages import text_of

Element = etree._Element
Values = dict[str, list[str]]


@dataclass
class Form:
    """One form of a page with what a browser would send if nothing were typed."""

    action: str
    method: str
    values: Values
    choices: dict[str, set[str]] = field(default_factory=dict)

    def fill(self, **typed: str | bool | list[str] | None) -> None:
        """Type into fields by name; an unknown field or choice is refused.

        `True` and `False` tick and untick a checkbox; a list ticks or selects several.
        """
        for name, value in typed.items():
            if name not in self.choices:
                raise AssertionError(f"The form {self.action} has no field {name!r}, only {sorted(self.choices)}")
            wanted = self._as_list(name, value)
            allowed = self.choices[name]
            if allowed and not set(wanted) <= allowed:
                raise AssertionError(f"{name!r} offers {sorted(allowed)}, not {wanted}")
            self.values[name] = wanted

    def _as_list(self, name: str, value: str | bool | list[str] | None) -> list[str]:
        if value is True:
            return sorted(self.choices[name])
        if value is False or value is None:
            return []
        return value if isinstance(value, list) else [value]


def read_form(form: Element, button: Element | None) -> Form:
    """Read a form element as a browser would send it with `button`."""
    values: Values = {}
    choices: dict[str, set[str]] = {}
    identity = form.get("id")
    outside = f" | //*[@form={identity!r}]" if identity else ""
    for control in form.xpath(f".//input | .//select | .//textarea{outside}"):
        name = control.get("name")
        if not name or control.get("disabled") is not None or control.tag == "button":
            continue
        kind = control.get("type", "text") if control.tag == "input" else control.tag
        if kind in ("submit", "button", "reset", "image"):
            continue
        offered, sent = _state(control, kind)
        choices[name] = choices.get(name, set()) | offered
        values[name] = values.get(name, []) + sent
    action, method = form.get("action", ""), form.get("method", "get")
    if button is not None:
        action, method = button.get("formaction", action), button.get("formmethod", method)
        if button.get("name"):
            values[button.get("name")] = [button.get("value", "")]
    return Form(action, method.upper(), values, choices)


def _state(control: Element, kind: str) -> tuple[set[str], list[str]]:
    if kind in ("checkbox", "radio"):
        value = control.get("value", "on")
        return {value}, [value] if control.get("checked") is not None else []
    if kind == "select":
        options = control.findall(".//option")
        offered = [option.get("value", text_of(option)) for option in options]
        chosen = [word for word, option in zip(offered, options, strict=True) if option.get("selected") is not None]
        first = [] if control.get("multiple") is not None else offered[:1]
        return set(offered), chosen or first
    text = control.text or "" if kind == "textarea" else control.get("value", "")
    return set(), [text.removeprefix("\n")]


def form_with_button(root: Element, label: str) -> Form:
    """Return the form whose button says `label`. Raises AssertionError naming the buttons there are."""
    buttons = root.xpath("//button[not(@type) or @type='submit'] | //input[@type='submit']")
    labels = [button.get("aria-label") or text_of(button) or button.get("value", "") for button in buttons]
    found = [button for button, text in zip(buttons, labels, strict=True) if text == label]
    if not found:
        raise AssertionError(f"No button says {label!r}; the page has {labels}")
    button = found[0]
    identity = button.get("form")
    forms = root.xpath(f"//form[@id={identity!r}]") if identity else button.xpath("ancestor::form")
    assert forms, f"The button {label!r} stands in no form"
    return read_form(forms[0], button)
