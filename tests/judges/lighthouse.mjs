// Lets Lighthouse look at pages with one browser: the browser, the categories by commas, then the addresses.
// For each page: the score of every category from 0 to 100, and what cost points.
import * as launcher from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, categories, ...addresses] = process.argv.slice(2);
const onlyCategories = categories.split(",");
// Without a stopwatch there is no slow network to act and no silence to wait for.
const UNHURRIED = {
  throttlingMethod: "provided",
  disableFullPageScreenshot: true,
  networkQuietThresholdMs: 100,
  cpuQuietThresholdMs: 100,
  pauseAfterFcpMs: 0,
  pauseAfterLoadMs: 0,
};
const chromeFlags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"];
const chrome = await launcher.launch({ chromePath, chromeFlags });
const found = {};

// A browser that got no time draws nothing, and what was not seen has no score: only then it looks again.
async function look(address, asked, more = 2) {
  const { lhr } = await lighthouse(address, asked);
  const blind = lhr.runtimeError || Object.values(lhr.categories).some((one) => one.score === null);
  return blind && more > 0 ? look(address, asked, more - 1) : lhr;
}

try {
  for (const address of addresses) {
    const asked = { port: chrome.port, onlyCategories, ...(onlyCategories.includes("performance") ? {} : UNHURRIED), logLevel: "silent" };
    const lhr = await look(address, asked);
    const scores = Object.values(lhr.categories).map((one) => [one.id, one.score === null ? null : Math.round(one.score * 100)]);
    const costs = Object.values(lhr.categories)
      .flatMap((one) => one.auditRefs.filter((ref) => ref.weight > 0))
      .map((ref) => lhr.audits[ref.id])
      .filter((audit) => audit.score !== null && audit.score < 1)
      .map((audit) => `${audit.id}: ${audit.title} ${audit.displayValue ?? ""} ${JSON.stringify(audit.details?.items ?? []).slice(0, 400)}`);
    const metrics = Object.fromEntries(
      ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index"]
        .filter((id) => lhr.audits[id])
        .map((id) => [id, lhr.audits[id].displayValue]),
    );
    found[address] = { scores: Object.fromEntries(scores), costs, metrics, fault: lhr.runtimeError?.message ?? null };
  }
} finally {
  chrome.kill();
}
console.log(JSON.stringify(found));
