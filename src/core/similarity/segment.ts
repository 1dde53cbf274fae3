/**
 * An immutable inverted list, four bytes a posting: the upper bits hold what the bucket leaves of the key, the lower ones the
 * document. Buckets are sorted. No bit of a key is lost up to 2^23 documents.
 */
export type Segment = {
  readonly documents: number;
  readonly documentBits: number;
  readonly bucketBits: number;
  /** First posting of each bucket, and the end of the last. */
  readonly directory: Uint32Array;
  readonly postings: Uint32Array;
};

/** Calls back for every key of every document; asked twice, it must say the same. */
export type Postings = (visit: (key: number, document: number) => void) => void;

const mostBuckets = 23;

export const buildSegment = (documents: number, each: Postings): Segment => {
  const documentBits = Math.max(1, Math.ceil(Math.log2(Math.max(2, documents))));
  let count = 0;
  each(() => (count += 1));
  const spread = Math.ceil(Math.log2(Math.max(1, count / 8)));
  const bucketBits = Math.min(mostBuckets, Math.max(8, documentBits, spread));
  const shift = 32 - bucketBits;
  const directory = new Uint32Array(2 ** bucketBits + 1);
  each((key) => {
    directory[(key >>> shift) + 1]! += 1;
  });
  for (let bucket = 0; bucket < directory.length - 1; bucket += 1)
    directory[bucket + 1]! += directory[bucket]!;
  const free = directory.slice(0, -1);
  const postings = new Uint32Array(count);
  each((key, document) => {
    const bucket = key >>> shift;
    const residual = ((key << bucketBits) >>> 0) >>> documentBits;
    postings[free[bucket]!] = ((residual << documentBits) | document) >>> 0;
    free[bucket]! += 1;
  });
  for (let bucket = 0; bucket < directory.length - 1; bucket += 1)
    sortRange(postings, directory[bucket]!, directory[bucket + 1]!);
  return { documents, documentBits, bucketBits, directory, postings };
};

const sortRange = (row: Uint32Array, from: number, to: number): void => {
  if (to - from > 40) {
    row.subarray(from, to).sort();
    return;
  }
  for (let at = from + 1; at < to; at += 1) {
    const value = row[at]!;
    let place = at - 1;
    while (place >= from && row[place]! > value) {
      row[place + 1] = row[place]!;
      place -= 1;
    }
    row[place + 1] = value;
  }
};

/** First posting of `key`; `endOf` gives the end of the same run. */
export const startOf = ({ directory, postings, documentBits, bucketBits }: Segment, key: number): number => {
  const bucket = key >>> (32 - bucketBits);
  let low = directory[bucket]!;
  let high = directory[bucket + 1]!;
  const wanted = ((((key << bucketBits) >>> 0) >>> documentBits) << documentBits) >>> 0;
  while (high - low > 12) {
    const middle = Math.floor((low + high) / 2);
    if (postings[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  while (low < high && postings[low]! < wanted) low += 1;
  return low;
};

export const endOf = (
  { directory, postings, documentBits, bucketBits }: Segment,
  key: number,
  start: number,
): number => {
  const residual = ((key << bucketBits) >>> 0) >>> documentBits;
  let low = start;
  let high = directory[(key >>> (32 - bucketBits)) + 1]!;
  // Most runs are short, some are hundreds of thousands long.
  for (let step = 0; step < 8 && low < high; step += 1, low += 1)
    if (postings[low]! >>> documentBits !== residual) return low;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (postings[middle]! >>> documentBits === residual) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Every posting with its whole key, for merging. */
export const eachPosting = (
  { directory, postings, documentBits, bucketBits }: Segment,
  visit: (key: number, document: number) => void,
): void => {
  const shift = 32 - bucketBits;
  const lowest = 2 ** documentBits - 1;
  for (let bucket = 0; bucket < directory.length - 1; bucket += 1) {
    const to = directory[bucket + 1]!;
    for (let at = directory[bucket]!; at < to; at += 1) {
      const posting = postings[at]!;
      const rest = ((posting - (posting & lowest)) >>> 0) >>> bucketBits;
      visit(((bucket << shift) | rest) >>> 0, posting & lowest);
    }
  }
};
