// Tells the page around a frame how high its content is, now and whenever that changes. Nothing else is told.
const tell = () => parent.postMessage({ height: document.body.scrollHeight }, "*");

new ResizeObserver(tell).observe(document.body);
