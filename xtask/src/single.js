// All parts of the program are in this file: packed by LZMA, one after the
// other, and written as the characters that dense.rs tells of.
(function () {
  "use strict";

  // How many bytes are unpacked before the page gets its turn.
  const SLICE = 400000;
  const NOT_WHOLE = "The file is not whole: a part of the program is missing.";

  // The bytes that a text stands for, 159 bits in ten characters.
  function bytesOf(text, length) {
    if (text.length * 15.9 < length * 8) {
      throw new Error(NOT_WHOLE);
    }
    const bytes = new Uint8Array(length);
    let at = 0;
    let held = 0;
    let bits = 0;
    function put(count, value) {
      held = (held << count) | value;
      bits += count;
      while (bits >= 8) {
        bits -= 8;
        bytes[at] = held >>> bits;
        at += 1;
      }
      held &= (1 << bits) - 1;
    }
    for (let group = 0; group < text.length; group += 10) {
      let digits = 0;
      for (let place = group; place < group + 10; place += 1) {
        const code = text.charCodeAt(place);
        const low = code & 255;
        const high = code >> 8;
        const value = (high - 1 - (high > 10) - (high > 13) - (high > 223) * 8) * 254 +
          low - (low > 10) - (low > 13);
        put(12, value & 4095);
        digits = digits * 15 + (value >> 12);
      }
      put(15, Math.floor(digits / 16777216));
      put(24, digits % 16777216);
    }
    return bytes;
  }

  // Where a part is, in an element that says of each what it is called and how
  // many bytes it has.
  const readers = new Map();
  function placeOf(name) {
    for (const element of document.querySelectorAll("script[data-parts]")) {
      let start = 0;
      let found = null;
      for (const part of element.dataset.parts.split(" ")) {
        const [known, length] = part.split(":");
        const end = start + Number(length);
        if (known === name) {
          found = [start, end];
        }
        start = end;
      }
      if (found) {
        if (!readers.has(element)) {
          const packed = bytesOf(element.textContent, Number(element.dataset.bytes));
          readers.set(element, pipewrightUnpacker(packed, start));
        }
        return [readers.get(element), found[0], found[1]];
      }
    }
    throw new Error(NOT_WHOLE);
  }

  // The bytes of a part. What stands before it is unpacked as well.
  window.pipewrightPart = async function (name) {
    const [reader, start, end] = placeOf(name);
    for (let at = reader.until(0); at < end;) {
      at = reader.until(Math.min(at + SLICE, end));
      if (at < end) {
        await new Promise(function (go) { setTimeout(go); });
      }
    }
    return reader.all.subarray(start, end);
  };

  // Puts a script or a style sheet that is inside into the page; the security
  // policy knows it by its hash.
  window.pipewrightRun = async function (name, kind) {
    const element = document.createElement(kind || "script");
    element.textContent = new TextDecoder().decode(await pipewrightPart(name));
    document.head.append(element);
  };

  document.addEventListener("DOMContentLoaded", function () {
    pipewrightRun("start").catch(window.pipewrightNotStarted);
  });
}());
