// Runs before all other scripts. Notes each script that a text has smuggled
// in and that ran, and tells what is wrong with the page as it stands, in
// words.
(() => {
  const KEY = "naughty/run";
  const run = () => JSON.parse(sessionStorage.getItem(KEY) || "[]");
  const note = (text) => sessionStorage.setItem(KEY, JSON.stringify([...run(), text]));
  for (const name of ["alert", "confirm", "prompt", "open"]) {
    window[name] = (text) => note(`a script ran: ${name}(${text})`);
  }

  // What the program has none of, or has in other places only.
  const FOREIGN = `img, picture, iframe, frame, frameset, object, embed, applet, video, audio, source, track, base, math,
    marquee, portal, isindex, form[action], input[type=image], input[type=submit], [background], [srcdoc], [style*="url("],
    body script:not([src]), body style, body link, body meta, svg:not([aria-hidden=true])`;
  const CONTROLS = "a[href], button, input, select, textarea, summary";
  // Parts of a letter that may lie over its neighbours.
  const SLACK_PX = 4;

  // The styles of one look, each asked for once.
  let styles = new Map();
  const styleOf = (element) => {
    if (!styles.has(element)) {
      const { position, overflowX, overflowY } = getComputedStyle(element);
      styles.set(element, { position, clips: overflowX !== "visible" || overflowY !== "visible", scrolls: /auto|scroll/.test(overflowX) });
    }
    return styles.get(element);
  };
  // What lies over the rest of the page and is meant to.
  const layerOf = (element) => {
    for (let one = element; one; one = one.parentElement) {
      if (["fixed", "sticky", "absolute"].includes(styleOf(one).position) || one.matches("dialog, [popover]")) {
        return one;
      }
    }
    return null;
  };
  const cut = (a, b) => ({
    left: Math.max(a.left, b.left), top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right), bottom: Math.min(a.bottom, b.bottom),
  });
  const isEmpty = (it) => it.right - it.left < 2 || it.bottom - it.top < 2;
  // Where something within an element can be seen.
  let rooms = new Map();
  const roomOf = (element) => {
    if (!element) {
      return { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    }
    if (!rooms.has(element)) {
      const { position, clips } = styleOf(element);
      const around = position === "fixed" || element.matches("dialog, [popover]") ? null : element.parentElement;
      const room = roomOf(around);
      rooms.set(element, clips && around !== null ? cut(room, element.getBoundingClientRect()) : room);
    }
    return rooms.get(element);
  };
  const named = (element) => `${element.localName}.${element.className} ${JSON.stringify(element.textContent.slice(0, 80))}`;

  // What is in view: of what can be used, and of the lines of texts.
  const inView = (root) => {
    const controls = [];
    const lines = [];
    const range = document.createRange();
    const visit = (element) => {
      const place = element.getBoundingClientRect();
      const isBox = place.width > 0 || place.height > 0;
      if (element.localName === "svg" || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) {
        return;
      }
      if (isBox && styleOf(element).clips && (place.bottom < 0 || place.top > innerHeight)) {
        return;
      }
      if (element.matches(CONTROLS) && isBox && place.bottom > 0 && place.top < innerHeight) {
        controls.push([element, place]);
      }
      for (const child of element.childNodes) {
        if (child.nodeType === Node.ELEMENT_NODE) {
          visit(child);
        } else if (child.nodeType === Node.TEXT_NODE && child.data.trim() !== "" && place.bottom > 0 && place.top < innerHeight) {
          range.selectNodeContents(child);
          for (const line of range.getClientRects()) {
            const seen = cut(line, roomOf(element));
            if (!isEmpty(seen)) {
              lines.push({ ...seen, element });
            }
          }
        }
      }
    };
    visit(root);
    return [controls, lines];
  };

  const reachFault = ([control, place]) => {
    let scroller = control.parentElement;
    while (scroller && !(styleOf(scroller).scrolls && scroller.scrollWidth > scroller.clientWidth)) {
      scroller = scroller.parentElement;
    }
    const seen = cut(place, roomOf(control.parentElement));
    const reaches = Math.min(place.width, 12);
    if (!scroller && (place.left < -1 || seen.right - seen.left < reaches - 1)) {
      return `out of reach: ${named(control)}`;
    }
    if (isEmpty(seen)) {
      return null;
    }
    const top = document.elementFromPoint((seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2);
    const isReached = !top || control.contains(top) || top.contains(control) || [...(control.labels ?? [])].some((label) => label.contains(top));
    const layer = isReached ? null : layerOf(top);
    if (isReached || (layer && !layer.contains(control))) {
      return null;
    }
    return `${named(control)} is covered by ${named(top)}`;
  };

  const overlapFaults = (lines) => {
    const faults = [];
    lines.sort((a, b) => a.top - b.top);
    lines.forEach((one, at) => {
      for (let next = at + 1; next < lines.length && lines[next].top < one.bottom; next += 1) {
        const other = lines[next];
        const both = cut(one, other);
        const least = Math.min(one.bottom - one.top, other.bottom - other.top);
        if (one.element !== other.element && both.right - both.left > SLACK_PX && both.bottom - both.top > least / 2 && layerOf(one.element) === layerOf(other.element)) {
          faults.push(`${named(one.element)} lies over ${named(other.element)}`);
        }
      }
    });
    return faults.slice(0, 5);
  };

  window.naughtyLook = () => {
    styles = new Map();
    rooms = new Map();
    const faults = run();
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth) {
      const wide = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1);
      faults.push(`the page is ${root.scrollWidth} wide, the window ${innerWidth}: ${wide.slice(-3).map(named).join(", ")}`);
    }
    for (const one of document.querySelectorAll(FOREIGN)) {
      faults.push(`a text has become ${one.outerHTML.slice(0, 200)}`);
    }
    if (!document.getElementById("panic").hidden) {
      faults.push(`it broke: ${document.getElementById("panic-detail").textContent}`);
    }
    for (const body of document.querySelectorAll("tbody:has(> .row-spacer)")) {
      const rows = [...body.children].filter((row) => !row.matches(".row-spacer") && row.checkVisibility());
      const heights = rows.map((row) => row.getBoundingClientRect().height);
      // The last one has no line below it.
      if (Math.max(...heights) - Math.min(...heights) > 1.5) {
        faults.push(`rows of one list are from ${Math.min(...heights)} to ${Math.max(...heights)} high`);
      }
    }
    const dialogs = document.querySelectorAll("dialog:modal");
    const [controls, lines] = inView(dialogs[dialogs.length - 1] ?? document.body);
    faults.push(...controls.map(reachFault).filter((fault) => fault !== null).slice(0, 5));
    faults.push(...overlapFaults(lines));
    return faults;
  };

  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  window.naughtyFrame = frame;

  // What is wrong with the page once it rests: what is only on its way, such
  // as rows that come as it is scrolled, is right a few frames later. A part of
  // the program that is still being loaded is waited for.
  const MOST_FRAMES = 40;
  window.naughtyRest = async (isThere = () => []) => {
    await frame();
    await frame();
    for (let left = MOST_FRAMES; ; left -= document.querySelector(".coming") ? 0 : 1) {
      const faults = [...isThere(), ...naughtyLook()];
      if (faults.length === 0 || left === 0) {
        return faults;
      }
      await frame();
    }
  };
})();
