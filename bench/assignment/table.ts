import type { Measured } from "./measure.ts";

export type Row = {
  readonly instance: string;
  readonly contender: string;
  readonly measured: Measured | { readonly failed: string };
};

/** (bound - objective) / objective, by the bound that the engine's prices prove: the same measure for everyone. */
export const gapOf = ({ objective, filled }: Measured, engine: Measured): number | null =>
  filled === engine.filled && typeof engine.bound === "number"
    ? Math.max(0, engine.bound - objective) / objective
    : null;

const shown = (gap: number | null) => (gap === null ? "fills fewer" : gap === 0 ? "0" : gap.toExponential(1));

/** One line a contender; `times` is its CPU as a multiple of the engine's. */
export const printTable = (rows: readonly Row[]): void => {
  const engines = new Map(
    rows.flatMap(({ instance, contender, measured }) =>
      contender === "engine" && !("failed" in measured) ? [[instance, measured] as const] : [],
    ),
  );
  console.table(
    rows.map(({ instance, contender, measured }) => {
      if ("failed" in measured) return { instance, contender, objective: measured.failed };
      const engine = engines.get(instance);
      return {
        instance,
        contender,
        objective: (measured.objective / 1e6).toFixed(6),
        bound: typeof measured.bound === "number" ? (measured.bound / 1e6).toFixed(6) : "",
        gap: engine === undefined ? "" : shown(gapOf(measured, engine)),
        filled: measured.filled,
        short: measured.short ?? "",
        cpu: Number(measured.cpu.toFixed(3)),
        times: engine === undefined ? "" : Number((measured.cpu / engine.cpu).toFixed(2)),
        MB: Math.round(measured.memory),
      };
    }),
  );
};
