// Runs in every page of a visit before all other scripts, and notes what no
// page of ours may do: in the page, and as cookies, which outlive it and are
// the same for all tabs.
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
  new PerformanceObserver((list) => {
    for (const { initiatorType, name } of list.getEntries()) {
      if (!name.startsWith(folder) && !/^(data|blob|about):/.test(name)) {
        note(`${initiatorType} asked for ${name}`);
      }
    }
  }).observe({ type: "resource", buffered: true });
}());
