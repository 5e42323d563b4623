// While htmx asks the server, what is to change says that it is busy. After the swap focus goes to the list's heading,
// unless it is still on a control, and the live region says how many results there are.
// Fragments carry the sentence in data-announce; a heading that takes focus carries tabindex="-1".
// What is left empty asks for nothing, and does not lengthen the address.
document.addEventListener("htmx:configRequest", ({ detail: { parameters } }) => {
  for (const [name, value] of [...Object.entries(parameters)]) if (value === "") delete parameters[name];
});
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
// The sources at the foot are those that the page cites now, whatever came and went.
function cite(fresh) {
  const refs = document.querySelector(".refs");
  fresh.remove();
  if (!refs) return;
  const list = refs.querySelector("ol");
  const old = new Set(Array.from(list.children, (each) => each.id));
  list.append(...Array.from(fresh.children).filter((each) => !old.has(each.id)));
  const chips = Array.from(document.querySelectorAll(".chip"), (chip) => chip.getAttribute("popovertarget"));
  const cited = new Set(chips.map((name) => name?.replace("source-", "ref-")));
  for (const each of Array.from(list.children)) if (!cited.has(each.id)) each.remove();
  const count = list.children.length;
  refs.hidden = !count;
  refs.querySelector("summary span").textContent = `${count} published source${count === 1 ? "" : "s"}`;
}
document.addEventListener("htmx:afterSwap", (event) => {
  // The event comes once for each element that is new; its `target` would be what was there before.
  const swapped = event.detail.elt;
  if (swapped.matches("[popover]")) {
    // Chips outside the list may cite the same source, so its popover stands with the page's own.
    if (document.querySelector(`#popovers > [id="${swapped.id}"]`)) swapped.remove();
    else document.getElementById("popovers").append(swapped);
    return;
  }
  if (swapped.matches("ol.cited")) {
    cite(swapped);
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
