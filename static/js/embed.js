// Shows the state of the services on any page: <script src="https://status.example.com/embed.js" async></script>
// Puts a frame of the status page where the script stands (at the end of the body when it stands in the head) and gives
// it the height it asks for. Reads nothing of the page around it, keeps nothing, sets no cookie.
(() => {
  const HIGHEST = 480;
  const script = document.currentScript;
  const source = new URL("embed.html", script.src);
  const frame = document.createElement("iframe");
  frame.src = source.href;
  frame.title = script.dataset.title ?? "Service status";
  frame.referrerPolicy = "no-referrer";
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox");
  Object.assign(frame.style, { border: "0", display: "block", height: "76px", maxWidth: "420px", width: "100%" });

  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== source.origin) return;
    const height = Number(event.data?.height);
    if (height > 0) frame.style.height = `${Math.min(Math.ceil(height), HIGHEST)}px`;
  });

  const append = () => document.body.append(frame);
  if (script.closest("body")) script.after(frame);
  else if (document.readyState === "loading") addEventListener("DOMContentLoaded", append);
  else append();
})();
