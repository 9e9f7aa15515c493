// Runs before the app and outlives it: sets the theme before the first paint,
// notices when the app can't start, and offers a way out after it has broken.
(function () {
  "use strict";

  var PREFIX = "pipewright/";
  var started = false;

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

  // The next start of this tab says that the steps of undo are gone.
  function leaveMark() {
    try {
      sessionStorage.setItem(PREFIX + "broken", "yes");
    } catch (denied) {
      // Then it can't be told.
    }
  }

  // Only the first cause is told: what follows is mostly its echo.
  var told = false;
  window.pipewrightPanic = function (message) {
    if (told) {
      return;
    }
    told = true;
    if (started) {
      leaveMark();
    }
    whenParsed(function () {
      var panel = document.getElementById("panic");
      document.getElementById("panic-detail").textContent = message ? String(message) : "";
      document.getElementById("panic-reload").addEventListener("click", function () { location.reload(); });
      document.getElementById("panic-download").addEventListener("click", download);
      hideShell();
      // What is left of the app answers to nothing: keep focus and readers out of it.
      Array.prototype.forEach.call(document.body.children, function (element) {
        if (element !== panel) {
          element.inert = true;
        }
      });
      panel.hidden = false;
      document.getElementById("panic-title").focus();
    });
  };

  if (typeof WebAssembly !== "object" || !("noModule" in document.createElement("script"))) {
    told = true;
    whenParsed(function () {
      hideShell();
      document.getElementById("unsupported").hidden = false;
    });
    return;
  }

  addEventListener("TrunkApplicationStarted", function () { started = true; });

  function onFailure(error, text) {
    var dead = typeof WebAssembly.RuntimeError === "function" && error instanceof WebAssembly.RuntimeError;
    if (!started || dead) {
      window.pipewrightPanic(text);
    }
  }

  // WebKit tells nobody of a module that fails while it waits, so the start
  // script hands its failure over (the build sees to that).
  window.pipewrightNotStarted = function (error) {
    onFailure(error, error && error.message ? error.message : String(error));
    throw error;
  };

  // Capturing, because a script that can't be loaded tells only its own element.
  addEventListener("error", function (event) {
    if (event.target && event.target.tagName === "SCRIPT") {
      onFailure(null, "A part of the program could not be loaded: " + (event.target.src || "its start script"));
    } else if (event.error || event.message) {
      onFailure(event.error, event.message);
    }
  }, true);
  addEventListener("unhandledrejection", function (event) {
    onFailure(event.reason, event.reason && event.reason.message ? event.reason.message : String(event.reason));
  });
}());
