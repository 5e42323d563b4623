// After htmx has swapped a list: focus goes to its heading, and the live region says how many results there are.
// Fragments carry the sentence in data-announce; a heading that takes focus carries tabindex="-1".
document.addEventListener("htmx:afterSwap", (event) => {
  // The event comes once for each element that is new; its `target` would be what was there before.
  const swapped = event.detail.elt;
  if (swapped.matches("[popover]")) {
    // Chips outside the list may cite the same source, so its popover stands with the page's own.
    if (document.querySelector(`#popovers > [id="${swapped.id}"]`)) swapped.remove();
    else document.getElementById("popovers").append(swapped);
    return;
  }
  const sentence = swapped.querySelector("[data-announce]")?.dataset.announce;
  if (sentence) document.getElementById("live").textContent = sentence;
  if (!swapped.contains(document.activeElement) || document.activeElement === document.body) {
    swapped.querySelector("[data-focus]")?.focus({ preventScroll: true });
  }
});
