// <pact-embed src="https://…/embed/…" title="…" height="420"><a href="https://…">…</a></pact-embed>
// A widget of The Pact Record in a frame that grows with it; height="…" is what it starts with, `fixed` keeps it there.
// The link inside stands where this script does not run or the address is not one of ours. Load it once for a page.
(() => {
  const home = new URL(document.currentScript.src).origin;
  const LEAST = 80;
  const MOST = 40000;
  const frames = new Map();

  const ours = (text, fits) => {
    try {
      const address = new URL(text);
      const here = address.origin === home && /^https?:$/.test(address.protocol);
      if (!here || !address.pathname.startsWith("/embed/") || address.username) return "";
      // Only a widget that is asked to brings along the script that tells its height.
      if (fits) address.searchParams.set("fits", "1");
      return address.href;
    } catch {
      return "";
    }
  };
  const sane = (height) => Number.isInteger(height) && height > 0 && Math.min(Math.max(height, LEAST), MOST);

  addEventListener("message", ({ source, origin, data }) => {
    const frame = source && frames.get(source);
    // A frame in a sandbox has no origin of its own.
    if (!frame || (origin !== "null" && origin !== home)) return;
    if (typeof data !== "object" || data === null || data.pact !== "height" || Object.keys(data).length !== 2) return;
    const height = sane(data.height);
    if (height) frame.style.height = `${height}px`;
  });

  class PactEmbed extends HTMLElement {
    static observedAttributes = ["src"];

    connectedCallback() {
      this.placed = true;
      this.show();
    }

    attributeChangedCallback() {
      if (this.placed) this.show();
    }

    disconnectedCallback() {
      this.placed = false;
      frames.delete(this.watched);
    }

    show() {
      frames.delete(this.watched);
      const fits = !this.hasAttribute("fixed");
      const address = ours(this.getAttribute("src"), fits);
      if (!address) {
        this.shadowRoot?.replaceChildren(document.createElement("slot"));
        return;
      }
      const frame = document.createElement("iframe");
      frame.title = this.getAttribute("title") || "The Pact Record";
      frame.loading = "lazy";
      frame.setAttribute("sandbox", `${fits ? "allow-scripts " : ""}allow-popups allow-popups-to-escape-sandbox`);
      // Sizes go in one by one: a style attribute is what strict policies refuse.
      Object.assign(frame.style, { display: "block", width: "100%", border: "0" });
      frame.style.height = `${sane(Number(this.getAttribute("height"))) || 420}px`;
      this.style.display = "block";
      frame.src = address;
      (this.shadowRoot || this.attachShadow({ mode: "open" })).replaceChildren(frame);
      if (fits) {
        frames.set(frame.contentWindow, frame);
        this.watched = frame.contentWindow;
      }
      let read = false;
      frame.addEventListener("load", () => {
        if (fits) frame.contentWindow.postMessage({ pact: "measure" }, "*");
        // Whoever asked for the next hundred at the foot of these reads on at the head of those.
        if (read && this.getBoundingClientRect().top < 0) this.scrollIntoView({ block: "start" });
        read = true;
      });
    }
  }
  if (!customElements.get("pact-embed")) customElements.define("pact-embed", PactEmbed);
})();
