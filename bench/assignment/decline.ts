import { assign } from "../../src/core/assignment/assign.ts";
import { problemFrom } from "../../src/core/assignment/problem.ts";
import { certificateOf, reoptimize, repairOf, substitute } from "../../src/core/assignment/repair.ts";
import { chanceOf } from "../random.ts";
import { readInstance } from "./instance.ts";

/** Experts decline one after the other, drawn from the seats as they are then: before anyone was told, and after. */

const declines = 2_000;

const [file, way] = process.argv.slice(2) as [string, "reoptimize" | "substitute"];
const plan = assign(problemFrom(readInstance(file)));
const starting = performance.now();
const repair = repairOf(plan);
const ready = performance.now() - starting;
const chance = chanceOf(21);
const times = new Float64Array(declines);
const { start, expert } = plan.panels;
// Seats of the first plan; one that changed hands meanwhile is passed over, and another drawn.
let done = 0;
while (done < declines) {
  const row = chance.below(start.length - 1);
  if (start[row] === start[row + 1]) continue;
  const who = expert[chance.between(start[row]!, start[row + 1]! - 1)]!;
  const before = performance.now();
  const held =
    way === "reoptimize" ? reoptimize(repair, row, who) : substitute(repair, row, who) !== undefined;
  if (!held) continue;
  times[done] = performance.now() - before;
  done += 1;
}
times.sort();
const round = (number: number) => Math.round(number * 1000) / 1000;
const { certificate } = certificateOf(repair);
console.log(
  JSON.stringify({
    declines,
    readyMilliseconds: round(ready),
    median: round(times[declines >> 1]!),
    p99: round(times[Math.floor(declines * 0.99)]!),
    longest: round(times.at(-1)!),
    gap: certificate.gap,
    feasible: certificate.feasible,
    filled: certificate.filled,
  }),
);
