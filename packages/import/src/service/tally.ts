// How often each of many hashes has been met, in 17 to 34 bytes for each: a Map of their texts takes 120, and a file may
// have millions of rows.

/** For hashes of 64 bits that are spread evenly. Answers how often this one has been met, with this time. */
export function tally(): (hash: bigint) => number {
  let hashes = new BigUint64Array(1024);
  let times = new Uint32Array(hashes.length);
  let used = 0;

  /** Where the hash stands, or is to stand: 0 times is a free place. */
  function placeOf(hash: bigint): number {
    let place = Number(hash % BigInt(hashes.length));
    while (times[place] !== 0 && hashes[place] !== hash) place = (place + 1) % hashes.length;
    return place;
  }

  function put(hash: bigint, count: number): void {
    const place = placeOf(hash);
    hashes[place] = hash;
    times[place] = count;
  }

  function grow(): void {
    const [oldHashes, oldTimes] = [hashes, times];
    hashes = new BigUint64Array(oldHashes.length * 2);
    times = new Uint32Array(hashes.length);
    for (const [place, count] of oldTimes.entries()) if (count > 0) put(oldHashes[place]!, count);
  }

  return (hash) => {
    const count = times[placeOf(hash)]! + 1;
    if (count === 1) {
      used += 1;
      if (used > hashes.length * 0.7) grow();
    }
    put(hash, count);
    return count;
  };
}
