// Paper has no “next”: what is printed is the whole list, as its sheet has it. A dialog of printing opens as soon as it
// may, so the sheet is waited for, and the page with it, however long it takes. Where it does not come, its address is
// printed above the entries of this page.
const taken = [];
function take(old, fresh) {
  if (!old || !fresh) return;
  old.replaceWith(fresh);
  taken.push([old, fresh]);
}
addEventListener("beforeprint", () => {
  const note = document.querySelector("#results [data-sheet]");
  if (!note || taken.length) return;
  const asked = new XMLHttpRequest();
  asked.open("GET", note.dataset.sheet, false);
  try {
    asked.send();
  } catch {
    return;
  }
  if (asked.status !== 200) return;
  const sheet = new DOMParser().parseFromString(asked.responseText, "text/html");
  const whole = document.createElement("div");
  whole.append(...sheet.querySelectorAll("main > :is(.tl-year, .lanes, .pages)"));
  for (const way of document.querySelectorAll("#results > :is(.more, .pages)")) take(way, new Comment());
  take(document.querySelector("#results > :is(.window, .lanes)"), whole);
  take(document.querySelector(".refs"), sheet.querySelector(".refs"));
  take(note, new Comment());
});
addEventListener("afterprint", () => {
  for (const [old, fresh] of taken.splice(0)) fresh.replaceWith(old);
});
