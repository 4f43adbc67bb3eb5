// What pages do beyond links and forms; each of them works without it.
"use strict";

// A menu closes when somebody presses Escape or a place outside.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// Copy a prepared message.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const text = button.closest(".write-text").querySelector("textarea");
  try {
    await navigator.clipboard.writeText(text.value);
  } catch {
    text.select();
    document.execCommand("copy");
  }
  const told = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = told; }, 1500);
});

// Filters act at once; without this script the button does it.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form.filters");
  if (form && form.reportValidity()) form.requestSubmit();
});

// Charts: the scripts are loaded when the first chart comes near the screen.
const loadScript = (url) => new Promise((done, failed) => {
  const script = document.createElement("script");
  script.src = url;
  script.onload = done;
  script.onerror = failed;
  document.head.append(script);
});
let chartScripts;
const loadCharts = () => {
  chartScripts ??= document.getElementById("chart-scripts").dataset.scripts.split(" ")
    .reduce((before, url) => before.then(() => loadScript(url)), Promise.resolve());
  return chartScripts;
};

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const resolved = (name) => {
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  probe.style.color = `var(${name})`;
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found || colour(name);
};

const drawChart = async (figure) => {
  const place = figure.querySelector(".chart-place");
  const language = document.documentElement.lang;
  const answer = await fetch(`/charts/${language}/${figure.dataset.kind}`);
  if (!answer.ok) return;
  const { spec, numbers, times } = await answer.json();
  await loadCharts();
  const ink = resolved("--ink"), muted = resolved("--muted"), line = resolved("--line");
  Object.assign(spec.config.axis, { labelColor: muted, titleColor: muted, gridColor: line, tickColor: line });
  Object.assign(spec.config.legend, { labelColor: ink });
  const own = JSON.stringify(spec)
    .replaceAll("#0072B2", resolved("--accent")).replaceAll("#1F2933", ink).replaceAll("#5F6B7A", muted).replaceAll("#E4E7EB", line);
  const shown = JSON.parse(own);
  shown.config.font = getComputedStyle(document.body).fontFamily;
  shown.datasets = { rows: JSON.parse(figure.dataset.rows) };
  shown.width = Math.max(260, place.clientWidth);
  await vegaEmbed(place, shown, {
    mode: "vega-lite", ast: true, actions: false, renderer: "svg", defaultStyle: false,
    tooltip: { disableDefaultStyle: true }, formatLocale: numbers, timeFormatLocale: times,
  });
  figure.classList.add("is-drawn");
  figure.querySelector("details").open = false;
};

const nearby = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    nearby.unobserve(entry.target);
    drawChart(entry.target);
  }
}, { rootMargin: "400px" });
for (const figure of document.querySelectorAll("figure.chart")) nearby.observe(figure);

// What only a script can do is shown now that there is one.
document.documentElement.classList.add("has-script");
