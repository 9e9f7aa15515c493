// Runs in every page of a visit before all other scripts, and notes what no
// page of ours may do: in the page, and as cookies, which outlive it and are
// the same for all tabs. It also notes what was pressed, for tests that fail.
(function () {
  "use strict";
  const folder = new URL("./", location.href).href;
  const offences = window.harnessOffences = new Set();

  function note(text) {
    offences.add(text);
    document.cookie = `${encodeURIComponent(text.slice(0, 300).toWellFormed())}=offence; path=/`;
  }

  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample }) => {
    note(`the policy (${effectiveDirective}) stopped ${blockedURI} ${sample}`.trim());
  }, true);
  // Not every driver hands out what the console says of these.
  addEventListener("error", ({ error, message }) => {
    // A size that is told of a frame later is no failure.
    if (message && !message.startsWith("ResizeObserver loop")) {
      note(`uncaught: ${message} ${error?.stack ?? ""}`);
    }
  }, true);
  addEventListener("unhandledrejection", ({ reason }) => {
    // A page that goes takes its requests with it.
    if (reason?.message !== "Load failed") {
      note(`uncaught: ${reason} ${reason?.stack ?? ""}`);
    }
  }, true);
  // Where the last presses landed: a driver may press where a thing was.
  const presses = window.harnessPresses = [];
  for (const kind of ["pointerdown", "pointerup", "pointercancel", "click"]) {
    addEventListener(kind, ({ clientX, clientY, target, timeStamp }) => {
      const name = target.ariaLabel || target.id || target.textContent?.trim().slice(0, 30) || "";
      presses.push(`${Math.round(timeStamp)} ms ${kind} at ${clientX},${clientY} on ${target.nodeName} ${name}`);
      presses.splice(0, presses.length - 9);
    }, { capture: true, passive: true });
  }
  new PerformanceObserver((list) => {
    for (const { initiatorType, name } of list.getEntries()) {
      if (!name.startsWith(folder) && !/^(data|blob|about):/.test(name)) {
        note(`${initiatorType} asked for ${name}`);
      }
    }
  }).observe({ type: "resource", buffered: true });
}());
