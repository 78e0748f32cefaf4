// Tables and drawings that scroll on a phone can be scrolled with the keyboard too.
addEventListener("load", () => {
  const scrolling = '.md-typeset__scrollwrap, .md-typeset p:has(> img[src$=".svg"])';
  for (const each of document.querySelectorAll(scrolling)) each.tabIndex = 0;
});
// Only one page needs the editors.
if (document.querySelector(".try")) import(new URL("try.js", document.currentScript.src));
