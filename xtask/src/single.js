
// All parts of the program are in this file, in seven bits a character.
function pipewrightUnpack(element) {
  const keptOut = [0, 10, 13, 60];
  const text = element.textContent;
  const bytes = new Uint8Array(Number(element.dataset.bytes));
  let at = 0;
  let held = 0;
  let bits = 0;
  const put = function (group) {
    held = (held << 7) | group;
    bits += 7;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = held >> bits;
      at += 1;
      held &= (1 << bits) - 1;
    }
  };
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    if (code < 256) {
      put(code);
    } else {
      put(keptOut[(code - 256) >> 7]);
      put(code & 127);
    }
  }
  const whole = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(whole).arrayBuffer();
}

// Runs a script that is inside; the security policy knows it by its hash.
window.pipewrightRun = async function (name) {
  const inside = document.getElementById("script-" + name);
  const script = document.createElement("script");
  script.textContent = new TextDecoder().decode(await pipewrightUnpack(inside));
  document.head.append(script);
};
