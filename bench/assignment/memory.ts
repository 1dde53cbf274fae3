import { existsSync, readFileSync, writeFileSync } from "node:fs";

const status = "/proc/self/status";

/** The peak of this process in bytes: of this program alone where Linux tells it, else with what it was forked from. */
export const peakMemory = (): number => {
  if (!existsSync(status)) return process.resourceUsage().maxRSS * 1024;
  return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(status, "utf8"))?.[1] ?? 0) * 1024;
};

/** Forgets the peak so far, where the system can; gives the memory in use. */
export const startMemory = (): number => {
  globalThis.gc?.();
  try {
    writeFileSync("/proc/self/clear_refs", "5");
  } catch {
    // Elsewhere the peak of reading the input counts as well: it is no higher than the input.
  }
  return process.memoryUsage.rss();
};
