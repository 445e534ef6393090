// Declaring: the worst component proposes the severity, the severity proposes the first notice and the next word.
// Whatever somebody chose or wrote stays. Binds to [data-levels], [data-severities], [data-notice-target],
// [data-due-target].
const levels = document.querySelector("[data-levels]");
const severities = document.querySelector("[data-severities]");
const notice = document.querySelector("[data-notice-target]");
const due = document.querySelector("[data-due-target]");
const SEVERITY_OF = { major_outage: "sev1", partial_outage: "sev2", degraded_performance: "sev3" };
const notices = new Set();
let chosen = false;

function follow() {
  const radio = severities.querySelector("input:checked");
  if (!radio) return;
  if (notice && notices.has(notice.value.trim())) notice.value = radio.dataset.notice;
  if (due && !due.dataset.touched) due.value = radio.dataset.dueAt;
}

function propose() {
  if (chosen) return;
  const present = [...levels.querySelectorAll("select")].map((select) => select.value);
  const worst = Object.keys(SEVERITY_OF).find((level) => present.includes(level));
  const radio = worst && severities.querySelector(`input[value="${SEVERITY_OF[worst]}"]`);
  if (!radio) return;
  radio.checked = true;
  follow();
}

if (severities) {
  for (const radio of severities.querySelectorAll("input")) notices.add(radio.dataset.notice);
  severities.addEventListener("change", () => {
    chosen = true;
    follow();
  });
  levels?.addEventListener("change", propose);
}
