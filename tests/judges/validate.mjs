// Validates pages: a JSON object {name: html} comes in, a list of sentences, one for each fault, goes out.
import { text } from "node:stream/consumers";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";

const pages = JSON.parse(await text(process.stdin));
const rules = JSON.parse(process.argv[2]);
const judge = new HtmlValidate(new FileSystemConfigLoader({ root: true, ...rules }));
const faults = [];
for (const [name, html] of Object.entries(pages)) {
  const report = await judge.validateString(html, "page.html");
  for (const { messages } of report.results)
    for (const { ruleId, message, line, column } of messages) {
      const near = html.split("\n")[line - 1]?.slice(Math.max(0, column - 40), column + 60);
      faults.push(`${name}: ${ruleId}: ${message} (line ${line}, near ${near})`);
    }
}
console.log(JSON.stringify(faults));
