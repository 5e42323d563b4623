// After htmx has swapped a list: focus goes to its heading, and the live region says how many results there are.
// Fragments carry the sentence in data-announce; a heading that takes focus carries tabindex="-1".
document.addEventListener("htmx:afterSwap", (event) => {
  const swapped = event.detail.target;
  const sentence = swapped.querySelector("[data-announce]")?.dataset.announce;
  if (sentence) document.getElementById("live").textContent = sentence;
  if (!swapped.contains(document.activeElement) || document.activeElement === document.body) {
    swapped.querySelector("[data-focus]")?.focus({ preventScroll: true });
  }
});
