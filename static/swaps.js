// While htmx asks the server, what is to change says that it is busy. After the swap focus goes to the list's heading,
// unless it is still on a control, and the live region says how many results there are.
// Fragments carry the sentence in data-announce; a heading that takes focus carries tabindex="-1".
document.addEventListener("htmx:beforeRequest", (event) => {
  event.detail.target.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:afterRequest", (event) => {
  event.detail.target.removeAttribute("aria-busy");
});
// What the server refuses, it explains on a page of its own.
document.addEventListener("htmx:responseError", (event) => {
  location.assign(event.detail.pathInfo.finalRequestPath);
});
// A shorter list still fills the window, so that what stands below it does not jump into view. A style sheet says so,
// because htmx would write a style attribute again, which the content policy forbids.
const room = new CSSStyleSheet();
document.adoptedStyleSheets.push(room);
let filled = false;
document.addEventListener("htmx:beforeSwap", (event) => {
  filled = event.detail.target.getBoundingClientRect().bottom > innerHeight - 1;
});
document.addEventListener("htmx:afterSwap", (event) => {
  // The event comes once for each element that is new; its `target` would be what was there before.
  const swapped = event.detail.elt;
  if (swapped.matches("[popover]")) {
    // Chips outside the list may cite the same source, so its popover stands with the page's own.
    if (document.querySelector(`#popovers > [id="${swapped.id}"]`)) swapped.remove();
    else document.getElementById("popovers").append(swapped);
    return;
  }
  const height = innerHeight - swapped.getBoundingClientRect().top;
  room.replaceSync(filled ? `@media screen { #${swapped.id} { min-block-size: ${height}px } }` : "");
  const sentence = swapped.querySelector("[data-announce]")?.dataset.announce;
  if (sentence) document.getElementById("live").textContent = sentence;
  if (!swapped.contains(document.activeElement) || document.activeElement === document.body) {
    swapped.querySelector("[data-focus]")?.focus({ preventScroll: true });
  }
});
