// The elements that may be meant: those that match the selector, are shown, and
// whose possible names hold every word. What they really are called the browser
// is asked for afterwards; this only keeps the number of questions small.
const [scope, selector, words] = arguments;

const squash = (text) => (text || "").replace(/\s+/g, " ").toLowerCase();

const isShown = (element) => {
  if (element.tagName === "OPTION" || element.tagName === "OPTGROUP") {
    element = element.closest("select,datalist") || element;
  }
  // An element with display: contents has no box, yet its children are seen.
  while (element.parentElement && getComputedStyle(element).display === "contents") {
    element = element.parentElement;
  }
  return element.checkVisibility({ visibilityProperty: true });
};

// What lies behind an open dialog is out of reach; WebKit's driver names it all
// the same.
const dialog = /Apple/.test(navigator.vendor) ? [...document.querySelectorAll("dialog:modal")].pop() : undefined;
const isWithinReach = (element) => !dialog || dialog.contains(element);

const ownNames = (element) => {
  const names = ["aria-label", "title", "placeholder", "alt"].map((name) => element.getAttribute(name));
  if (element.tagName === "INPUT" && /^(button|submit|reset)$/.test(element.type)) {
    names.push(element.value);
  }
  for (const id of (element.getAttribute("aria-labelledby") || "").split(/\s+/)) {
    const label = id && document.getElementById(id);
    if (label) {
      names.push(label.textContent, label.getAttribute("aria-label"));
    }
  }
  for (const label of element.labels || []) {
    names.push(label.textContent);
  }
  return names.join(" ");
};

const mayBeNamed = (element) => {
  if (words.length === 0) {
    return true;
  }
  const lacks = (text) => words.some((word) => !text.includes(word));
  let text = squash(ownNames(element) + " " + element.textContent);
  if (!lacks(text)) {
    return true;
  }
  for (const inner of element.querySelectorAll("[aria-label],[alt],[title],[aria-labelledby]")) {
    text += " " + squash(ownNames(inner));
  }
  return !lacks(text);
};

return [...(scope || document).querySelectorAll(selector)].filter(
  (element) => isWithinReach(element) && isShown(element) && mayBeNamed(element),
);
