import { closeSync, fstatSync, openSync, readSync, writeSync } from "node:fs";
import type { ProblemArrays } from "../../src/core/assignment/problem.ts";

/** A problem as it goes from the generator to every contender, in JavaScript or not. */
export type Instance = Required<Omit<ProblemArrays, "recused">>;

const chunk = 2 ** 28;

/** Little-endian words of 32 bits: applications, experts, pairs, limit per organisation; then the arrays. */
export const writeInstance = (file: string, instance: Instance): void => {
  const { wanted, most, least, organization, rowStart, expert, weight, organizationLimit } = instance;
  const header = Uint32Array.of(wanted.length, most.length, expert.length, organizationLimit);
  const handle = openSync(file, "w");
  for (const array of [header, wanted, most, least, organization, rowStart, expert, weight]) {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let at = 0; at < bytes.length;)
      at += writeSync(handle, bytes, at, Math.min(chunk, bytes.length - at));
  }
  closeSync(handle);
};

/** Read in one piece, without copies: what it takes is the input and nothing more. */
export const readInstance = (file: string): Instance => {
  const handle = openSync(file, "r");
  const bytes = new Uint8Array(fstatSync(handle).size);
  for (let at = 0; at < bytes.length;)
    at += readSync(handle, bytes, at, Math.min(chunk, bytes.length - at), at);
  closeSync(handle);
  const [applications, experts, pairs, organizationLimit] = new Uint32Array(bytes.buffer, 0, 4);
  let place = 16;
  const next = (length: number): Uint32Array<ArrayBuffer> => {
    const array = new Uint32Array(bytes.buffer, place, length);
    place += length * 4;
    return array;
  };
  return {
    wanted: next(applications!),
    most: next(experts!),
    least: next(experts!),
    organization: next(experts!),
    rowStart: next(applications! + 1),
    expert: next(pairs!),
    weight: new Int32Array(bytes.buffer, place, pairs),
    organizationLimit: organizationLimit!,
  };
};
