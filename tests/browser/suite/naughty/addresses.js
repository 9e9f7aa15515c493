// Goes to many addresses, one after the other, each with the heading that is
// expected there, if any: the faults on the way.
const [addresses, done] = arguments;
(async () => {
  const faults = new Set();
  for (const [address, heading] of addresses) {
    location.hash = address;
    const headed = () => {
      const headings = [...document.querySelectorAll("h1")].map((one) => one.textContent);
      return headings.length === 1 && (heading === null || headings[0] === heading) ? [] : [`the headings are ${JSON.stringify(headings)}`];
    };
    for (const fault of await naughtyRest(headed)) {
      faults.add(`at ${JSON.stringify(address)}: ${fault}`);
    }
    if (faults.size > 0) {
      break;
    }
  }
  return [...faults];
})().then(done, (error) => done([String(error)]));
