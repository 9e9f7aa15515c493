// Unpacks LZMA: four bits of the byte before tell literals apart, and where
// a byte lies tells nothing. Returns what has been unpacked, all of it in the
// end, and what goes on with it up to a place.
function pipewrightUnpacker(packed, length) {
  const all = new Uint8Array(length);
  // Where the chances of each kind of bit begin.
  const IS_MATCH = 0;
  const IS_AGAIN = 12;
  const IS_NOT_LAST = 24;
  const IS_NOT_SECOND = 36;
  const IS_FOURTH = 48;
  const IS_LONG = 60;
  const SLOTS = 72;
  const DISTANCES = 328;
  const ENDS = 444;
  const LENGTHS = 460;
  const LENGTHS_AGAIN = 734;
  const LITERALS = 1008;
  const chances = new Uint16Array(LITERALS + 16 * 768).fill(1024);
  // The range, and where in it the packed bytes are.
  const range = new Uint32Array([4294967295, 0]);
  let next = 0;
  let at = 0;
  let state = 0;
  let last = 1;
  let second = 1;
  let third = 1;
  let fourth = 1;
  function more() {
    range[1] = (range[1] << 8) | packed[next];
    next += 1;
  }
  for (let count = 0; count < 5; count += 1) {
    more();
  }
  function fill() {
    if (range[0] < 16777216) {
      range[0] <<= 8;
      more();
    }
  }
  function bit(place) {
    const chance = chances[place];
    const bound = (range[0] >>> 11) * chance;
    const is = range[1] >= bound;
    if (is) {
      range[0] -= bound;
      range[1] -= bound;
      chances[place] = chance - (chance >> 5);
    } else {
      range[0] = bound;
      chances[place] = chance + ((2048 - chance) >> 5);
    }
    fill();
    return is ? 1 : 0;
  }
  function number(place, bits) {
    let read = 1;
    for (let count = 0; count < bits; count += 1) {
      read = (read << 1) | bit(place + read);
    }
    return read - (1 << bits);
  }
  // The lowest bit first.
  function turned(place, bits) {
    let read = 1;
    let value = 0;
    for (let count = 0; count < bits; count += 1) {
      const is = bit(place + read);
      read = (read << 1) | is;
      value |= is << count;
    }
    return value;
  }
  function even(bits) {
    let value = 0;
    for (let count = 0; count < bits; count += 1) {
      range[0] >>>= 1;
      const is = range[1] >= range[0] ? 1 : 0;
      range[1] -= is * range[0];
      value = (value << 1) | is;
      fill();
    }
    return value;
  }
  function lengthAt(place) {
    if (!bit(place)) {
      return 2 + number(place + 2, 3);
    }
    return bit(place + 1) ? 18 + number(place + 18, 8) : 10 + number(place + 10, 3);
  }
  function distance(length) {
    const slot = number(SLOTS + 64 * Math.min(length - 2, 3), 6);
    if (slot < 4) {
      return slot + 1;
    }
    const bits = (slot >> 1) - 1;
    const first = (2 | (slot & 1)) << bits;
    return 1 + first + (slot < 14 ?
      turned(DISTANCES + first - slot, bits) :
      (even(bits - 4) << 4) + turned(ENDS, 4));
  }
  function literal() {
    const place = LITERALS + 768 * (at > 0 ? all[at - 1] >> 4 : 0);
    let read = 1;
    if (state > 6) {
      // What stands there is not what stood at the last distance.
      let other = all[at - last];
      let mask = 256;
      while (read < 256) {
        other <<= 1;
        const expected = other & mask;
        const is = bit(place + mask + expected + read);
        read = (read << 1) | is;
        mask &= is ? expected : ~expected;
      }
    }
    while (read < 256) {
      read = (read << 1) | bit(place + read);
    }
    return read;
  }
  function copy(count) {
    for (let left = count; left > 0; left -= 1) {
      all[at] = all[at - last];
      at += 1;
    }
  }
  // One of the distances before, which is the last one then.
  function again() {
    if (bit(IS_NOT_LAST + state)) {
      let found = second;
      if (bit(IS_NOT_SECOND + state)) {
        found = third;
        if (bit(IS_FOURTH + state)) {
          found = fourth;
          fourth = third;
        }
        third = second;
      }
      second = last;
      last = found;
    } else if (!bit(IS_LONG + state)) {
      state = state < 7 ? 9 : 11;
      copy(1);
      return;
    }
    const count = lengthAt(LENGTHS_AGAIN);
    state = state < 7 ? 8 : 11;
    copy(count);
  }
  function until(end) {
    while (at < end) {
      if (!bit(IS_MATCH + state)) {
        all[at] = literal();
        at += 1;
        state -= state < 4 ? state : state < 10 ? 3 : 6;
      } else if (bit(IS_AGAIN + state)) {
        again();
      } else {
        fourth = third;
        third = second;
        second = last;
        const count = lengthAt(LENGTHS);
        last = distance(count);
        state = state < 7 ? 7 : 10;
        copy(count);
      }
    }
    return at;
  }
  return { all, until };
}
