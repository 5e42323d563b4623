// What the keyboard reaches in a rail is moved into sight: browsers leave alone what already shows an edge.
document.addEventListener("focusin", ({ target }) => {
  const column = target.matches(":focus-visible") && target.closest(".rail .pair > *, .rail section");
  if (column) column.closest(".rail").scrollLeft = column.offsetLeft;
});
