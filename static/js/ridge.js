// What the ridge gains with script: under the pointer, or under the arrow keys, it reads kilometers and altitude.
(() => {
  "use strict";
  const chart = document.querySelector("svg[data-readings]");
  if (!chart) return;
  const spanish = document.documentElement.lang === "es";
  const points = chart.dataset.readings.split(";").map((point) => {
    const [x, km, altitude] = point.split(" ");
    return {x: Number(x), km: km === "" ? null : Number(km), altitude: Number(altitude)};
  });
  const first = points[0].x, last = points[points.length - 1].x;

  // As lares/templatetags/formats.py writes kilometers and altitudes.
  const grouped = (number) => spanish ? `${number}` : `${number}`.replace(/\B(?=(\d{3})+$)/g, ",");
  const between = (a, b, share) => a + (b - a) * share;
  const reading = (x) => {
    const end = Math.max(points.findIndex((point) => point.x >= x), 1);
    const a = points[end - 1], b = points[end], share = (x - a.x) / (b.x - a.x || 1);
    const altitude = `${grouped(Math.round(between(a.altitude, b.altitude, share) / 10) * 10)}\u00a0m`;
    if (b.km === null) return `${chart.dataset.ride}, ${altitude}`;
    return `${Math.round(between(a.km, b.km, share) * 10) / 10}\u00a0km, ${altitude}`;
  };

  const reader = document.createElement("div"), line = document.createElement("i"), words = document.createElement("b");
  reader.className = "reader";
  reader.tabIndex = 0;
  const told = {role: "slider", "aria-label": chart.dataset.label, "aria-valuemin": first, "aria-valuemax": last};
  for (const [name, value] of Object.entries(told)) reader.setAttribute(name, value);
  reader.append(line, words);
  chart.parentElement.append(reader);

  let here = first;
  const stand = (x) => {
    here = Math.min(Math.max(x, first), last);
    const text = reading(here), isRight = here > (first + last) / 2;
    words.textContent = text;
    line.style.left = `${here / 10}%`;
    words.style.left = isRight ? "" : `calc(${here / 10}% + 8px)`;
    // Words longer than the room beside the line start at the edge instead.
    words.style.right = isRight ? `min(${100 - here / 10}% + 8px, 100% - ${words.offsetWidth}px)` : "";
    reader.setAttribute("aria-valuenow", Math.round(here));
    reader.setAttribute("aria-valuetext", text);
  };
  stand(first);
  const follow = (event) => {
    const box = reader.getBoundingClientRect();
    stand((event.clientX - box.left) / box.width * 1000);
  };
  reader.addEventListener("pointermove", follow);
  reader.addEventListener("pointerdown", follow);
  // Only now are the words shown and have a width.
  reader.addEventListener("focus", () => stand(here));
  const steps = {ArrowRight: 10, ArrowUp: 10, ArrowLeft: -10, ArrowDown: -10, PageUp: 100, PageDown: -100, Home: -1000, End: 1000};
  reader.addEventListener("keydown", (event) => {
    if (!(event.key in steps)) return;
    event.preventDefault();
    stand(here + steps[event.key]);
  });
})();
