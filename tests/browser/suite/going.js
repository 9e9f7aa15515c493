// Leaves screens with the focus in every kind of control, in every way there
// is. Which controls there are is asked of the page itself.
window.going = (() => {
  const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]";
  const PATIENCE_MS = 15000;

  // WebKit refuses more than a hundred changes of the history in ten seconds.
  const MOST = { changes: /Apple/.test(navigator.vendor) ? 80 : Infinity, ms: 10000 };
  const changes = [];
  for (const name of ["pushState", "replaceState"]) {
    const change = history[name];
    history[name] = function (...given) {
      changes.push(performance.now());
      return change.apply(this, given);
    };
  }
  const isAllowed = () => (changes.at(-MOST.changes) ?? -Infinity) < performance.now() - MOST.ms;

  // Nobody looks at these thousands of screens, and to draw them would cost more
  // than all else.
  const unseen = new CSSStyleSheet({ disabled: true });
  unseen.replaceSync("html, dialog { opacity: 0; }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, unseen];

  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const pause = () => new Promise((done) => setTimeout(done, 4));
  const heading = () => document.querySelector("h1")?.innerText.trim();
  const dialog = () => [...document.querySelectorAll("dialog[open]")].pop();
  const isShown = (element) => element.getClientRects().length > 0;
  const isTyping = (element) =>
    element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])");

  async function until(what, isSo) {
    for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await pause()) {
      if (!document.getElementById("panic").hidden) {
        throw new Error("Something broke");
      }
      const value = isSo();
      if (value) {
        return value;
      }
    }
    const focused = document.activeElement?.cloneNode(false).outerHTML;
    throw new Error(`waited in vain for ${what}; the heading is “${heading()}”, the focus is on ${focused}`);
  }

  // A form that was changed asks before it is left; a person answers when the
  // address is that of the form again.
  let here = "";
  const headed = (name) => until(`the heading “${name}”`, () => {
    const buttons = location.hash === here ? [...(dialog()?.querySelectorAll("button") ?? [])] : [];
    buttons.find((button) => button.innerText === "Leave")?.click();
    return heading() === name;
  });

  // What tells one kind of control from another; a menu and the like are
  // another kind while they are open.
  function kind(element) {
    const parts = [element.localName, element.type, element.getAttribute("role"), element.classList[0]];
    const place = element.closest("th, td, dialog, nav, li, fieldset")?.localName;
    return [...parts, element.hasAttribute("aria-haspopup") && "menu", place].filter(Boolean).join(" ");
  }

  function controls(withHeader) {
    const menu = document.querySelector("[role=menu]:not([hidden])");
    const all = [...(dialog() ?? menu ?? document.body).querySelectorAll(CONTROLS)];
    const isReached = (element) =>
      isShown(element) && !element.disabled && !element.closest(".messages, [inert], [aria-hidden=true]");
    return all.filter((element) => isReached(element) && (withHeader || !element.closest("header.top, .skip")));
  }

  // The first control of each kind, as its place among all of that kind.
  function kinds(withHeader) {
    const found = new Map();
    for (const element of controls(withHeader)) {
      const name = kind(element);
      if (!found.has(name)) {
        found.set(name, element);
      }
    }
    const opens = (element) => element.matches("[aria-haspopup=menu], [role=combobox], summary");
    return [...found].flatMap(([name, element]) =>
      (opens(element) ? [false, true] : [false]).map((isOpen) => ({ name, isOpen, typing: isTyping(element) })));
  }

  const named = (name) => [...(dialog() ?? document).querySelectorAll("button, input")].find((button) =>
    isShown(button) && !button.disabled && (button.getAttribute("aria-label") ?? button.innerText).trim().startsWith(name));

  // What has come takes the focus a frame later.
  async function rest() {
    await frame();
    await frame();
  }

  async function close() {
    dialog().querySelector("button[aria-label=Close]").click();
    await until("no dialog", () => !dialog());
  }

  async function enter(screen) {
    await until("the history to rest", isAllowed);
    await rest();
    if (dialog()) {
      await close();
    }
    document.querySelector("[aria-haspopup=menu][aria-expanded=true]")?.click();
    await until("no menu", () => !document.querySelector("[role=menu]:not([hidden])"));
    if (location.hash !== screen.route && heading() === screen.heading) {
      // Screens of one heading can't be told from each other while one goes.
      await enter(elsewhere(screen));
    }
    if (location.hash !== screen.route || heading() !== screen.heading) {
      location.hash = screen.route;
      await headed(screen.heading);
      await rest();
    }
    here = screen.route;
    for (const name of screen.open ?? []) {
      const button = await until(`the button “${name}”`, () => named(name));
      if (button.checked || button.matches("[aria-expanded=true]")) {
        // The list comes back as it was left.
        continue;
      }
      const before = [dialog(), controls(true).length];
      button.click();
      await until(`what “${name}” opens`, () => dialog() !== before[0] || controls(true).length !== before[1]);
    }
  }

  async function focus({ name, isOpen }, withHeader) {
    const find = () => controls(withHeader).find((element) => kind(element) === name);
    const element = await until(`a control “${name}”`, find);
    element.focus();
    if (document.activeElement !== element) {
      throw new Error("it does not take the focus");
    }
    if (isOpen) {
      element.click();
      const isThere = () => element.matches("[aria-expanded=true]") || element.closest("details[open]");
      await until("its list", isThere);
      if (element.matches("[aria-haspopup=menu]")) {
        await until("the focus on an item", () => document.activeElement.closest("[role=menu]"));
      }
    }
    return document.activeElement;
  }

  function press(element, key, held = {}) {
    element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...held }));
  }

  const step = (name) => document.querySelector(`header button[aria-label=${name}]`);

  // A deal is come to from its list, which it then leads through.
  const elsewhere = (screen) =>
    screen.route.startsWith("#/customers") || (screen.record && screen.route.startsWith("#/deals"))
      ? { route: "#/deals/open", heading: "Deals", link: "Deals" }
      : { route: "#/customers", heading: "Customers", link: "Customers" };

  const WAYS = {
    async back(screen) {
      if (dialog()) {
        // The first step is for the dialog, and leaves the screen as it is.
        history.back();
        await until("no dialog", () => !dialog() && location.hash === here);
      }
      history.back();
      await headed(elsewhere(screen).heading);
    },
    async address(screen) {
      location.hash = elsewhere(screen).route;
      await headed(elsewhere(screen).heading);
    },
    async link(screen) {
      const { link, heading } = elsewhere(screen);
      [...document.querySelectorAll("header nav a")].find((a) => a.innerText.trim() === link).click();
      await headed(heading);
    },
    async n(screen, element) {
      press(element, "n");
      await headed("Add deal");
    },
    // Of a record that the last step has made.
    async undo(screen, element) {
      if (dialog() || isTyping(element)) {
        step("Undo").click();
      } else {
        press(element, "z", { ctrlKey: true });
      }
      // A form stays with what is in it.
      await (screen.isForm ? until("the step", () => !step("Redo").disabled) : headed("Not found"));
      step("Redo").click();
      await headed(screen.heading);
      await until("the record", () => step("Redo").disabled);
    },
    close,
  };

  function ways(screen, control) {
    const all = ["back", "address"];
    if (dialog()) {
      all.push("close");
    } else {
      all.push("link");
      if (!control.typing && screen.heading !== "Add deal") {
        all.push("n");
      }
    }
    return screen.record ? [...all, "undo"] : all;
  }

  // One kind after the other, and each in all ways.
  async function leaveAll(screens, report) {
    for (const screen of screens) {
      if (screen.record) {
        await enter(elsewhere(screen));
      }
      await enter(screen);
      const here = kinds(screen.header);
      const plan = here.flatMap((control) => ways(screen, control).map((way) => ({ control, way })));
      for (const { control, way } of plan) {
        report.now = `${screen.route} ${screen.open ?? ""} [${control.name}${control.isOpen ? ", open" : ""}] by ${way}`;
        if (way === "back" || screen.record) {
          await enter(elsewhere(screen));
        }
        await enter(screen);
        const element = await focus(control, screen.header);
        await WAYS[way](screen, element);
        report.left += 1;
      }
      here.forEach((control) => report.kinds.add(control.name));
    }
  }

  const AT_A_TIME = 10;

  return {
    // How far it has come after some more leavings, or at the end.
    async goOn() {
      const { report } = going;
      const next = report.left + AT_A_TIME;
      while (!report.isDone && report.left < next) {
        await pause();
      }
      return { ...report, kinds: [...report.kinds] };
    },
    start(screens) {
      const report = { left: 0, kinds: new Set(), now: "", failure: null, isDone: false };
      going.report = report;
      unseen.disabled = false;
      leaveAll(screens, report)
        .catch((error) => { report.failure = `${report.now}: ${error.message}`; })
        .finally(() => {
          unseen.disabled = true;
          report.isDone = true;
        });
    },
    // For what another tab does: the kinds of a screen, and the focus in one.
    look(screen, index) {
      const state = { failure: null, isDone: false, kinds: [] };
      going.state = state;
      const act = async () => {
        await enter(screen);
        state.kinds = kinds(false);
        if (index !== undefined && state.kinds[index]) {
          await focus(state.kinds[index], false);
        }
      };
      act().catch((error) => { state.failure = error.message; }).finally(() => { state.isDone = true; });
    },
  };
})();
