// Loaded when the page has started and rests: keeps the app for starts without
// the network, by the worker in sw.js, and tells the app of new versions.
(function () {
  "use strict";

  var workers = navigator.serviceWorker;
  var folder = new URL("./", location.href).href;
  if (!workers || location.protocol === "file:") {
    return;
  }

  // Where the browser refuses, the app goes on without: it needs the network then.
  function nothing() {}

  // The way out of whatever the worker or its cache may have come to: a page
  // with ?no-worker comes from the network, and leaves none of them behind.
  var withoutWorker = /([?&])no-worker(&|$)/;
  if (withoutWorker.test(location.search)) {
    workers.getRegistration().then(function (registration) {
      if (registration && registration.scope === folder) {
        registration.unregister();
      }
    }).catch(nothing);
    caches.keys().then(function (names) {
      names.forEach(function (name) {
        if (name.indexOf("pipewright " + folder + " ") === 0) {
          caches.delete(name);
        }
      });
    }).catch(nothing);
    var query = location.search.replace(withoutWorker, "$1").replace(/[?&]$/, "");
    history.replaceState(history.state, "", location.pathname + query + location.hash);
    return;
  }

  function tell(what) {
    dispatchEvent(new Event("pipewright-version-" + what));
  }

  var hour = 3600000;

  // Asks the worker to throw away what versions before have left. It does so
  // when no other page is there, and a page that was left is listed for a
  // moment still, so it is asked again and again, ever more seldom.
  var tidying;
  function tidyAgain(delay) {
    tidying = setTimeout(function () {
      if (workers.controller) {
        workers.controller.postMessage("tidy");
      }
      tidyAgain(Math.min(1.5 * delay + 1000, hour));
    }, delay);
  }

  // A page that was loaded past the worker goes on as it is when one comes.
  var follows = Boolean(workers.controller);
  // Another one has taken over: this page is of the version before from now on,
  // and uses what that left.
  var isOld = false;
  function growOld() {
    isOld = true;
    clearTimeout(tidying);
    tell("taken-over");
  }
  if (window.pipewrightIsOld) {
    growOld();
  }
  var isAsked = false;
  workers.addEventListener("controllerchange", function () {
    if (follows) {
      growOld();
    }
    follows = true;
    if (isAsked) {
      // Where the browser asks, a person may stay all the same.
      isAsked = false;
      location.reload();
    }
  });

  workers.register("./sw.js").then(function (registration) {
    function look() {
      if (registration.waiting && registration.active) {
        tell("ready");
      }
    }

    window.pipewrightTakeNewVersion = function () {
      follows = true;
      if (registration.waiting) {
        isAsked = true;
        registration.waiting.postMessage("take over");
      } else {
        // Another tab has asked for it already.
        location.reload();
      }
    };

    function follow() {
      if (registration.installing) {
        registration.installing.addEventListener("statechange", look);
      }
    }
    registration.addEventListener("updatefound", follow);
    follow();
    look();

    if (!isOld) {
      tidyAgain(0);
    }
    window.pipewrightLookForVersion = function () { registration.update().catch(nothing); };
    // For tabs that stay open for days.
    setInterval(window.pipewrightLookForVersion, hour);
  }).catch(nothing);
}());
