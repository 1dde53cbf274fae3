import { flatOut } from "./arrivals.ts";
import { clientOf } from "./client.ts";

/** One request of a record system, spelled for whoever answers it. `turn` in the body stands for a number that counts up. */
export type Asked = {
  readonly url: string;
  readonly method: "GET" | "POST" | "PATCH";
  /** In turn; a writer is not used by two at a time. */
  readonly targets: readonly {
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    /** JSON; `"$version"` becomes the version of this target, which goes up with each answer. */
    readonly body?: string;
    readonly version?: number;
  }[];
};
type Speed = { readonly perSecond: number; readonly p50: number; readonly p99: number };
export type Beside = Readonly<
  Record<"save" | "list", { readonly alone: Speed; readonly sixteen: Speed; readonly bytes: number }>
>;

const measured = async ({ url, method, targets }: Asked, seconds: number) => {
  const client = clientOf(url, 16);
  const free = targets.map((one) => ({ one, version: one.version ?? 0 }));
  let bytes = 0;
  const act = async () => {
    const target = free.shift();
    if (target === undefined) throw new RangeError("every record is in use");
    const { path, headers, body } = target.one;
    const text = await client(method, path, headers, body?.replace('"$version"', String(target.version)));
    bytes = text.length;
    target.version += 1;
    free.push(target);
  };
  const alone = await flatOut(act, { seconds, width: 1, warm: 2 });
  const sixteen = await flatOut(act, { seconds, width: 16, warm: 1 });
  return { alone, sixteen, bytes };
};

/** Saving a record of thirty fields, and listing fifty of twenty thousand: one at a time, and over sixteen connections. */
export const beside = async (save: Asked, list: Asked, seconds: number): Promise<Beside> => ({
  save: await measured(save, seconds),
  list: await measured(list, seconds),
});
