"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const holder = $("data");
  const data = holder && JSON.parse(holder.textContent);
  const STEP = 200;
  const LETTERS = { passed: "P", failed: "F", warned: "W", inconclusive: "I", unexercised: "◌", not_applicable: "–", waived: "V", broken: "B" };

  // Theme: the system's, until someone chooses.
  const theme = $("theme");
  const dark = () => (document.documentElement.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const label = () => { theme.textContent = dark() ? "Light" : "Dark"; };
  const stored = (value) => { try { return value ? localStorage.setItem("theme", value) : localStorage.getItem("theme"); } catch { return null; } };
  if (theme) {
    const chosen = stored();
    if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
    theme.hidden = false;
    label();
    theme.addEventListener("click", () => {
      document.documentElement.dataset.theme = dark() ? "light" : "dark";
      stored(document.documentElement.dataset.theme);
      label();
    });
  }

  // Copying, where the clipboard may be written and where it may not.
  const copy = async (text) => {
    try { await navigator.clipboard.writeText(text); return true; } catch { /* no permission, or an old browser */ }
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };
  for (const button of document.querySelectorAll(".copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const done = await copy(button.parentElement.querySelector("code").textContent);
      button.textContent = done ? "Copied" : "Select it";
      $("copied").textContent = done ? "Copied to the clipboard" : "The clipboard cannot be written";
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    });
  }

  // What a finding speaks of may be at the end of a long body.
  const reveal = (details) => {
    for (const box of details.querySelectorAll(".wire")) {
      const mark = box.querySelector("mark:not(:first-child)") || box.querySelector("mark");
      if (mark && mark.offsetTop - box.offsetTop > box.clientHeight) box.scrollTop = mark.offsetTop - box.offsetTop - box.clientHeight / 2;
    }
  };
  for (const details of document.querySelectorAll("details.exchange")) {
    if (details.open) reveal(details);
    details.addEventListener("toggle", () => { if (details.open) reveal(details); });
  }

  // Everything before a print is open, for paper has no buttons.
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => { d.open = true; }));

  if (!data) return;
  const form = $("filters");
  const names = ["q", "outcome", "area", "region", "level"];
  form.hidden = false;
  $("no-script").hidden = true;
  document.querySelector("#results table").hidden = false;

  const number = (value) => value.toLocaleString("en");
  const haystacks = data.messages.map((text) => text.toLowerCase());
  const operations = data.operations.map((text) => text.toLowerCase());
  const statements = new Map([...document.querySelectorAll("[data-row]")].map((row) => [row.dataset.row, row.querySelector(".statement").textContent.toLowerCase()]));
  const requirements = data.requirements.map(([id]) => `${id.toLowerCase()} ${statements.get(id) || ""}`);

  const chosen = () => Object.fromEntries(names.map((name) => [name, form.elements[name].value.trim()]));
  const mirror = (filters) => {
    const query = new URLSearchParams(names.filter((name) => filters[name]).map((name) => [name, filters[name]]));
    const text = query.toString();
    try { history.replaceState(null, "", (text ? `?${text}` : location.pathname) + location.hash); } catch { /* a sandboxed frame */ }
  };
  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const name of names) form.elements[name].value = query.get(name) || "";
    for (const select of form.querySelectorAll("select")) if (select.selectedIndex < 0) select.value = "";
  };

  const matcher = (filters) => {
    const outcome = filters.outcome ? data.outcomes.indexOf(filters.outcome) : -1;
    const region = filters.region === "-" ? -1 : filters.region ? data.regions.indexOf(filters.region) : -2;
    const words = filters.q.toLowerCase().split(/\s+/).filter(Boolean);
    const has = (texts) => words.map((word) => texts.map((text) => text.includes(word)));
    const inRequirement = has(requirements), inOperation = has(operations), inMessage = has(haystacks);
    const inRegion = has([...data.regions, "all"].map((text) => text.toLowerCase())), inOutcome = has(data.outcomes.map((text) => text.replace("_", " ")));
    return (row) => {
      const [, level, area] = data.requirements[row[0]];
      if (outcome >= 0 && row[3] !== outcome) return false;
      if (filters.area && area !== filters.area) return false;
      if (filters.level && level !== filters.level) return false;
      if (region !== -2 && row[2] !== region) return false;
      for (let i = 0; i < words.length; i++)
        if (!(inRequirement[i][row[0]] || inOperation[i][row[1]] || inMessage[i][row[4]] || inRegion[i].at(row[2]) || inOutcome[i][row[3]])) return false;
      return true;
    };
  };

  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const body = $("rows"), more = $("more");
  let matching = [], shown = 0;
  const showMore = () => {
    const fragment = document.createDocumentFragment();
    for (const row of matching.slice(shown, shown + STEP)) {
      const line = element("tr"), outcome = data.outcomes[row[3]];
      const badge = element("span", undefined, `badge ${outcome}`), letter = element("span", LETTERS[outcome], "letter");
      letter.setAttribute("aria-hidden", "true");
      badge.append(letter, outcome.replace("_", " "));
      const first = element("td");
      first.append(badge);
      line.append(first, element("td", data.requirements[row[0]][0] + (row[6] ? " ↳" : ""), "id"), element("td", row[2] < 0 ? "all" : data.regions[row[2]]),
        element("td", data.operations[row[1]], "operation"), element("td", data.messages[row[4]]), element("td", number(row[5]), "number"));
      fragment.append(line);
    }
    body.append(fragment);
    shown = Math.min(shown + STEP, matching.length);
    more.hidden = shown >= matching.length;
    more.textContent = `Show ${Math.min(STEP, matching.length - shown)} more of ${number(matching.length - shown)}`;
  };
  more.addEventListener("click", showMore);

  // Results are told apart by one number: a large run has too many for strings.
  const REGIONS = data.regions.length + 1;
  const place = (row) => row[0] * REGIONS + row[2] + 1;
  const key = (row) => place(row) * data.operations.length + row[1];
  const requirementAt = new Map(data.requirements.map(([id], index) => [id, index]));
  const regionAt = new Map([["-", -1], ["", -1], ...data.regions.map((name, index) => [name, index])]);
  const operationAt = new Map(data.operations.map((name, index) => [name, index]));

  // The matrix: cells are counted again from what matches.
  const rows = new Map([...document.querySelectorAll("[data-row]")].map((row) => [row.dataset.row, row]));
  const cells = [];
  for (const [id, row] of rows)
    for (const cell of row.querySelectorAll("td[data-region]"))
      cells.push({ cell, id, region: cell.dataset.region, at: place([requirementAt.get(id), 0, regionAt.get(cell.dataset.region)]) });
  const counted = () => {
    const counts = new Array(data.requirements.length * REGIONS);
    for (const row of matching) {
      const count = counts[place(row)] ||= { outcomes: new Array(data.outcomes.length).fill(0), evidence: 0, total: 0, explained: 0 };
      count.outcomes[row[3]]++; count.total++; count.evidence += row[5]; count.explained += row[6];
    }
    return counts;
  };
  const show = ({ cell, id, region }, count) => {
    const link = cell.firstElementChild;
    link.hidden = !count;
    if (!count) { cell.className = "none"; return; }
    const worst = count.outcomes.findIndex((n) => n), outcome = data.outcomes[worst];
    cell.className = outcome;
    link.querySelector(".letter").textContent = LETTERS[outcome];
    link.querySelector(".share").textContent = count.total > 1 ? `${number(count.outcomes[worst])}/${number(count.total)}` : "";
    link.querySelector(".evidence").textContent = count.evidence ? number(count.evidence) : "";
    link.setAttribute("aria-label", `${id} ${region === "-" ? "across regions" : region}: ${outcome.replace("_", " ")}${count.explained ? ", explained by another failure" : ""}, evidence ${count.evidence}`);
  };
  const recount = () => {
    const counts = counted();
    const seen = new Set(data.requirements.filter((_, index) => counts.slice(index * REGIONS, (index + 1) * REGIONS).some(Boolean)).map(([id]) => id));
    for (const [id, row] of rows) row.hidden = !seen.has(id);
    for (const group of document.querySelectorAll("tbody[data-area]")) group.hidden = !group.querySelector("[data-row]:not([hidden])");
    for (const entry of cells) show(entry, counts[entry.at]);
    $("none").hidden = matching.length > 0;
  };

  const cards = [...document.querySelectorAll("article.card")];
  const keysOf = (card) => JSON.parse(card.dataset.regions).map((region) => key([requirementAt.get(card.dataset.requirement), operationAt.get(card.dataset.operation), regionAt.get(region)]));
  const cardKeys = cards.map(keysOf);
  const filterCards = () => {
    const wanted = new Set(cardKeys.flat()), there = new Set();
    if (wanted.size) for (const row of matching) if (wanted.has(key(row))) there.add(key(row));
    cards.forEach((card, index) => { card.hidden = !cardKeys[index].some((one) => there.has(one)); });
    if ($("no-problems")) $("no-problems").hidden = there.size > 0;
  };

  const apply = () => {
    const filters = chosen();
    mirror(filters);
    matching = names.some((name) => filters[name]) ? data.results.filter(matcher(filters)) : data.results;
    body.textContent = "";
    shown = 0;
    showMore();
    recount();
    filterCards();
    $("matching").textContent = `${number(matching.length)} of ${number(data.results.length)} results match`;
  };
  let waiting = 0;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 60); });
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  addEventListener("popstate", () => { read(); apply(); });
  document.querySelector(".matrix").addEventListener("click", (event) => {
    const link = event.target.closest("td a");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const cell = link.parentElement, id = cell.parentElement.dataset.row, region = cell.dataset.region;
    const card = cards.find((card) => card.dataset.requirement === id && JSON.parse(card.dataset.regions).includes(region === "-" ? "" : region));
    if (card && !card.hidden) { location.hash = card.id; return; }
    form.elements.q.value = id;
    form.elements.region.value = region;
    apply();
    $("results").scrollIntoView();
  });
  // From anywhere on the page: / goes to the search.
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !/INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName)) { event.preventDefault(); form.elements.q.focus(); }
  });
  read();
  apply();
})();
