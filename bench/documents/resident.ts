import { readdirSync, readFileSync } from "node:fs";

/** Resident megabytes of this process and of its children, sampled: Linux only. */
export type Peaks = { readonly parent: number; readonly child: number; readonly together: number };

const childrenOf = (pid: number): readonly number[] =>
  readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number),
  );

const megabytesOf = (pid: number): number => {
  try {
    return (Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * 4_096) / 1e6;
  } catch {
    // Gone between being listed and being read.
    return 0;
  }
};

const familyOf = (pid: number): readonly number[] => {
  try {
    return [pid, ...childrenOf(pid).flatMap(familyOf)];
  } catch {
    return [];
  }
};

/** Milliseconds of CPU that this process and all below it have used and still stand for, to 10 ms each. */
export const familyCpu = (): number =>
  familyOf(process.pid)
    .map((pid) => {
      try {
        // Behind the name, which may hold spaces: fields 14 and 15 of proc(5), in hundredths of a second.
        const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
        return (Number(fields[11]) + Number(fields[12])) * 10;
      } catch {
        return 0;
      }
    })
    .reduce((sum, one) => sum + one, 0);

/** Samples until it is stopped; `processes` counts the children that were seen. */
export const watchMemory = (every = 20) => {
  const seen = new Set<number>();
  let [parent, child, together] = [0, 0, 0];
  const sample = () => {
    const children = childrenOf(process.pid);
    const sizes = children.map(megabytesOf);
    for (const pid of children) seen.add(pid);
    const own = megabytesOf(process.pid);
    parent = Math.max(parent, own);
    child = Math.max(child, ...sizes);
    together = Math.max(together, own + sizes.reduce((sum, one) => sum + one, 0));
  };
  const timer = setInterval(sample, every);
  return {
    stop: (): Peaks & { readonly processes: number } => {
      clearInterval(timer);
      return {
        parent: Math.round(parent),
        child: Math.round(child),
        together: Math.round(together),
        processes: seen.size,
      };
    },
  };
};
