import { chanceOf } from "../random.ts";

/** Open-loop load: arrivals keep their times whatever the answers do, so a slow answer cannot hide the ones that wait behind it. */

export type Kind = { readonly perSecond: number; readonly act: () => Promise<void> };
export type Measured = {
  readonly asked: number;
  readonly answered: number;
  readonly perSecond: number;
  /** Milliseconds from the instant an arrival was due, whenever it could be sent. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly errors: number;
  /** The first few, in words. */
  readonly faults: readonly string[];
};
export type Arrivals<Name extends string> = {
  readonly kinds: Readonly<Record<Name, Measured>>;
  /** Every latency that was measured, ascending: rounds of the same load are put together. */
  readonly latencies: Readonly<Record<Name, readonly number[]>>;
  /** How late the generator itself sent, milliseconds: counted in every latency above. */
  readonly lag: { readonly p50: number; readonly p99: number; readonly max: number };
};

type Counting = { latencies: number[]; errors: number; asked: number; last: number; faults: Set<string> };

const tenth = (value: number) => Math.round(value * 10) / 10;
/** NaN where there is none. */
export const quantile = (sorted: readonly number[], share: number): number =>
  tenth(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);

/** Poisson arrivals of each kind for `warm` + `seconds`; what is due in the warm-up is sent but not measured. Errors count always. */
export const arrive = async <Name extends string>(
  kinds: Readonly<Record<Name, Kind>>,
  { seconds, warm, seed = 1 }: { readonly seconds: number; readonly warm: number; readonly seed?: number },
): Promise<Arrivals<Name>> => {
  const chance = chanceOf(seed);
  const names = Object.keys(kinds) as Name[];
  const plan = names
    .flatMap((name) => {
      const due: { at: number; name: Name }[] = [];
      for (let at = 0; ; due.push({ at, name })) {
        at -= (Math.log(1 - chance.next()) / kinds[name].perSecond) * 1_000;
        if (at >= (warm + seconds) * 1_000) return due;
      }
    })
    .sort((a, b) => a.at - b.at);
  const counts = Object.fromEntries(
    names.map((name) => [name, { latencies: [], errors: 0, asked: 0, last: 0, faults: new Set() }]),
  ) as unknown as Record<Name, Counting>;
  const lags: number[] = [];
  const running = new Set<Promise<void>>();
  const start = performance.now() + 50;
  const send = ({ at, name }: (typeof plan)[number]) => {
    const due = start + at;
    const counted = at >= warm * 1_000;
    const count = counts[name];
    if (counted) {
      count.asked += 1;
      lags.push(performance.now() - due);
    }
    const one = kinds[name]
      .act()
      .then(
        () => {
          if (!counted) return;
          count.last = performance.now();
          count.latencies.push(count.last - due);
        },
        (error: unknown) => {
          count.errors += 1;
          if (count.faults.size < 5) count.faults.add(String(error).slice(0, 300));
        },
      )
      .finally(() => running.delete(one));
    running.add(one);
  };
  let next = 0;
  while (next < plan.length) {
    const now = performance.now() - start;
    for (; next < plan.length && plan[next]!.at <= now; next += 1) send(plan[next]!);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(running);
  const measured = names.map((name) => {
    const { latencies, errors, asked, last, faults } = counts[name];
    const sorted = latencies.sort((a, b) => a - b);
    const span = Math.max(last - start - warm * 1_000, seconds * 1_000) / 1_000;
    return [
      name,
      {
        asked,
        answered: sorted.length,
        perSecond: tenth(sorted.length / span),
        p50: quantile(sorted, 0.5),
        p95: quantile(sorted, 0.95),
        p99: quantile(sorted, 0.99),
        max: tenth(sorted.at(-1) ?? Number.NaN),
        errors,
        faults: [...faults],
      },
    ] as const;
  });
  lags.sort((a, b) => a - b);
  return {
    kinds: Object.fromEntries(measured) as Record<Name, Measured>,
    latencies: Object.fromEntries(
      names.map((name) => [name, counts[name].latencies.map(tenth)]),
    ) as unknown as Record<Name, readonly number[]>,
    lag: { p50: quantile(lags, 0.5), p99: quantile(lags, 0.99), max: tenth(lags.at(-1) ?? 0) },
  };
};

/** Closed loop: so many at a time, as fast as they are answered. Calls a second, and the median in milliseconds. */
export const flatOut = async (
  act: () => Promise<void>,
  {
    seconds,
    width,
    warm = 0.5,
  }: { readonly seconds: number; readonly width: number; readonly warm?: number },
): Promise<{ readonly perSecond: number; readonly p50: number; readonly p99: number }> => {
  const latencies: number[] = [];
  const from = performance.now() + warm * 1_000;
  const end = from + seconds * 1_000;
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let now = performance.now(); now < end; now = performance.now()) {
        await act();
        if (now >= from) latencies.push(performance.now() - now);
      }
    }),
  );
  const sorted = latencies.sort((a, b) => a - b);
  const fine = (share: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN) * 100) /
    100;
  return { perSecond: Math.round(sorted.length / seconds), p50: fine(0.5), p99: fine(0.99) };
};
