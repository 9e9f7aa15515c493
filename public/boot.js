// Runs before the app and outlives it: sets the theme before the first paint,
// notices when the app can't start, and offers a way out after it has broken.
(function () {
  "use strict";

  var PREFIX = "pipewright/";
  var BROKEN = PREFIX + "broken";
  // After how many seconds without anything new the page says that it waits.
  var QUIET_SECONDS = 6;
  var MISSING = "A part of the program could not be loaded: ";
  var started = false;
  // The page runs scripts of extensions and proxies as well. What becomes of
  // those is no failure of the program.
  var FOLDER = location.href.split(/[?#]/, 1)[0].replace(/[^/]*$/, "");
  function isOurs(address) {
    return Boolean(address) && address.indexOf(FOLDER) === 0;
  }

  try {
    // As web/preferences keeps it, in JSON; earlier versions kept the plain word.
    var theme = JSON.parse(localStorage.getItem(PREFIX + "preferences/theme")) ||
      localStorage.getItem(PREFIX + "theme");
    if (theme === "light" || theme === "dark") {
      document.documentElement.dataset.theme = theme;
    }
  } catch (denied) {
    // Storage may be denied, or damaged; the system's theme stands.
  }

  // The bar of the window, or of the phone, is of the theme that was chosen.
  function colourTheBar() {
    var theme = document.documentElement.dataset.theme;
    ["light", "dark"].forEach(function (name) {
      var meta = document.getElementById("bar-" + name);
      if (meta) {
        meta.media = !theme ? "(prefers-color-scheme: " + name + ")" : theme === name ? "all" : "not all";
      }
    });
  }
  colourTheBar();
  new MutationObserver(colourTheBar).observe(document.documentElement, { attributeFilter: ["data-theme"] });

  function whenParsed(then) {
    if (document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", then, { once: true });
    } else {
      then();
    }
  }

  function hideShell() {
    var shell = document.getElementById("shell");
    if (shell) {
      shell.hidden = true;
    }
  }

  // Every key of ours, exactly as it is stored, so that nothing is lost to a
  // reader that doesn't understand it.
  function savedData() {
    var data = {};
    for (var index = 0; index < localStorage.length; index += 1) {
      var key = localStorage.key(index);
      if (key !== null && key.indexOf(PREFIX) === 0) {
        data[key] = localStorage.getItem(key);
      }
    }
    return data;
  }

  function download() {
    var text;
    try {
      text = JSON.stringify(savedData(), null, 1);
    } catch (denied) {
      document.getElementById("panic-detail").textContent =
        "This browser denies access to the saved data: " + denied.message;
      return;
    }
    var address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    var link = document.createElement("a");
    link.href = address;
    link.download = "pipewright-rescue.json";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(address); }, 60000);
  }

  function reload() {
    location.reload();
  }

  // Whether the page came out of the worker's cache.
  function isControlled() {
    try {
      return Boolean(navigator.serviceWorker && navigator.serviceWorker.controller);
    } catch (denied) {
      return false;
    }
  }

  // Another tab may let a new version take over before versions.js listens.
  if (isControlled()) {
    navigator.serviceWorker.addEventListener("controllerchange", function () {
      window.pipewrightIsOld = true;
    }, { once: true });
  }

  // That may be what is broken.
  function offerFreshStart(button) {
    if (isControlled()) {
      button.hidden = false;
      button.onclick = function () {
        location.search += (location.search ? "&" : "?") + "no-worker";
      };
    }
  }

  // What keeps the app for starts without the network; a page that is not to
  // be installed, such as one of a single file, has no manifest.
  var isKept = false;
  function keep() {
    if (!isKept && document.querySelector("link[rel=manifest]")) {
      isKept = true;
      var script = document.createElement("script");
      script.src = "./versions.js";
      document.head.appendChild(script);
    }
  }

  // Why the page still waits, as far as that can be known.
  function reasonToWait(arrived) {
    if (navigator.onLine === false) {
      return "This device is offline.";
    }
    var names = arrived.map(function (entry) { return entry.name; });
    // The wasm may be there before the script that starts it.
    var isThere = names.some(function (name) { return /\.wasm$/.test(name); }) &&
      Array.prototype.every.call(document.scripts, function (script) {
        return !script.src || names.indexOf(script.src) >= 0;
      });
    return isThere ?
      "The program has arrived, and is being started." :
      "The connection is slow, or the server does not answer.";
  }

  // Says so when nothing has come for some seconds. With the start, what was
  // said goes by itself: it is a part of the shell.
  function watchTheWait() {
    var count = 0;
    var quietSeconds = 0;
    var watch = setInterval(function () {
      var shell = document.getElementById("shell");
      if (started || told || (!shell && document.readyState !== "loading")) {
        clearInterval(watch);
        return;
      }
      var arrived = performance.getEntriesByType("resource");
      quietSeconds = arrived.length > count ? 0 : quietSeconds + 1;
      count = arrived.length;
      if (shell && quietSeconds === QUIET_SECONDS) {
        // A style sheet that doesn't come would keep the page from being shown.
        document.querySelectorAll("link[rel=stylesheet]").forEach(function (link) {
          if (!link.sheet) {
            link.replaceWith(link.cloneNode());
          }
        });
        document.getElementById("shell-status").textContent =
          "Loading takes longer than usual. " + reasonToWait(arrived);
        var button = document.getElementById("shell-reload");
        button.hidden = false;
        button.addEventListener("click", reload);
      }
    }, 1000);
  }

  // The next start of this tab says that the steps of undo are gone.
  function leaveMark() {
    try {
      sessionStorage.setItem(BROKEN, "yes");
    } catch (denied) {
      // Then it can't be told.
    }
  }

  // Shows the panel and keeps focus and readers out of all else, which answers
  // to nothing; or the reverse.
  function cover(isCovered) {
    var panel = document.getElementById("panic");
    Array.prototype.forEach.call(document.body.children, function (element) {
      element.inert = isCovered && element !== panel;
    });
    panel.hidden = !isCovered;
  }

  // Only the first cause is told: what follows is mostly its echo. One that the
  // start may come through in spite of is taken back when it does.
  var told = false;
  var isDoubtful = false;
  window.pipewrightPanic = function (message, mayPass) {
    isDoubtful = Boolean(mayPass) && (isDoubtful || !told);
    if (told) {
      return;
    }
    told = true;
    if (started) {
      leaveMark();
    }
    whenParsed(function () {
      if (!told) {
        return;
      }
      var title = document.getElementById("panic-title");
      // In its node: a running program puts nodes back that others have taken.
      title.firstChild.data =
        (started ? "Something broke." : "Pipewright did not start.") + " Your saved data is safe.";
      var isUnsaved = "unsaved" in document.documentElement.dataset;
      document.getElementById("panic-unsaved").textContent =
        isUnsaved ? "What was changed last is not saved, and may be lost." : "";
      document.getElementById("panic-detail").textContent = message ? String(message) : "";
      document.getElementById("panic-reload").onclick = reload;
      document.getElementById("panic-download").onclick = download;
      offerFreshStart(document.getElementById("panic-fresh"));
      hideShell();
      cover(true);
      title.focus();
    });
  };

  // Where nobody has done anything yet, and the start before has nothing to be
  // told of, nothing is lost by another start. A page that came by one does not
  // make another: engines trap at times without a fault of the program's, and
  // then it helps; where it does not, the panel has to tell.
  var AGAIN = PREFIX + "again";
  var isTouched = false;
  ["pointerdown", "keydown", "click", "input", "drop"].forEach(function (kind) {
    addEventListener(kind, function () { isTouched = true; }, { capture: true, once: true, passive: true });
  });
  try {
    isTouched = sessionStorage.getItem(BROKEN) !== null;
  } catch (denied) {
    // Then nothing was left there either.
  }
  function canStartAgain() {
    return navigator.onLine !== false || location.protocol === "file:" || isControlled();
  }
  function startAgain(cause) {
    try {
      var began = Date.now() - performance.now();
      var isDue = !isTouched && !told && canStartAgain() &&
        began - parseFloat(sessionStorage.getItem(AGAIN) || 0) > 60000;
      if (isDue) {
        sessionStorage.setItem(AGAIN, Date.now() + " " + cause);
        told = true;
        reload();
      }
      return isDue;
    } catch (denied) {
      // It might be made for ever.
      return false;
    }
  }

  // A program that was cut short in its work, by a trap or by what a script has
  // thrown through it, is dead, whenever that was: what it holds can't be
  // trusted, so it is neither to write it nor to be asked whether it may go.
  var isDead = false;
  function isTrap(error) {
    var is = typeof WebAssembly.RuntimeError === "function" && error instanceof WebAssembly.RuntimeError;
    isDead = isDead || is;
    return is;
  }
  ["beforeunload", "pagehide", "visibilitychange", "freeze"].forEach(function (kind) {
    addEventListener(kind, function (event) {
      if (isDead) {
        event.stopImmediatePropagation();
      }
    }, true);
  });

  if (typeof WebAssembly !== "object" || !("noModule" in document.createElement("script"))) {
    told = true;
    whenParsed(function () {
      hideShell();
      document.getElementById("unsupported").hidden = false;
    });
    return;
  }

  addEventListener("TrunkApplicationStarted", function () {
    started = true;
    if (isDoubtful) {
      told = isDoubtful = false;
      cover(false);
    }
    // The first screen and its charts come first.
    setTimeout(keep, 2000);
  });
  if (location.search.indexOf("no-worker") > 0) {
    whenParsed(keep);
  }
  watchTheWait();

  function onFailure(error, text, isOfStart) {
    var dead = isTrap(error);
    if (dead ? !startAgain(text) : isOfStart && !started) {
      window.pipewrightPanic(text, !dead);
    }
  }
  function textOf(error) {
    return error && error.message ? error.message : String(error);
  }

  // The start script tells of what has left the program by an exception, in a
  // release: whoever may have caught it.
  window.pipewrightCutShort = function (error) {
    isDead = true;
    if (!startAgain(textOf(error))) {
      window.pipewrightPanic(textOf(error));
    }
  };

  // WebKit tells nobody of a module that fails while it waits, so the start
  // script hands its failure over (the build sees to that).
  window.pipewrightNotStarted = function (error) {
    if (!isTrap(error) || !startAgain(textOf(error))) {
      window.pipewrightPanic(textOf(error));
    }
    throw error;
  };

  // Some hosts call a style sheet plain text. Browsers apply none of those, and
  // some have it as an empty one.
  function applyAsText(link) {
    function tell() {
      // It may be so late that the program runs; without its looks it is of no use.
      started = false;
      window.pipewrightPanic(MISSING + link.href);
    }
    fetch(link.href).then(function (answer) {
      return answer.ok && !/html/.test(answer.headers.get("Content-Type")) ? answer.text() : Promise.reject();
    }).then(function (text) {
      var sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      document.adoptedStyleSheets = document.adoptedStyleSheets.concat(sheet);
    }).catch(tell);
  }

  document.addEventListener("load", function (event) {
    var link = event.target;
    if (link.rel === "stylesheet" && isOurs(link.href) && !(link.sheet && link.sheet.cssRules.length)) {
      applyAsText(link);
    }
  }, true);
  // Capturing, because a script that can't be loaded tells only its own element.
  addEventListener("error", function (event) {
    var part = event.target;
    if (part && part.rel === "stylesheet") {
      if (isOurs(part.href)) {
        applyAsText(part);
      }
    } else if (part && part.tagName === "SCRIPT") {
      onFailure(null, MISSING + (part.src || "its start script"), !part.src || isOurs(part.src));
    } else if (event.error || event.message) {
      onFailure(event.error, event.message, isOurs(event.filename));
    }
  }, true);
  addEventListener("unhandledrejection", function (event) {
    // The start hands its own failure over; others' are known by nothing.
    onFailure(event.reason, textOf(event.reason), false);
  });
}());
