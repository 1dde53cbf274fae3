import { sql } from "kysely";
import { type GrowingTree, growingTree, type Span } from "../../core/ledger/merkle.ts";
import type { Queryable } from "../database/connect.ts";
import { sha256 } from "./sealed.ts";

/** Levels whose complete subtrees are stored: a tree of millions is put together from some hundred hashes. */
export const storedLevels: readonly number[] = [16, 8];

type Piece = { readonly level: number; readonly position: number };

/** Stored subtrees, largest first, then single leaves. */
const piecesOf = ({ from, to }: Span): readonly Piece[] => {
  const pieces: Piece[] = [];
  for (let at = from; at < to;) {
    const level = storedLevels.find((one) => at % 2 ** one === 0 && at + 2 ** one <= to) ?? 0;
    pieces.push({ level, position: at / 2 ** level });
    at += 2 ** level;
  }
  return pieces;
};

export type OnNode = (level: number, position: number, root: Uint8Array) => void;

/** The trees of some spans of numbered entries, in two statements. Throws `RangeError` where a hash is missing. */
export const treesOf = async (
  tx: Queryable,
  funder: string,
  spans: readonly Span[],
  onNode?: OnNode,
): Promise<readonly GrowingTree[]> => {
  const wanted = spans.map(piecesOf);
  const all = wanted.flat();
  const nodes = all.filter(({ level }) => level > 0);
  const leaves = all.filter(({ level }) => level === 0).map(({ position }) => position + 1);
  const found = new Map<string, Uint8Array>();
  if (nodes.length > 0) {
    const { rows } = await sql<Piece & { hash: Uint8Array }>`
      select level, position, hash from ledger_node
      join unnest(${nodes.map(({ level }) => level)}::integer[], ${nodes.map(({ position }) => position)}::bigint[])
        as wanted (level, position) using (level, position)
      where funder = ${funder}`.execute(tx);
    for (const { level, position, hash } of rows) found.set(`${level}/${position}`, hash);
  }
  if (leaves.length > 0) {
    const { rows } = await sql<{ number: number; hash: Uint8Array }>`
      select number, hash from ledger_entry
      where funder = ${funder} and number = any (${leaves}::bigint[])`.execute(tx);
    for (const { number, hash } of rows) found.set(`0/${number - 1}`, hash);
  }
  return wanted.map((pieces) => {
    const tree = growingTree(sha256, onNode);
    for (const { level, position } of pieces) {
      const hash = found.get(`${level}/${position}`);
      if (hash === undefined) throw new RangeError(`the ledger lacks the hash ${level}/${position}`);
      tree.add(hash, level);
    }
    return tree;
  });
};

/** The roots of the spans of a proof. */
export const rootsOf = async (
  tx: Queryable,
  funder: string,
  spans: readonly Span[],
): Promise<readonly Uint8Array[]> => (await treesOf(tx, funder, spans)).map((tree) => tree.root());
