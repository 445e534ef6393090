"""A whole incident by keyboard alone: no mouse, and the focus always somewhere one can see."""

import re

import pytest
from playwright.sync_api import Page, expect

from statuspage.core.db import commit
from statuspage.domain.incidents.actions.clearing import change_publishing
from statuspage.domain.incidents.rules import Publishing
from tests.kit.cast import BEN, PASSWORD
from tests.kit.live import LiveSite

pytestmark = pytest.mark.chromium
FARTHEST = 120  # Tab stops; a page with more is not one for the keyboard
# The name and look of what has the focus. A pill's radio button is seen through its label.
FOCUSED = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const seen = it.matches(".pill input") ? it.nextElementSibling : it;
  const style = getComputedStyle(seen), box = seen.getBoundingClientRect();
  const labels = [...(it.labels ?? [])].map(label => label.innerText);
  const name = it.getAttribute("aria-label") ?? (labels.length ? labels.join(" ") : it.innerText ?? "");
  return {
    name: name.replace(/\\s+/g, " ").trim(),
    ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inView: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
}"""


class Keys:
    """A person with a keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.add_init_script("addEventListener('pointerdown', () => { sessionStorage.mouse = 'used' }, true)")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def reach(self, name: str, *, back: bool = False) -> None:
        """Press Tab until something with this name has the focus; every stop on the way must be seen."""
        passed: list[str] = []
        for _ in range(FARTHEST):
            self.press("Shift+Tab" if back else "Tab")
            focused = self.page.evaluate(FOCUSED)
            if focused is None:
                continue  # around the end of the page, by way of the browser's own buttons
            assert focused["ringed"], f"nothing shows that {focused['name']!r} has the focus"
            assert focused["inView"], f"{focused['name']!r} has the focus out of sight"
            if re.search(name, focused["name"]):
                return
            passed.append(focused["name"])
        raise AssertionError(f"{name!r} cannot be reached, only {passed}")

    def activate(self, name: str) -> None:
        """Reach something and press Enter on it."""
        self.reach(name)
        self.press("Enter")

    def write(self, words: str) -> None:
        """Write over whatever stands in the field that has the focus."""
        self.press("Control+A")
        self.page.keyboard.type(words)


@pytest.fixture
def keys(live_site: LiveSite, chromium_page: Page) -> Keys:
    """Ben at the door. An update waits for a minute, so that only who sends it off makes it go out."""
    with live_site.serving.builder._database.session() as session:
        now = live_site.serving.builder._clock.now()
        change_publishing(session, Publishing(undo_seconds=60), by=live_site.cast.ada, now=now)
        commit(session)
    chromium_page.goto(f"{live_site.url}/admin/")
    return Keys(chromium_page)


def sign_in(keys: Keys) -> None:
    keys.reach("Mail address")
    keys.write(BEN)
    keys.reach("Password")
    keys.write(PASSWORD)
    keys.press("Enter")
    expect(keys.page).to_have_url(re.compile("/admin/$"))
    keys.page.wait_for_load_state()


def send_off(keys: Keys) -> None:
    """Publish what was written, and at once: without the seconds in which one could take it back."""
    keys.activate("^(Declare and p|P)ublish to page and 1 subscriber")
    expect(keys.page.get_by_role("heading", name=re.compile("Your update goes out"))).to_be_visible()
    keys.page.wait_for_load_state()
    assert keys.page.evaluate(FOCUSED), "after sending off, the focus is on what goes out"
    keys.activate("^Publish now")
    expect(keys.page.get_by_role("heading", name=re.compile("Your update goes out"))).to_have_count(0)
    keys.page.wait_for_load_state()


def declare(keys: Keys) -> None:
    keys.press("d")
    expect(keys.page.get_by_label("Title on the page")).to_be_focused()
    keys.page.keyboard.type("Card payments fail")
    keys.reach("^Web$")
    keys.page.keyboard.type("Partial")
    keys.reach("What is happening")
    keys.write("One payment in five is refused.")
    expect(keys.page.get_by_role("region", name="Preview").locator(".on-page")).to_contain_text("One payment in five")
    expect(keys.page.get_by_label("What is happening")).to_be_focused()
    send_off(keys)
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("Card payments fail")


def correct(keys: Keys) -> None:
    keys.activate("^Correct or retract")
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("Correct an update")
    keys.page.wait_for_load_state()
    keys.reach("What it should say")
    keys.write("One card payment in five is refused.")
    keys.activate("^Publish the correction")
    expect(keys.page.get_by_text("The update is corrected")).to_be_visible()
    keys.page.wait_for_load_state()


def say(keys: Keys, steps: int, words: str) -> None:
    """Publish the next word; the status is so many steps to the right of the present one."""
    keys.press("c")
    expect(keys.page.get_by_label("What is happening")).to_be_focused()
    keys.reach("Investigating|Identified", back=True)
    keys.press(*["ArrowRight"] * steps)
    keys.reach("What is happening")
    keys.write(words)
    send_off(keys)
    expect(keys.page.get_by_text(words).first).to_be_visible()


def close(keys: Keys) -> None:
    keys.activate("^Close$")
    keys.reach("Closure code")
    keys.page.keyboard.type("certificate")
    keys.activate("^Close$")
    expect(keys.page.get_by_text("nothing more can be said")).to_be_visible()


def test_an_incident_from_first_word_to_closing_without_a_mouse(keys: Keys, live_site: LiveSite) -> None:
    sign_in(keys)
    declare(keys)
    correct(keys)
    say(keys, 1, "A bad certificate; we are replacing it.")
    say(keys, 2, "All payments work again.")
    close(keys)
    assert keys.page.evaluate("sessionStorage.mouse ?? 'unused'") == "unused"

    keys.page.goto(live_site.url)
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("All systems operational")
    story = keys.page.locator("details.resolved", has_text="Card payments fail")
    expect(story).to_contain_text("Resolved")
    keys.reach("Card payments fail")
    keys.press("Enter")
    expect(story).to_contain_text("All payments work again.")
    keys.activate("^Whole story")
    for words in ("One card payment in five is refused.", "A bad certificate", "All payments work again."):
        expect(keys.page.locator("#story")).to_contain_text(words)
    assert keys.page.evaluate("sessionStorage.mouse ?? 'unused'") == "unused"
