"use strict";
// SPDX-License-Identifier: GPL-3.0-or-later
// Compares the files beside this page with the manifest and with the hashes that stand in the page. Without a secure connection,
// without a script or from a disk nothing of it shows, so that nothing looks checked.
(async () => {
  const place = document.getElementById("self-check");
  if (!place || !/^https?:$/.test(location.protocol) || !isSecureContext) return;
  const manifestName = "evidence-manifest.json";
  const maxFiles = 5000, maxBytes = 256 * 1024 * 1024, atOnce = 4;
  // Evidence that would be judged if it lay here.
  const evidence = ["campaign-summary.json", "plan.json", "checks.json", "phase1-node-a.json", "phase1-node-b.json",
    "phase1-node-c.json", "phase2.json", "phase3.json", "phase4.json"];
  const status = place.querySelector("[role=status]"), list = place.querySelector("ul");
  place.hidden = false;
  const say = (mood, text) => { place.dataset.state = mood; status.textContent = text; };
  const addressOf = name => "./" + name.split("/").map(encodeURIComponent).join("/");
  const get = address => fetch(address, {cache: "no-store", redirect: "error"});
  const hashOf = async answer => [...new Uint8Array(await crypto.subtle.digest("SHA-256", await answer.arrayBuffer()))]
    .map(byte => byte.toString(16).padStart(2, "0")).join("");
  const problems = [];
  const addProblem = (name, text) => {
    problems.push(name);
    const item = document.createElement("li"), code = document.createElement("code");
    code.textContent = name;
    item.append(code, " " + text);
    list.append(item);
  };

  say("running", "Comparing the files beside this page …");
  let files;
  try {
    const answer = await get("./" + manifestName);
    if (!answer.ok) throw new Error("the server answers " + answer.status);
    const manifest = await answer.json();
    if (manifest.evidence_sha256 !== place.dataset.evidence)
      addProblem(manifestName, "is not the one that this page was written with.");
    files = new Map(manifest.files.map(file => [String(file.name), file]));
  } catch (error) {
    addProblem(manifestName, "cannot be read: " + error.message);
    say("bad", "Nothing was compared.");
    return;
  }
  const shown = new Map([...document.querySelectorAll("#files tr[data-file]")].map(row =>
    [row.dataset.file, {sha256: row.dataset.sha256, address: row.querySelector("a").getAttribute("href")}]));
  for (const name of shown.keys())
    if (!files.has(name)) addProblem(name, "is not in the manifest.");
  for (const [name, file] of files)
    if (shown.has(name) ? shown.get(name).sha256 !== file.sha256 : !place.dataset.made.split(" ").includes(name))
      addProblem(name, shown.has(name) ? "has another SHA-256 in the manifest than in this page."
        : "is in the manifest, and this page was written without it.");

  const waiting = [...files.values()].slice(0, maxFiles);
  const total = files.size;
  let good = 0, bytes = 0, left = total - waiting.length;
  const compare = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      const name = String(file.name);
      bytes += Number(file.bytes);
      if (bytes > maxBytes) { ++left; continue; }
      try {
        const answer = await get(shown.has(name) ? shown.get(name).address : addressOf(name));
        if (!answer.ok) addProblem(name, "is missing: the server answers " + answer.status + ".");
        else if (await hashOf(answer) !== file.sha256) addProblem(name, "was changed: its SHA-256 is not the manifest's.");
        else ++good;
      } catch (error) {
        addProblem(name, "cannot be read: " + error.message);
      }
      say("running", "Comparing the files beside this page: " + good + " of " + total + " …");
    }
  };
  await Promise.all(Array.from({length: atOnce}, compare));
  for (const name of evidence)
    if (!files.has(name) && (await get(addressOf(name)).catch(() => ({}))).ok)
      addProblem(name, "lies here and is not in the manifest.");
  const rest = left > 0 ? " " + left + " were too large to compare here." : "";
  say(problems.length > 0 ? "bad" : "good", good + " of " + total + " files are the ones judged." + rest);
})();
