// Somebody who is to decide sees the preview at once. Binds to form[data-look-at-once]; js/preview.js, which stands
// before this script, listens to the form.
document.querySelector("[data-look-at-once]")?.dispatchEvent(new Event("input"));
