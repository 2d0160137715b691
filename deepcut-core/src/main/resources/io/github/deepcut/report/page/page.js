// Draws the charts of the page from the JSON in it. Colours and dashes are the style sheet's.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const models = ["original", "unlearned", "retrained"];
  const names = { original: "Original", unlearned: "Unlearned", retrained: "Retrained" };
  const percent = (share) => d3.format(".0f")(100 * share) + " %";
  const defined = (p) => p != null && Number.isFinite(p);

  /** An empty, named picture as wide as its place. */
  function picture(place, width, height) {
    const svg = d3.select(place).append("svg");
    const id = "chart-" + place.dataset.chart;
    svg.attr("viewBox", [0, 0, width, height]).attr("width", width).attr("height", height);
    svg.attr("role", "img").attr("aria-labelledby", id + "-title " + id + "-summary");
    svg.append("title").attr("id", id + "-title").text(place.dataset.title);
    svg.append("desc").attr("id", id + "-summary").text(place.dataset.summary);
    return svg;
  }

  /** Where panels stand: side by side, or one below the other on a narrow screen. */
  function panels(width, count, height, options) {
    const { gap = 28, left = 40, top = 28, bottom = 44 } = options || {};
    const columns = width < 640 ? 1 : count;
    const w = Math.floor((width - gap * (columns - 1)) / columns);
    const full = height + top + bottom;
    const at = d3.range(count).map((i) => ({
      x: (i % columns) * (w + gap) + left,
      y: Math.floor(i / columns) * full + top,
      width: w - left - 8,
      height,
    }));
    return { at, total: Math.ceil(count / columns) * full };
  }

  function panel(svg, at, title) {
    const g = svg.append("g").attr("transform", `translate(${at.x},${at.y})`);
    if (title) g.append("text").attr("class", "panel-title").attr("y", -12).text(title);
    return g;
  }

  function xAxis(g, at, axis, title) {
    g.append("g").attr("class", "axis").attr("transform", `translate(0,${at.height})`).call(axis.tickSizeOuter(0));
    g.append("text").attr("x", at.width).attr("y", at.height + 36).attr("text-anchor", "end").text(title);
  }

  function yAxis(g, at, axis) {
    const drawn = g.append("g").attr("class", "axis").call(axis.tickSize(-at.width).tickPadding(8));
    drawn.select(".domain").remove();
  }

  const decades = (low, high) => d3.range(Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9) + 1).map((e) => 10 ** e);
  const plain = (x) => String(+x.toPrecision(1));
  const present = (list) => models.map((m) => list.find((x) => x.model === m)).filter(Boolean);

  function losses(place, width, found) {
    const shown = present(found.models);
    const { at, total } = panels(width, shown.length, width < 640 ? 130 : 190);
    const svg = picture(place, width, total);
    const edges = found.edges;
    const share = (counts) => counts.map((c) => c / Math.max(1, d3.sum(counts)));
    const most = d3.max(shown, (m) => d3.max([...share(m.forgotten), ...share(m.unseen)]));
    shown.forEach((model, i) => {
      const g = panel(svg, at[i], names[model.model]);
      const x = d3.scaleLog([edges[0], edges[edges.length - 1]], [0, at[i].width]);
      const y = d3.scaleLinear([0, most], [at[i].height, 0]).nice(4);
      const steps = (counts) => {
        const s = share(counts);
        return edges.map((e, k) => [e, s[Math.min(k, s.length - 1)]]);
      };
      const area = d3.area().curve(d3.curveStepAfter).x((d) => x(d[0])).y0(at[i].height).y1((d) => y(d[1]));
      yAxis(g, at[i], d3.axisLeft(y).ticks(4).tickFormat(percent));
      g.append("path").attr("class", "unseen").attr("d", area(steps(model.unseen)));
      g.append("path").attr("class", "forgotten " + model.model).attr("d", area(steps(model.forgotten)));
      const marks = decades(edges[0], edges[edges.length - 1]);
      const every = at[i].width < 50 * marks.length ? 2 : 1;
      const label = (v, k) => (k % every ? "" : plain(v));
      xAxis(g, at[i], d3.axisBottom(x).tickValues(marks).tickFormat(label), "Loss (nats)");
    });
  }

  /** A curve with its interval; the retrained model's is hollow, so that colour is not all. */
  function curve(g, points, model, x, y) {
    const banded = points.filter((p) => defined(p.low) && defined(p.high));
    const area = d3.area().x((p) => x(p)).y0((p) => y(p.low)).y1((p) => y(p.high));
    const line = d3.line().x((p) => x(p)).y((p) => y(p.value));
    g.append("path").attr("class", "band " + model).attr("d", area(banded));
    g.append("path").attr("class", "line " + model).attr("d", line(points));
    if (model === "retrained") g.append("path").attr("class", "line retrained-core").attr("d", line(points));
  }

  function roc(place, width, curves) {
    const side = Math.min(width - 70, 520);
    const at = { x: 46, y: 12, width: side, height: Math.round(side * (width < 640 ? 1 : 0.82)) };
    const svg = picture(place, width, at.y + at.height + 46);
    const g = panel(svg, at);
    const least = Math.min(...curves.map((c) => 1 / Math.max(10, c.others)));
    const rates = curves.flatMap((c) => c.points.map((p) => p.tpr)).filter((v) => v > 0);
    const low = 10 ** Math.floor(Math.log10(Math.min(0.01, least, ...rates)) + 1e-9);
    const clamp = (v) => Math.max(low, v);
    const x = d3.scaleLog([least, 1], [0, at.width]);
    const y = d3.scaleLog([low, 1], [at.height, 0]);
    const label = (v) => plain(100 * v) + " %";
    yAxis(g, at, d3.axisLeft(y).tickValues(decades(low, 1)).tickFormat(label));
    xAxis(g, at, d3.axisBottom(x).tickValues(decades(least, 1)).tickFormat(label), "Unseen samples wrongly suspected");
    g.append("text").attr("x", 6).attr("y", 12).text("Forgotten samples found");
    g.append("path").attr("class", "guess").attr("d", `M${x(least)},${y(clamp(least))}L${x(1)},${y(1)}`);
    for (const model of ["retrained", "original", "unlearned"]) {
      const c = curves.find((one) => one.model === model);
      if (!c) continue;
      const points = c.points
        .filter((p) => p.fpr >= least && defined(p.tpr))
        .map((p) => ({ at: p.fpr, value: clamp(p.tpr), low: clamp(p.low ?? p.tpr), high: clamp(p.high ?? p.tpr) }));
      curve(g, points, model, (p) => x(p.at), (v) => y(v));
    }
  }

  function latent(place, width, found) {
    const shown = models.filter((m) => found.points.some((p) => p.model === m));
    const at0 = panels(width, shown.length, 0, { left: 0 }).at[0];
    const { at, total } = panels(width, shown.length, Math.min(at0.width, 330), { left: 0, bottom: 12 });
    const svg = picture(place, width, total);
    const places = [...found.points, ...found.paths.flatMap((p) => p.places)];
    const [x0, x1] = d3.extent(places, (p) => p.x);
    const [y0, y1] = d3.extent(places, (p) => p.y);
    const scale = Math.min(at[0].width / (x1 - x0 || 1), at[0].height / (y1 - y0 || 1)) * 0.94;
    shown.forEach((model, i) => {
      const g = panel(svg, at[i], names[model]);
      const x = (v) => at[i].width / 2 + (v - (x0 + x1) / 2) * scale;
      const y = (v) => at[i].height / 2 - (v - (y0 + y1) / 2) * scale;
      g.append("rect").attr("class", "rule").attr("fill", "none").attr("width", at[i].width).attr("height", at[i].height);
      const dots = found.points.filter((p) => p.model === model);
      const draw = (group, radius) =>
        g.append("g").attr("class", model).selectAll("circle").data(dots.filter((p) => p.group === group)).join("circle")
          .attr("class", "dot-" + group).attr("r", radius).attr("cx", (p) => x(p.x)).attr("cy", (p) => y(p.y));
      draw("retained", 2);
      if (model === "unlearned") {
        const line = d3.line().x((p) => x(p.x)).y((p) => y(p.y));
        g.append("g").attr("class", model).selectAll("path").data(found.paths).join("path")
          .attr("class", "path").attr("d", (p) => line(p.places));
      }
      draw("forgotten", 3.2);
    });
    const axes = found.explained.map((e) => percent(e));
    note(place, `The axes hold ${axes.join(" and ")} of the original's variance.`);
  }

  const symbols = { original: d3.symbolCircle, unlearned: d3.symbolCircle, retrained: d3.symbolDiamond };

  function classes(place, width, found) {
    const shown = found.slice(0, 20);
    const narrow = width < 640;
    const height = narrow ? 46 : 30;
    const at = { x: narrow ? 18 : 210, y: 8, height: shown.length * height };
    at.width = width - at.x - 20;
    const svg = picture(place, width, at.y + at.height + 46);
    const g = panel(svg, at);
    const values = shown.flatMap((c) => [c.original, c.unlearned, c.retrained, c.low, c.high]).filter(defined);
    const x = d3.scaleLinear([Math.max(0, d3.min(values)), Math.min(100, d3.max(values))], [0, at.width]).nice(5).clamp(true);
    const ticks = narrow ? 4 : 8;
    const grid = g.append("g").attr("class", "axis").attr("transform", `translate(0,${at.height})`);
    grid.call(d3.axisBottom(x).ticks(ticks).tickSize(-at.height).tickPadding(10).tickFormat((v) => v + " %"));
    grid.select(".domain").remove();
    const clip = (name, most) => (name.length > most ? name.slice(0, most - 1) + "…" : name);
    shown.forEach((c, i) => {
      const mid = i * height + (narrow ? 31 : height / 2);
      const name = g.append("text").attr("class", "row-name").attr("y", narrow ? mid - 15 : mid + 4);
      name.attr("x", narrow ? -10 : -16).attr("text-anchor", narrow ? "start" : "end");
      name.text(clip(c.name, narrow ? Math.floor(width / 9) : 28));
      if (defined(c.low)) g.append("line").attr("class", "whisker").attr("x1", x(c.low)).attr("x2", x(c.high)).attr("y1", mid).attr("y2", mid);
      for (const model of ["original", "retrained", "unlearned"]) {
        if (!defined(c[model])) continue;
        g.append("path").attr("class", "mark " + model).attr("transform", `translate(${x(c[model])},${mid})`)
          .attr("d", d3.symbol(symbols[model], model === "retrained" ? 70 : 60)());
      }
    });
    if (found.length > shown.length) note(place, `The ${shown.length} widest gaps of ${found.length} classes.`);
  }

  function note(place, text) {
    d3.select(place).append("p").attr("class", "note").text(text);
  }

  function relearning(place, width, found) {
    const at = { x: 46, y: 12, width: Math.min(width - 60, 720), height: width < 640 ? 220 : 300 };
    const svg = picture(place, width, at.y + at.height + 46);
    const g = panel(svg, at);
    const shown = present(found.curves);
    const all = shown.flatMap((c) => c.points).filter((p) => defined(p.loss));
    const x = d3.scaleLinear(d3.extent(all, (p) => p.step), [0, at.width]);
    const y = d3.scaleLinear([0, d3.max(all, (p) => p.high ?? p.loss)], [at.height, 0]).nice(5);
    yAxis(g, at, d3.axisLeft(y).ticks(5));
    xAxis(g, at, d3.axisBottom(x).ticks(width < 640 ? 5 : 9), "Steps of fine-tuning");
    g.append("text").attr("x", 6).attr("y", 12).text("Mean loss (nats)");
    g.append("path").attr("class", "guess").attr("d", `M0,${y(found.target)}H${at.width}`);
    for (const c of [...shown].sort((a, b) => (a.model === "unlearned") - (b.model === "unlearned"))) {
      const points = c.points.filter((p) => defined(p.loss)).map((p) => ({ at: p.step, value: p.loss, low: p.low ?? p.loss, high: p.high ?? p.loss }));
      curve(g, points, c.model, (p) => x(p.at), (v) => y(v));
    }
  }

  const kinds = { losses, roc, latent, classes, relearning };
  const source = { losses: "losses", roc: "roc", latent: "projection", classes: "classes", relearning: "relearning" };

  function draw(place) {
    const width = Math.floor(place.clientWidth);
    if (!width || width === Number(place.dataset.width)) return;
    place.dataset.width = width;
    place.replaceChildren();
    kinds[place.dataset.chart](place, width, data[source[place.dataset.chart]]);
  }

  const seen = new ResizeObserver((entries) => entries.forEach((e) => draw(e.target)));
  document.querySelectorAll("[data-chart]").forEach((place) => {
    draw(place);
    seen.observe(place);
  });
})();
