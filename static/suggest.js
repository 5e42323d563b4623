// While somebody types into a search field, pages whose names begin so stand beneath it: arrows go through them, Enter
// goes there, Escape closes them. Without this module the same list is a page, and the field is a field.
let numbers = 0;

function enhance(field) {
  const list = document.createElement("ul");
  list.id = `${field.id}-list`;
  list.className = "suggest";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Pages by name");
  list.hidden = true;
  field.after(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
    field.setAttribute(name, value);
  }
  let options = [];
  let at = -1;
  let asked = 0;
  let timer;

  function close() {
    clearTimeout(timer);
    asked = ++numbers;
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    at = -1;
  }
  function point(to) {
    options[at]?.setAttribute("aria-selected", "false");
    at = to;
    if (at < 0) return field.removeAttribute("aria-activedescendant");
    options[at].setAttribute("aria-selected", "true");
    options[at].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", options[at].id);
  }
  async function ask() {
    const mine = (asked = ++numbers);
    const moment = field.form.querySelector('[name="as_of"]')?.value;
    const query = new URLSearchParams({ q: field.value, ...(moment && { as_of: moment }) });
    const answer = await fetch(`/search/suggest/?${query}`, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (mine !== asked) return;
    if (!answer?.ok) return close();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== asked) return;
    options = [...page.querySelectorAll("#suggestions > li")].map((item, number) => {
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.id = `${list.id}-${number}`;
      item.querySelector("a").tabIndex = -1;
      return item;
    });
    list.replaceChildren(...options);
    at = -1;
    list.hidden = !options.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    field.removeAttribute("aria-activedescendant");
    const n = options.length;
    document.getElementById("live").textContent = n ? `${n} page${n > 1 ? "s" : ""} by name, arrow down to reach them` : "";
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    if (field.value.trim().length < 2) return close();
    timer = setTimeout(ask, 150);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      // Before the first and after the last stands the field itself.
      point(((at + step + 1 + options.length + 1) % (options.length + 1)) - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      location.assign(options[at].querySelector("a").href);
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const link = event.target.closest("li")?.querySelector("a");
    if (link && !event.target.closest("a")) location.assign(link.href);
  });
  field.addEventListener("blur", close);
  field.form.addEventListener("submit", close);
}

document.querySelectorAll("input[data-suggest]").forEach(enhance);
