"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const holder = $("data");
  const STEP = 200;

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

  // A link to a problem, or to an exchange, opens what it is folded into.
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let box = target; box; box = box.parentElement) if (box.tagName === "DETAILS") box.open = true;
    if (target && target.id === "results") showResults();
    if (target) target.scrollIntoView();
  };
  // What a finding speaks of may be at the end of a long body.
  for (const details of document.querySelectorAll("details.exchange"))
    details.addEventListener("toggle", () => {
      for (const box of details.querySelectorAll(".wire")) {
        const mark = box.querySelector("mark:not(:first-child)") || box.querySelector("mark");
        if (mark && mark.offsetTop - box.offsetTop > box.clientHeight) box.scrollTop = mark.offsetTop - box.offsetTop - box.clientHeight / 2;
      }
    });

  if (!holder) return;
  // Parsed when it is needed first: a large run brings megabytes.
  let parsed;
  const data = () => (parsed ||= JSON.parse(holder.textContent));
  const form = $("filters"), toggle = $("filter");
  const names = ["q", "outcome", "area", "region", "level"];
  const MARKS = { passed: "✓", failed: "✗", warned: "!", unexercised: "◌", inconclusive: "?", not_applicable: "–", waived: "≈", broken: "✗✗" };
  toggle.hidden = false;
  $("no-script").hidden = true;

  const number = (value) => value.toLocaleString("en");
  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const chosen = () => Object.fromEntries(names.map((name) => [name, form.elements[name].value.trim()]));
  const any = (filters) => names.some((name) => filters[name]);
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

  let indexed;
  const index = () => {
    if (indexed) return indexed;
    const all = data(), statements = new Map([...document.querySelectorAll("[data-row]")].map((row) => [row.dataset.row, row.querySelector(".statement").textContent.toLowerCase()]));
    indexed = {
      messages: all.messages.map((text) => text.toLowerCase()), operations: all.operations.map((text) => text.toLowerCase()),
      requirements: all.requirements.map(([id]) => `${id.toLowerCase()} ${statements.get(id) || ""}`),
      regions: [...all.regions, "all"].map((text) => text.toLowerCase()), outcomes: all.outcomes.map((text) => text.replace("_", " ")),
    };
    return indexed;
  };
  const matcher = (filters) => {
    const all = data(), texts = index();
    const outcome = filters.outcome ? all.outcomes.indexOf(filters.outcome) : -1;
    const region = filters.region === "-" ? -1 : filters.region ? all.regions.indexOf(filters.region) : -2;
    const words = filters.q.toLowerCase().split(/\s+/).filter(Boolean);
    const has = (some) => words.map((word) => some.map((text) => text.includes(word)));
    const inRequirement = has(texts.requirements), inOperation = has(texts.operations), inMessage = has(texts.messages);
    const inRegion = has(texts.regions), inOutcome = has(texts.outcomes);
    return (row) => {
      const [, level, area] = all.requirements[row[0]];
      if (outcome >= 0 && row[3] !== outcome) return false;
      if (filters.area && area !== filters.area) return false;
      if (filters.level && level !== filters.level) return false;
      if (region !== -2 && row[2] !== region) return false;
      for (let i = 0; i < words.length; i++)
        if (!(inRequirement[i][row[0]] || inOperation[i][row[1]] || inMessage[i][row[4]] || inRegion[i].at(row[2]) || inOutcome[i][row[3]])) return false;
      return true;
    };
  };

  // The table of all results is drawn when someone comes to it.
  const body = $("rows"), more = $("more");
  let matching = null, shown = 0;
  const labelled = (label, child, className) => {
    const cell = element("td", undefined, className);
    cell.dataset.label = label;
    cell.append(child);
    return cell;
  };
  const showMore = () => {
    const all = data(), fragment = document.createDocumentFragment();
    for (const row of matching.slice(shown, shown + STEP)) {
      const line = element("tr"), outcome = all.outcomes[row[3]];
      line.append(labelled("Outcome", element("span", `${MARKS[outcome]} ${outcome.replace("_", " ")}`, `badge ${outcome}`)),
        labelled("Requirement", all.requirements[row[0]][0] + (row[6] ? " ↳" : ""), "id"), labelled("Region", row[2] < 0 ? "all" : all.regions[row[2]]),
        labelled("Operation", all.operations[row[1]], "operation"), labelled("Why", all.messages[row[4]]), labelled("Evidence", number(row[5]), "number"));
      fragment.append(line);
    }
    body.append(fragment);
    shown = Math.min(shown + STEP, matching.length);
    more.hidden = shown >= matching.length;
    more.textContent = `Show ${Math.min(STEP, matching.length - shown)} more of ${number(matching.length - shown)}`;
  };
  more.addEventListener("click", showMore);
  const showResults = () => {
    if (!$("table").hidden) return;
    $("table").hidden = false;
    matching ||= data().results;
    showMore();
  };
  const opener = element("button", "Show the table");
  opener.type = "button";
  opener.addEventListener("click", () => { opener.hidden = true; showResults(); });
  $("table").before(opener);

  // The matrix: what matches nothing is hidden, cells over several operations are counted again.
  const recount = (isAll) => {
    const all = data(), REGIONS = all.regions.length + 1, counts = new Map();
    const at = new Map(all.requirements.map(([id], place) => [id, place]));
    const regions = new Map([["-", -1], ...all.regions.map((name, place) => [name, place])]);
    for (const row of matching) {
      const place = row[0] * REGIONS + row[2] + 1;
      if (!counts.has(place)) counts.set(place, { outcomes: new Array(all.outcomes.length).fill(0), total: 0, evidence: 0 });
      const count = counts.get(place);
      count.outcomes[row[3]]++; count.total++; count.evidence += row[5];
    }
    for (const row of document.querySelectorAll("[data-row]")) {
      let some = false;
      for (const cell of row.querySelectorAll("td[data-region]")) {
        const count = counts.get(at.get(row.dataset.row) * REGIONS + regions.get(cell.dataset.region) + 1), box = cell.firstElementChild;
        box.hidden = !count;
        some ||= Boolean(count);
        if (!count || all.operations.length < 2) continue;
        const worst = count.outcomes.findIndex((n) => n), outcome = all.outcomes[worst];
        box.className = `cell ${outcome}`;
        box.querySelector(".m").textContent = MARKS[outcome];
        box.querySelector(".n").textContent = count.total > 1 ? `${number(count.outcomes[worst])}/${number(count.total)}` : outcome === "passed" ? number(count.evidence) : "";
      }
      row.hidden = !some;
    }
    for (const area of document.querySelectorAll("[data-area]")) {
      area.hidden = !area.querySelector("[data-row]:not([hidden])");
      if (!isAll) for (const box of [area, ...area.querySelectorAll("details")]) if (box.tagName === "DETAILS") box.open = true;
    }
    $("none").hidden = matching.length > 0;
  };
  const cards = [...document.querySelectorAll(".card")];
  const filterCards = () => {
    const all = data(), there = new Set(matching.map((row) => `${all.requirements[row[0]][0]}|${row[2] < 0 ? "" : all.regions[row[2]]}|${all.operations[row[1]]}`));
    let some = false;
    for (const card of cards) {
      card.hidden = !JSON.parse(card.dataset.results).some(([id, region, operation]) => there.has(`${id}|${region}|${operation}`));
      some ||= !card.hidden;
    }
    if ($("no-problems")) $("no-problems").hidden = some;
  };

  let filtered = false;
  const apply = () => {
    const filters = chosen(), wanted = any(filters);
    mirror(filters);
    matching = wanted ? data().results.filter(matcher(filters)) : data().results;
    body.textContent = "";
    shown = 0;
    if (wanted) { $("table").hidden = false; opener.hidden = true; }
    if (!$("table").hidden) showMore();
    recount(!wanted);
    filterCards();
    filtered = wanted;
    $("matching").textContent = `${number(matching.length)} of ${number(data().results.length)} results match`;
  };
  const unfold = (focus) => {
    form.hidden = false;
    toggle.setAttribute("aria-expanded", "true");
    if (!$("matching").textContent) $("matching").textContent = `${number(data().results.length)} of ${number(data().results.length)} results match`;
    if (focus) { form.elements.q.focus(); form.scrollIntoView({ block: "nearest" }); }
  };
  toggle.addEventListener("click", () => {
    if (form.hidden) { unfold(true); return; }
    form.hidden = true;
    toggle.setAttribute("aria-expanded", "false");
  });
  let waiting = 0;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 60); });
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  addEventListener("popstate", () => { read(); if (filtered || any(chosen())) apply(); reveal(); });
  addEventListener("hashchange", reveal);

  // A cell that passed opens one exchange of those that show it.
  const samples = () => data().samples || { cells: {} };
  const facts = ([observations, hidden, seen]) => {
    const text = [`${number(observations)} observation${observations === 1 ? "" : "s"} that could have failed`];
    if (seen) text.push(seen);
    if (hidden) text.push(`a fault in ${hidden} of such requests would have been seen with 95 %`);
    return text.join(" · ");
  };
  const sampleOf = (id, region, span) => {
    const found = samples().cells[`${id}|${region}`];
    if (!found) return null;
    const row = element("tr", undefined, "sample"), cell = element("td");
    cell.colSpan = span;
    cell.append(element("p", `${id} · ${region === "-" ? "across regions" : region}: ${facts(found)}`));
    for (const name of found[3]) {
      const one = samples().exchanges[name];
      cell.append(element("p", `One of them: exchange ${name}, ${one.ms} ms`, "dim"), element("pre", one.curl), element("pre", one.lines.join("\n")));
    }
    if (!found[3].length) cell.append(element("p", "No request: it is judged by the document alone.", "dim"));
    row.append(cell);
    return row;
  };
  $("matrix").addEventListener("click", (event) => {
    const button = event.target.closest("button.cell");
    if (!button) return;
    const row = button.closest("tr"), region = button.parentElement.dataset.region, next = row.nextElementSibling;
    const isOpen = next && next.className === "sample";
    if (isOpen) next.remove();
    if (isOpen && next.dataset.region === region) return;
    const sample = sampleOf(row.dataset.row, region, row.children.length + (row.children[1]?.colSpan || 1) - 1);
    if (sample) { sample.dataset.region = region; row.after(sample); return; }
    form.elements.q.value = row.dataset.row;
    form.elements.region.value = region;
    unfold(false);
    apply();
    $("results").scrollIntoView();
  });
  for (const link of document.querySelectorAll('nav a[href="#results"]')) link.addEventListener("click", () => { opener.hidden = true; showResults(); });
  // From anywhere on the page: / goes to the search.
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !/INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName)) { event.preventDefault(); unfold(true); }
  });
  read();
  if (any(chosen())) { unfold(false); apply(); }
  reveal();
})();
