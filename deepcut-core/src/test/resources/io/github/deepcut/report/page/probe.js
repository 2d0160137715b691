// What is wrong with the layout of the page, as lists of sentences.
(() => {
  const found = { scroll: [], overlap: [], contrast: [], outside: [], texts: 0 };
  const name = (el) => `${el.tagName.toLowerCase()}.${el.getAttribute("class") || ""} "${el.textContent.trim().slice(0, 30)}"`;
  const root = document.documentElement;
  const wide = root.clientWidth;
  if (root.scrollWidth > wide) found.scroll.push(`the page is ${root.scrollWidth} wide on a screen of ${wide}`);

  const rgb = (text) => text.match(/[\d.]+/g).map(Number);
  const luminance = (c) =>
    c.slice(0, 3).map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
      .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const background = (el) => {
    for (let e = el; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const contrast = (el, colour, least) => {
    const r = ratio(rgb(colour), background(el));
    if (!(r >= least)) found.contrast.push(`${name(el)}: ${r.toFixed(2)} to 1, expected ${least}`);
  };

  const boxes = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const el = node.parentElement;
    if (!node.textContent.trim() || el.closest("title, desc, noscript") || !el.checkVisibility()) continue;
    const style = getComputedStyle(el);
    if (el.closest("thead") && getComputedStyle(el.closest("thead")).position === "absolute") continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter((r) => r.width > 0);
    if (!rects.length) continue;
    found.texts++;
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    contrast(el, el.closest("svg") ? style.fill : style.color, large ? 3 : 4.5);
    for (const r of rects) {
      if (r.left < -1 || r.right > wide + 1) found.scroll.push(`${name(el)} reaches from ${r.left} to ${r.right}`);
      const trim = r.height * 0.2; // a line box is taller than its letters
      boxes.push({ el, left: r.left, right: r.right, top: r.top + trim, bottom: r.bottom - trim });
    }
  }
  document.querySelectorAll(".chart .line:not(.retrained-core), .chart .mark").forEach((el) => {
    contrast(el, getComputedStyle(el).stroke, 3);
  });

  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  boxes.sort((a, b) => a.top - b.top);
  boxes.forEach((a, i) => {
    for (let k = i + 1; k < boxes.length && boxes[k].top < a.bottom; k++) {
      if (meet(a, boxes[k])) found.overlap.push(`${name(a.el)} and ${name(boxes[k].el)}`);
    }
  });
  const blocks = (selector) => {
    const list = [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility());
    list.forEach((a, i) => list.slice(i + 1).forEach((b) => {
      if (meet(a.getBoundingClientRect(), b.getBoundingClientRect())) found.overlap.push(`${name(a)} and ${name(b)}`);
    }));
  };
  ["main > *", ".card", "nav a", ".legend li", "figure > *", "section > *"].forEach(blocks);

  document.querySelectorAll(".chart svg").forEach((svg) => {
    const frame = svg.getBoundingClientRect();
    svg.querySelectorAll("path, circle, line, rect, text").forEach((el) => {
      const r = el.getBoundingClientRect();
      const out = Math.max(frame.left - r.left, r.right - frame.right, frame.top - r.top, r.bottom - frame.bottom);
      if (r.width + r.height > 0 && out > 6) found.outside.push(`${name(el)} of ${svg.parentElement.dataset.chart} by ${out.toFixed(1)}`);
    });
  });
  return found;
})()
