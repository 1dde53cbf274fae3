/** The Merkle tree of RFC 6962 (RFC 9162, section 2.1): roots, proofs that an entry stands in it, proofs that it only grew. */
import { type Hash, sameBytes } from "./bytes.ts";

/** Leaves and nodes are hashed with different first bytes, so that neither can pass for the other. */
export const leafHash = (hash: Hash, content: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(1 + content.length);
  bytes.set(content, 1);
  return hash(bytes);
};

export const nodeHash = (hash: Hash, left: Uint8Array, right: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(1 + left.length + right.length);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 1 + left.length);
  return hash(bytes);
};

/** A complete subtree of 2^level leaves. */
export type Peak = { readonly level: number; readonly hash: Uint8Array };

export type GrowingTree = {
  /** Appends a leaf hash, or the root of a complete subtree where one may stand (the size is a multiple of its own). */
  readonly add: (one: Uint8Array, level?: number) => void;
  readonly size: () => number;
  readonly root: () => Uint8Array;
};

/** A tree that keeps only its O(log n) peaks. `onNode` hears of every complete subtree: its level, its place on that level, its root. */
export const growingTree = (
  hash: Hash,
  onNode?: (level: number, position: number, root: Uint8Array) => void,
): GrowingTree => {
  const peaks: Peak[] = [];
  let size = 0;
  return {
    add: (one, level = 0) => {
      if (size % 2 ** level !== 0) throw new RangeError("a subtree may only stand at a multiple of its size");
      size += 2 ** level;
      let top: Peak = { level, hash: one };
      for (let last = peaks.at(-1); last?.level === top.level; last = peaks.at(-1)) {
        peaks.pop();
        top = { level: top.level + 1, hash: nodeHash(hash, last.hash, top.hash) };
        onNode?.(top.level, size / 2 ** top.level - 1, top.hash);
      }
      peaks.push(top);
    },
    size: () => size,
    root: () => {
      let root = peaks.at(-1)?.hash;
      if (root === undefined) return hash(new Uint8Array(0));
      for (let index = peaks.length - 2; index >= 0; index -= 1)
        root = nodeHash(hash, peaks[index]!.hash, root);
      return root;
    },
  };
};

export const rootOf = (hash: Hash, leaves: Iterable<Uint8Array>): Uint8Array => {
  const tree = growingTree(hash);
  for (const leaf of leaves) tree.add(leaf);
  return tree.root();
};

/** Leaves `from` to `to` (exclusive, counted from 0), whose root is one step of a proof. */
export type Span = { readonly from: number; readonly to: number };

/** Largest power of two below `size`. */
const splitOf = (size: number): number => {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
};

/** The spans whose roots prove that leaf `index` stands in a tree of `size` leaves, from the leaf upwards. */
export const inclusionSpans = (index: number, size: number): readonly Span[] => {
  if (!(index >= 0 && index < size)) throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  const spans: Span[] = [];
  for (let from = 0, to = size; to - from > 1;) {
    const middle = from + splitOf(to - from);
    spans.push(index < middle ? { from: middle, to } : { from, to: middle });
    if (index < middle) to = middle;
    else from = middle;
  }
  return spans.reverse();
};

/** The spans whose roots prove that a tree of `size` leaves begins with the tree of `first` leaves (0 < first <= size). */
export const consistencySpans = (first: number, size: number): readonly Span[] => {
  if (!(first > 0 && first <= size)) throw new RangeError(`a tree of ${size} has no beginning of ${first}`);
  const spans: Span[] = [];
  let from = 0;
  let to = size;
  while (to !== first) {
    const middle = from + splitOf(to - from);
    if (first <= middle) {
      spans.push({ from: middle, to });
      to = middle;
    } else {
      spans.push({ from, to: middle });
      from = middle;
    }
  }
  // The verifier knows the first tree as a whole, but not its last complete part.
  if (from !== 0) spans.push({ from, to });
  return spans.reverse();
};

/** RFC 9162, section 2.1.3.2. */
export const isIncluded = (
  hash: Hash,
  { leaf, index, size, root }: { leaf: Uint8Array; index: number; size: number; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean => {
  if (!(index >= 0 && index < size)) return false;
  let at = index;
  let last = size - 1;
  let found = leaf;
  for (const step of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      found = nodeHash(hash, step, found);
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    } else found = nodeHash(hash, found, step);
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && sameBytes(found, root);
};

export type TreeHead = { readonly size: number; readonly root: Uint8Array };

/** RFC 9162, section 2.1.4.2. */
export const isConsistent = (
  hash: Hash,
  first: TreeHead,
  second: TreeHead,
  proof: readonly Uint8Array[],
): boolean => {
  if (first.size > second.size || first.size < 0) return false;
  if (first.size === second.size) return proof.length === 0 && sameBytes(first.root, second.root);
  if (first.size === 0) return proof.length === 0 && sameBytes(first.root, hash(new Uint8Array(0)));
  const whole = Number.isInteger(Math.log2(first.size));
  const [start, ...rest] = whole ? [first.root, ...proof] : proof;
  if (start === undefined) return false;
  let at = first.size - 1;
  let last = second.size - 1;
  while (at % 2 === 1) {
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  let before = start;
  let after = start;
  for (const step of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      before = nodeHash(hash, step, before);
      after = nodeHash(hash, step, after);
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    } else after = nodeHash(hash, after, step);
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && sameBytes(before, first.root) && sameBytes(after, second.root);
};
