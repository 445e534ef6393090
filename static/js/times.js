// Times in the reader's zone, with UTC beside and "12 minutes ago" where asked for.
// Binds to time[data-time], [data-utc], [data-ago] and [data-zone]; runs again when live.js swaps something in.
const page = document.documentElement.lang || "en";
const language = page === "en" ? "en-GB" : page;
const format = (options) => new Intl.DateTimeFormat(language, options);
const clock = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const utcClock = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" });
const day = format({ day: "numeric", month: "short" });
const utcDay = format({ day: "numeric", month: "short", timeZone: "UTC" });
const weekday = format({ weekday: "short", day: "numeric", month: "short" });
const dated = format({ day: "numeric", month: "short", year: "numeric" });
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

const midnight = (at) => new Date(at.getFullYear(), at.getMonth(), at.getDate());
const daysFromToday = (at) => Math.round((midnight(at) - midnight(new Date())) / DAY);
const date = (at) => (at.getFullYear() === new Date().getFullYear() ? day : dated).format(at);

function words(at, form, from) {
  const time = clock.format(at);
  if (form === "until" && midnight(at).getTime() === midnight(from).getTime()) return time;
  const distance = daysFromToday(at);
  if (form === "day" || form === "until") {
    return `${Math.abs(distance) <= 1 ? relative.format(distance, "day") : weekday.format(at)}, ${time}`;
  }
  return distance === 0 ? time : `${date(at)}, ${time}`;
}

function universal(instants) {
  const texts = instants.map((at) => {
    const dayDiffers = instants.length === 1 && day.format(at) !== utcDay.format(at);
    return dayDiffers ? `${utcDay.format(at)}, ${utcClock.format(at)}` : utcClock.format(at);
  });
  return ` (${texts.join(" – ")}\u00a0UTC)`;
}

function ago(at) {
  const passed = Date.now() - at;
  if (passed > 7 * DAY) return "";
  if (passed < MINUTE) return relative.format(-Math.max(0, Math.floor(passed / 10_000) * 10), "second");
  if (passed < 60 * MINUTE) return relative.format(-Math.floor(passed / MINUTE), "minute");
  if (passed < DAY) return relative.format(-Math.floor(passed / (60 * MINUTE)), "hour");
  return relative.format(-Math.floor(passed / DAY), "day");
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function show() {
  for (const time of document.querySelectorAll("time[data-time]")) {
    write(time, words(new Date(time.dateTime), time.dataset.time, new Date(time.dataset.from)));
  }
  for (const element of document.querySelectorAll("[data-utc]")) {
    const instants = element.dataset.utc.split("/").map((text) => new Date(text));
    element.hidden = instants[0].getTimezoneOffset() === 0;
    write(element, universal(instants));
  }
  for (const element of document.querySelectorAll("[data-ago]")) {
    const text = ago(new Date(element.dataset.ago));
    write(element, text && `, ${text.replaceAll(" ", "\u00a0")}`);
  }
  for (const element of document.querySelectorAll("[data-zone]")) {
    write(element, element.dataset.zone + Intl.DateTimeFormat().resolvedOptions().timeZone);
  }
}

show();
setInterval(show, 15_000);
document.addEventListener("statuspage:changed", show);
