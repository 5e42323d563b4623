// The picture of the timeline takes a handle: a slider that steps from period to period, goes there, and selects a
// stretch to see alone. It marks where in the list the reader is. Inside the list j and k step from entry to entry,
// [ and ] from year to year. Everything is reached by links and a table without this module, too.
const make = (name, className, parent, attributes = {}) => {
  const element = document.createElement(name);
  element.className = className;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent.append(element);
  return element;
};
const heading = (part) => part?.querySelector(":is(h2, h3, h4, h5, h6) a");
const say = (sentence) => {
  document.getElementById("live").textContent = sentence;
};
let mark = () => {};

function enhance(figure) {
  const box = figure.querySelector(".strip-box");
  const bins = Array.from(box.querySelectorAll("a"), (link) => {
    const rect = link.querySelector("rect");
    const [name, n] = link.querySelector("title").textContent.split(": ");
    const x = parseFloat(rect.getAttribute("x"));
    const end = x + parseFloat(rect.getAttribute("width"));
    return { name, n: parseInt(n), x, end, href: link.getAttribute("href"), ...link.dataset };
  });
  const last = bins.length - 1;
  if (last < 0) return;
  const hand = make("div", "strip-hand", box, {
    role: "slider",
    tabindex: 0,
    "aria-label": "Period on the picture; Enter goes there, Shift and arrows select",
    "aria-valuemin": 1,
    "aria-valuemax": bins.length,
  });
  const here = make("span", "strip-here", hand);
  const pick = make("span", "strip-pick", hand);
  const tip = make("p", "strip-tip", box);
  const text = make("span", "", tip);
  const only = make("a", "btn", tip);
  only.textContent = "Only this period";
  here.hidden = true;
  // `at` is the bin of the handle, `other` the far end of what is selected, null where nothing is.
  let at = 0;
  let other = null;
  let down = null;
  let over = false;

  function show() {
    let low = Math.min(at, other ?? at);
    let high = Math.max(at, other ?? at);
    if (other !== null) {
      // An address names whole days, so a selection takes all hours of its first and last day.
      while (bins[low - 1]?.to === bins[low].to) low--;
      while (bins[high + 1]?.to === bins[high].to) high++;
    }
    const first = bins[low];
    const final = bins[high];
    const n = bins.slice(low, high + 1).reduce((sum, bin) => sum + bin.n, 0);
    const ends = [first, final].map(({ name }) => name.replace(/,.*| or that.*/, ""));
    const name = other === null ? first.name : [...new Set(ends)].join(" to ");
    text.textContent = `${name}: ${n} ${n === 1 ? "entry" : "entries"}`;
    hand.setAttribute("aria-valuenow", at + 1);
    hand.setAttribute("aria-valuetext", text.textContent);
    pick.style.left = `${first.x}%`;
    pick.style.width = `${final.end - first.x}%`;
    const middle = (first.x + final.end) / 2;
    tip.style.left = middle < 50 ? `${first.x}%` : "auto";
    tip.style.right = middle < 50 ? "auto" : `${100 - final.end}%`;
    tip.style.maxWidth = `${middle < 50 ? 100 - first.x : final.end}%`;
    only.hidden = other === null;
    pick.hidden = tip.hidden = !over && other === null && document.activeElement !== hand;
    const address = new URL(location.href);
    const day = first.from.replace(/(\d{4})(\d\d)(\d\d)\d\d/, "$1-$2-$3");
    address.searchParams.set("from", day);
    address.searchParams.set("to", final.to);
    address.searchParams.delete("page");
    address.hash = "";
    only.href = address;
  }
  function drop() {
    other = null;
    show();
  }
  function go() {
    const { href } = bins[at];
    const target = document.getElementById(href.split("#")[1]);
    if (!target) return location.assign(href);
    location.hash = target.id;
    heading(target.closest("li"))?.focus({ preventScroll: true });
  }
  function under(event) {
    const { left, width } = hand.getBoundingClientRect();
    const x = ((event.clientX - left) / width) * 100;
    const away = bins.map((bin) => Math.max(bin.x - x, x - bin.end, 0));
    return away.indexOf(Math.min(...away));
  }

  hand.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10, Home: -last, End: last };
    const step = steps[event.key];
    if (event.ctrlKey || event.altKey || event.metaKey || (!step && event.key !== "Enter")) return;
    event.preventDefault();
    if (event.key === "Enter") return go();
    other = event.shiftKey ? (other ?? at) : null;
    at = Math.min(Math.max(at + step, 0), last);
    show();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || other === null) return;
    event.preventDefault();
    hand.focus();
    drop();
  });
  hand.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    hand.setPointerCapture(event.pointerId);
    at = under(event);
    down = { x: event.clientX, at };
    drop();
  });
  hand.addEventListener("pointermove", (event) => {
    over = true;
    if (down && Math.abs(event.clientX - down.x) > 5) other = down.at;
    if (down || other === null) at = under(event);
    show();
  });
  hand.addEventListener("pointerup", () => {
    if (down && other === null) go();
    else if (down) say(`Selected: ${text.textContent}`);
    down = null;
  });
  hand.addEventListener("pointercancel", () => {
    down = null;
    over = false;
    drop();
  });
  hand.addEventListener("pointerleave", () => {
    over = false;
    show();
  });
  hand.addEventListener("focus", show);
  hand.addEventListener("blur", show);

  mark = () => {
    // Hours stand in the list in order, so that a few reads find the last one above the upper third of the window.
    const hours = document.querySelectorAll('#results [id^="t1"], #results [id^="t2"]');
    let low = 0;
    let high = hours.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (hours[middle].getBoundingClientRect().top < innerHeight / 3) low = middle + 1;
      else high = middle;
    }
    here.hidden = low === 0;
    if (low === 0) return;
    const hour = hours[low - 1].id.slice(1);
    const bin = Math.max(bins.findLastIndex(({ from }) => from <= hour), 0);
    here.style.left = `${(bins[bin].x + bins[bin].end) / 2}%`;
    if (pick.hidden) at = bin;
  };
  show();
  mark();
}

function ready() {
  document.querySelector("[data-keys]")?.removeAttribute("hidden");
  const figure = document.getElementById("picture");
  if (figure && !figure.querySelector(".strip-hand")) enhance(figure);
  else mark();
}
let waiting = false;
document.addEventListener(
  "scroll",
  () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  },
  { passive: true },
);
document.addEventListener("htmx:afterSwap", ready);
document.addEventListener("htmx:oobAfterSwap", ready);
ready();

// Who comes by the address of an hour, a year or an entry goes on from there. The browser, when it has scrolled to it,
// takes the focus away, so this waits for the load.
addEventListener("load", () => {
  const reached = document.getElementById(location.hash.slice(1))?.closest("#results li, #results .tl-year");
  requestAnimationFrame(() => heading(reached)?.focus({ preventScroll: true }));
});

const beyond = (step) => document.querySelector(`#results a[rel="${step > 0 ? "next" : "prev"}"]`);
function yearBeyond(part, leap) {
  const links = [...document.querySelectorAll('#results > header a[href*="#y"]')];
  const at = links.findIndex((link) => parseInt(link.textContent) === parseInt(part.getAttribute("aria-label")));
  return at < 0 ? undefined : links[at + leap];
}

document.addEventListener("keydown", (event) => {
  const entry = event.target.closest("#results ol > li[id]");
  const held = event.ctrlKey || event.altKey || event.metaKey;
  // Some keyboards reach the brackets by AltGr only.
  if (!entry || (held && !event.getModifierState("AltGraph")) || event.target.matches("input, select, textarea")) return;
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  const leap = { "[": -1, "]": 1 }[event.key];
  if (!step && !leap) return;
  const parts = [...document.querySelectorAll(step ? "#results ol > li[id]" : "#results .tl-year")];
  const from = parts.indexOf(step ? entry : entry.closest(".tl-year"));
  // What is not on this page is reached by a link; the focus goes to it.
  const goal = heading(parts[from + (step ?? leap)]) ?? (step ? beyond(step) : yearBeyond(parts[from], leap));
  if (!goal) return say(`This is the ${(step ?? leap) > 0 ? "last" : "first"} ${step ? "entry" : "year"} of the list.`);
  event.preventDefault();
  goal.focus();
});
