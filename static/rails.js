// What the keyboard reaches in a row wider than the screen is moved into sight: browsers leave alone what shows an edge.
document.addEventListener("focusin", ({ target }) => {
  const column = target.matches(":focus-visible") && target.closest(".board .pair > *, .board section");
  if (column) column.closest(".board").scrollLeft = column.offsetLeft;
});
