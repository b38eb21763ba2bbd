"use strict";
// SPDX-License-Identifier: GPL-3.0-or-later
// Search and order of the list of runs. Without it the list is whole, in its own order.
(() => {
  const table = document.querySelector("table.runs");
  const tool = document.getElementById("search");
  if (!table || !tool) return;
  const field = tool.querySelector("input"), found = tool.querySelector("[role=status]");
  const runs = [...document.querySelectorAll("[data-run]")].map(row => ({row, text: row.textContent.toLowerCase()}));
  tool.hidden = false;

  const search = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const run of runs) {
      const fits = words.every(word => run.text.includes(word));
      run.row.hidden = !fits;
      count += fits ? 1 : 0;
    }
    for (const year of document.querySelectorAll("details.older"))
      if (words.length > 0) year.open = year.querySelector("[data-run]:not([hidden])") !== null;
    found.textContent = words.length === 0 ? "" : count === 1 ? "1 run" : count + " runs";
  };
  field.addEventListener("input", search);
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) search();

  // A click on a head sorts by its column, another one the other way round.
  const body = table.tBodies[0];
  const valueOf = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort ?? cell.querySelector("time")?.dateTime ?? cell.textContent.trim();
  };
  const order = (a, b) => a === "" || b === "" ? (a === "") - (b === "") : a.localeCompare(b, "en", {numeric: true});
  for (const head of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].sort((a, b) => {
        const [x, y] = [valueOf(a, head.cellIndex), valueOf(b, head.cellIndex)];
        return x === "" || y === "" || !down ? order(x, y) : order(y, x);
      });
      body.append(...rows);
    });
  }
})();
