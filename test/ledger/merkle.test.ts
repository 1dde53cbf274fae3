import { describe, expect, it } from "vitest";
import { hexOf } from "../../src/core/ledger/bytes.ts";
import {
  consistencySpans,
  growingTree,
  inclusionSpans,
  isConsistent,
  isIncluded,
  leafHash,
  rootOf,
} from "../../src/core/ledger/merkle.ts";
import { sha256 } from "./world.ts";

/** The test vectors of Certificate Transparency (google/certificate-transparency, merkle_tree_test). */
const inputs = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
];
const roots = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

const leavesOf = (size: number) =>
  Array.from({ length: size }, (_, index) => leafHash(sha256, Buffer.from(`entry ${index}`)));
const most = 130;
const all = leavesOf(most);
const spanRoot = ({ from, to }: { from: number; to: number }) => rootOf(sha256, all.slice(from, to));
const trees = Array.from({ length: most + 1 }, (_, size) => rootOf(sha256, all.slice(0, size)));

describe("the Merkle tree", () => {
  it("has the known roots of RFC 6962", () => {
    const leaves = inputs.map((input) => leafHash(sha256, Buffer.from(input, "hex")));
    expect(roots.map((_, index) => hexOf(rootOf(sha256, leaves.slice(0, index + 1))))).toEqual(roots);
    expect(hexOf(rootOf(sha256, []))).toBe(
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
  });

  it("grows by whole subtrees to the same root, and names them", () => {
    const nodes = new Map<string, string>();
    const one = growingTree(sha256, (level, position, root) =>
      nodes.set(`${level}/${position}`, hexOf(root)),
    );
    for (const leaf of all) one.add(leaf);
    expect(nodes.get("3/5")).toBe(hexOf(spanRoot({ from: 40, to: 48 })));
    const other = growingTree(sha256);
    other.add(spanRoot({ from: 0, to: 64 }), 6);
    for (let from = 64; from < 128; from += 8) other.add(spanRoot({ from, to: from + 8 }), 3);
    for (const leaf of all.slice(128)) other.add(leaf);
    expect(other.size()).toBe(most);
    expect(other.root()).toEqual(one.root());
    expect(() => other.add(all[0]!, 3)).toThrow(RangeError);
  });

  it("proves every leaf of every size, and nothing else", () => {
    for (let size = 1; size <= most; size += 1)
      for (let index = 0; index < size; index += 1) {
        const proof = inclusionSpans(index, size).map(spanRoot);
        const claim = { leaf: all[index]!, index, size, root: trees[size]! };
        expect(isIncluded(sha256, claim, proof)).toBe(true);
        const other = (index + 1) % size;
        if (size === 1) continue;
        expect(isIncluded(sha256, { ...claim, index: other }, proof)).toBe(false);
        expect(isIncluded(sha256, { ...claim, leaf: all[other]! }, proof)).toBe(false);
        expect(isIncluded(sha256, { ...claim, root: trees[size - 1]! }, proof)).toBe(false);
        expect(isIncluded(sha256, claim, proof.slice(1))).toBe(false);
        expect(isIncluded(sha256, claim, [...proof, all[0]!])).toBe(false);
      }
    expect(() => inclusionSpans(3, 3)).toThrow(RangeError);
  });

  it("proves for every pair of sizes that the tree only grew, and nothing else", () => {
    for (let size = 1; size <= most; size += 1)
      for (let first = 1; first <= size; first += 1) {
        const proof = consistencySpans(first, size).map(spanRoot);
        const [before, after] = [
          { size: first, root: trees[first]! },
          { size, root: trees[size]! },
        ];
        expect(isConsistent(sha256, before, after, proof)).toBe(true);
        const forged = { size: first, root: sha256(before.root) };
        expect(isConsistent(sha256, forged, after, proof)).toBe(false);
        expect(isConsistent(sha256, before, { size, root: sha256(after.root) }, proof)).toBe(false);
        expect(isConsistent(sha256, before, after, [...proof, all[0]!])).toBe(false);
        expect(proof.length > 0 && isConsistent(sha256, before, after, proof.slice(1))).toBe(false);
      }
    expect(isConsistent(sha256, { size: 0, root: trees[0]! }, { size: 5, root: trees[5]! }, [])).toBe(true);
  });
});
