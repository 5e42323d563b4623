// Inside a widget: tells the page around it how tall it is, when it changes and when it is asked. Nothing else is read
// from outside, and nothing but a number is told, so that it may be told to anybody.
(() => {
  if (parent === self) return;
  const tell = () => {
    const { height } = document.documentElement.getBoundingClientRect();
    parent.postMessage({ pact: "height", height: Math.ceil(height) }, "*");
  };
  new ResizeObserver(tell).observe(document.documentElement);
  addEventListener("message", ({ source, data }) => {
    if (source !== parent || typeof data !== "object" || data === null) return;
    if (data.pact === "measure" && Object.keys(data).length === 1) tell();
  });
  // Without anchors in style, a source would open at the foot of a frame that is many screens tall.
  if (CSS.supports("position-area", "block-end")) return;
  addEventListener("click", ({ target }) => {
    const chip = target.closest("[popovertarget]");
    if (!chip) return;
    const { top, bottom } = chip.getBoundingClientRect();
    const below = bottom + 240 < innerHeight ? `${bottom}px auto` : "";
    const { style } = document.getElementById(chip.getAttribute("popovertarget"));
    style.insetBlock = below || (top > 240 ? `auto ${innerHeight - top}px` : "");
  });
})();
