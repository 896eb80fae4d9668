"use strict";
for (const table of document.querySelectorAll("table.sorted")) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const each of heads) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const key = (row) => {
        const cell = row.cells[column];
        const number = cell.dataset.value;
        return number === undefined ? cell.textContent.trim() : Number(number);
      };
      const compared = (a, b) =>
        typeof a === "number" && typeof b === "number"
          ? a - b
          : String(a).localeCompare(String(b), document.documentElement.lang, {numeric: true});
      const rows = [...body.rows].map((row) => [key(row), row]);
      rows.sort((a, b) => (up ? 1 : -1) * compared(a[0], b[0]));
      body.append(...rows.map((each) => each[1]));
    });
  });
}
const open = () => {
  const aim = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const around = aim && aim.closest("details");
  if (around) {
    around.open = true;
    aim.scrollIntoView();
  }
};
addEventListener("hashchange", open);
open();
