// Tables and drawings that scroll on a phone can be scrolled with the keyboard too.
addEventListener("load", () => {
  const scrolling = '.md-typeset__scrollwrap, .md-typeset p:has(> img[src$=".svg"])';
  for (const each of document.querySelectorAll(scrolling)) each.tabIndex = 0;
});
