// Buttons that copy what an element of the page holds. They stay hidden where nothing can be copied; what they copy can
// be read and selected without them. `data-copy` is the id of the element, `data-copied` what the live region then says.
const reveal = () => document.querySelectorAll("[data-copy][hidden]").forEach((button) => button.removeAttribute("hidden"));

async function copy(source) {
  const text = source.value ?? source.textContent;
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Without a secure connection there is only the selection.
  if (source.select) source.select();
  else getSelection().selectAllChildren(source);
  if (!document.execCommand("copy")) throw new Error("refused");
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  const live = document.getElementById("live");
  const label = (button.dataset.label ??= button.textContent);
  try {
    await copy(source);
    live.textContent = button.textContent = button.dataset.copied;
  } catch {
    source.focus();
    source.select?.();
    live.textContent = button.textContent = "Not copied; copy it by hand";
  }
  setTimeout(() => { button.textContent = label; }, 3000);
});
document.addEventListener("htmx:afterSwap", reveal);
reveal();
