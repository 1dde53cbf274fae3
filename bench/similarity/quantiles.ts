/** Median, 99th percentile and worst of some measurements, to a thousandth. */
export const quantiles = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]! * 1e3) / 1e3;
  return { p50: at(0.5), p99: at(0.99), worst: at(1) };
};
