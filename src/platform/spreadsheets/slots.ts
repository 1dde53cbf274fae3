import type { Readable } from "node:stream";
import { Busy } from "../errors.ts";

/** Exports that run at once in one process: they must not take the database from those who work. */
export const slots = 4;

const running = new WeakMap<object, number>();

/** Counts what `make` streams until it is closed, for this owner (the platform). Throws `Busy` where too many run already. */
export const inSlot = async <Stream extends Readable>(
  owner: object,
  make: () => Stream | Promise<Stream>,
): Promise<Stream> => {
  const held = running.get(owner) ?? 0;
  if (held >= slots) throw new Busy(15);
  running.set(owner, held + 1);
  const leave = () => running.set(owner, (running.get(owner) ?? 1) - 1);
  try {
    const stream = await make();
    stream.once("close", leave);
    return stream;
  } catch (error) {
    leave();
    throw error;
  }
};
