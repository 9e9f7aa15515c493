// Looks at the page as it is at a place of it: the faults, the texts of all
// elements of a kind that are in view by what tells them apart, and the next
// place to look at, if there is one.
const [selector, top, done] = arguments;
// Long pages that are there as a whole are looked at here and there.
const MOST_STOPS = 40;
const isList = selector !== null;
// The rows in view are there, from the top of what is seen of the list to its bottom.
const lacksRows = () => {
  const rows = [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
  const list = rows[0]?.closest("tbody, [role=rowgroup]")?.getBoundingClientRect();
  const places = rows.map((one) => (one.closest("tr, .row") ?? one).getBoundingClientRect());
  const isFilled = !list || list.bottom < 0 || list.top > innerHeight ||
    (Math.min(...places.map((it) => it.top)) <= Math.max(list.top, 0) + 1 &&
      Math.max(...places.map((it) => it.bottom)) >= Math.min(list.bottom, innerHeight) - 1);
  return isFilled ? [] : ["rows in view are not there"];
};
(async () => {
  scrollTo(0, top);
  const faults = await naughtyRest(isList ? lacksRows : undefined);
  const texts = {};
  for (const one of isList ? document.querySelectorAll(selector) : []) {
    if (one.checkVisibility()) {
      texts[one.getAttribute("href") || one.textContent] = one.textContent;
    }
  }
  const height = document.documentElement.scrollHeight;
  const step = Math.max(innerHeight * 0.8, isList ? 0 : height / MOST_STOPS);
  return [faults, texts, top + innerHeight < height ? top + step : null];
})().then(done, (error) => done([[String(error)], {}, null]));
