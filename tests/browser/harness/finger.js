// A finger, for the driver that has none: tells the page what a browser tells
// it of one, and takes it for scrolling where a browser would.
const [actions, ...others] = arguments;
const done = others.pop();

const ID = 9;
const SLOP_PX = 10;

const finger = (window.finger ??= { at: [0, 0], from: [0, 0], target: null, captor: null, scrolls: false });

const tell = (target, type, cancelable = true) => {
  const [clientX, clientY] = finger.at;
  const isDown = type !== "pointerup" && type !== "pointercancel";
  const event = new PointerEvent(type, {
    pointerId: ID, pointerType: "touch", isPrimary: true, bubbles: true, composed: true, cancelable,
    clientX, clientY, button: type === "pointermove" ? -1 : 0, buttons: Number(isDown), pressure: isDown ? 0.5 : 0,
  });
  return target.dispatchEvent(event);
};
const touch = (type) => finger.target.dispatchEvent(new Event(type, { bubbles: true, composed: true, cancelable: true }));

const give = (captor) => {
  const before = finger.captor;
  finger.captor = captor;
  if (before && before !== captor && before.isConnected) tell(before, "lostpointercapture", false);
  if (captor && before !== captor) tell(captor, "gotpointercapture", false);
};

// The browser's own know nothing of this finger.
if (!finger.isKnown) {
  finger.isKnown = true;
  const { setPointerCapture, releasePointerCapture, hasPointerCapture } = Element.prototype;
  Object.assign(Element.prototype, {
    setPointerCapture(id) {
      return id === ID ? give(this) : setPointerCapture.call(this, id);
    },
    releasePointerCapture(id) {
      if (id !== ID) return releasePointerCapture.call(this, id);
      if (finger.captor === this) give(null);
    },
    hasPointerCapture(id) {
      return id === ID ? finger.captor === this : hasPointerCapture.call(this, id);
    },
  });
}

// What is pressed hears of the finger until something else captures it.
const hearer = () => (finger.captor?.isConnected ? finger.captor : finger.target.isConnected ? finger.target : document);

const mayScroll = () => {
  for (let part = finger.target; part; part = part.parentElement) {
    if (getComputedStyle(part).touchAction === "none") return false;
  }
  return true;
};

const distance = () => Math.hypot(finger.at[0] - finger.from[0], finger.at[1] - finger.from[1]);

const lift = (type) => {
  tell(hearer(), type, type === "pointerup");
  give(null);
};

const moved = () => {
  if (!finger.target || finger.scrolls) return;
  const isFree = touch("touchmove");
  if (isFree && mayScroll() && distance() > SLOP_PX) {
    finger.scrolls = true;
    lift("pointercancel");
  } else {
    tell(hearer(), "pointermove");
  }
};

const down = () => {
  const target = document.elementFromPoint(...finger.at) ?? document.body;
  Object.assign(finger, { target, from: finger.at, scrolls: false });
  tell(target, "pointerdown");
  touch("touchstart");
};

const up = () => {
  if (!finger.target) return;
  touch("touchend");
  if (!finger.scrolls) lift("pointerup");
  if (!finger.scrolls && distance() <= SLOP_PX) finger.target.click?.();
  finger.target = null;
};

const rest = (time) => new Promise((resume) => setTimeout(resume, time));

const goal = ({ origin, x, y }) => {
  if (origin === "pointer") return [finger.at[0] + x, finger.at[1] + y];
  if (origin === "viewport") return [x, y];
  const { left, top, width, height } = others[origin].getBoundingClientRect();
  return [left + width / 2 + x, top + height / 2 + y];
};

const move = async (action) => {
  const [from, to] = [finger.at, goal(action)];
  const steps = Math.max(1, Math.round((action.duration || 0) / 16));
  for (let step = 1; step <= steps; step++) {
    finger.at = from.map((start, axis) => start + ((to[axis] - start) * step) / steps);
    moved();
    await rest(16);
  }
};

(async () => {
  for (const action of actions) {
    if (action.type === "pointerMove") await move(action);
    if (action.type === "pointerDown") down();
    if (action.type === "pointerUp") up();
    if (action.type === "pause") await rest(action.duration);
  }
  done(null);
})().catch((error) => done(String(error)));
