import { Busy } from "../errors.ts";

/** Papers are asked for several at a time; what each is drawn from is read one after the other, so that no burst of them takes the database from those who submit. */

type Line = { last: Promise<unknown>; waiting: number };
const lines = new WeakMap<object, Line>();
/** As many as may wait to be drawn. */
const most = 120;

/** Runs `read` when all that `owner` (the platform) was asked before is done. Throws `Busy` where too many wait already. */
export const oneByOne = async <Result>(owner: object, read: () => Promise<Result>): Promise<Result> => {
  const line = lines.get(owner) ?? { last: Promise.resolve(), waiting: 0 };
  lines.set(owner, line);
  if (line.waiting >= most) throw new Busy();
  line.waiting += 1;
  const turn = line.last.then(read).finally(() => (line.waiting -= 1));
  line.last = turn.catch(() => undefined);
  return turn;
};
