// What a person would see at once and no status code tells: a page that scrolls sideways, text cut
// off, text drawn over text. Returns sentences; none is a page that holds together.
() => {
  const faults = [];
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide > 0) faults.push(`the page is ${wide} px wider than the window`);

  const words = (text) => text.replace(/\s+/g, " ").trim().slice(0, 40);
  const isHidden = (element) => {
    if (!element.checkVisibility()) return true; // in a closed <details>, which keeps its boxes
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.visibility === "hidden" || style.display === "none" || style.opacity === "0") return true;
      if (style.clipPath === "inset(50%)" || style.clip === "rect(0px, 0px, 0px, 0px)") return true;
    }
    const box = element.getBoundingClientRect();
    // Read aloud, not drawn: one pixel, or parked beside the page (a skip link).
    return box.width <= 1 || box.height <= 1 || box.right <= 0 || box.bottom + window.scrollY <= 0;
  };

  for (const element of document.body.querySelectorAll("*")) {
    const { overflowX } = getComputedStyle(element);
    const cuts = overflowX === "hidden" || overflowX === "clip";
    if (cuts && element.clientWidth && element.scrollWidth > element.clientWidth + 1
        && element.innerText?.trim() && !isHidden(element)) {
      faults.push(`text is cut off: "${words(element.innerText)}"`);
    }
  }

  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || ["SCRIPT", "STYLE", "OPTION", "TITLE", "DESC", "NOSCRIPT"]
        .includes(parent.tagName.toUpperCase()) || isHidden(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const drawing = parent.closest("svg")?.getBoundingClientRect();
    for (const box of range.getClientRects()) {
      boxes.push({ box, node });
      if (drawing && (box.left < drawing.left - 1 || box.right > drawing.right + 1
          || box.top < drawing.top - 1 || box.bottom > drawing.bottom + 1)) {
        faults.push(`text leaves its drawing: "${words(node.data)}"`);
      }
    }
  }

  boxes.sort((one, other) => one.box.top - other.box.top);
  const said = new Set();
  boxes.forEach(({ box, node }, index) => {
    for (let next = index + 1; next < boxes.length && boxes[next].box.top < box.bottom; next += 1) {
      const other = boxes[next];
      const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      const down = Math.min(box.bottom, other.box.bottom) - other.box.top;
      // Lines set close together share a few pixels of empty height.
      if (other.node === node || across <= 2 || down < 0.4 * Math.min(box.height, other.box.height)) continue;
      const fault = `text over text: "${words(node.data)}" and "${words(other.node.data)}"`;
      if (!said.has(fault)) faults.push(fault);
      said.add(fault);
    }
  });
  return faults;
}
