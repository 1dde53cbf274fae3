import { type Panels, type Problem, unit } from "../../src/core/assignment/problem.ts";
import { peer } from "../peers.ts";

/** Seconds; HiGHS looks at its clock now and then. */
const timeLimit = 120;

type Answer = {
  readonly Status: string;
  readonly Columns: Readonly<Record<string, { readonly Primal?: number }>>;
};
type Highs = { readonly solve: (problem: string, options: object) => Answer };

/**
 * The same problem as a linear programme. All its limits are nested sets on either side, a flow: the corners are whole, and
 * the simplex method ends in a corner. An unfilled review costs as much as in the other yardsticks.
 */
export const highs = async (): Promise<(problem: Problem) => Panels> => {
  const load = peer("highs").module as () => Promise<Highs>;
  const solver = await load();
  return (problem) => {
    const { Status, Columns } = solver.solve(linearProgramme(problem), {
      time_limit: timeLimit,
      output_flag: false,
    });
    if (Status !== "Optimal") throw new Error(`HiGHS: ${Status}`);
    const start = new Uint32Array(problem.applicationCount + 1);
    const chosen: number[] = [];
    for (let row = 0; row < problem.applicationCount; row += 1) {
      for (let entry = problem.rowStart[row]!; entry < problem.rowStart[row + 1]!; entry += 1)
        if ((Columns[`x${entry}`]?.Primal ?? 0) > 0.5) chosen.push(problem.expert[entry]!);
      start[row + 1] = chosen.length;
    }
    return { start, expert: Uint32Array.from(chosen) };
  };
};

const unfilledCost = 4;

const linearProgramme = (problem: Problem): string => {
  const { rowStart, expert, weight, wanted, most, least, organization, organizationLimit } = problem;
  const ofExpert = Array.from({ length: problem.expertCount }, () => [] as string[]);
  const objective: string[] = [];
  const limits: string[] = [];
  for (let row = 0; row < problem.applicationCount; row += 1) {
    const mine: string[] = [];
    const ofHome = new Map<number, string[]>();
    for (let entry = rowStart[row]!; entry < rowStart[row + 1]!; entry += 1) {
      const who = expert[entry]!;
      const name = `x${entry}`;
      objective.push(`${weight[entry]! / unit + unfilledCost} ${name}`);
      mine.push(name);
      ofExpert[who]!.push(name);
      const home = ofHome.get(organization[who]!);
      if (home === undefined) ofHome.set(organization[who]!, [name]);
      else home.push(name);
    }
    if (mine.length > 0) limits.push(`${mine.join(" + ")} <= ${wanted[row]!}`);
    if (organizationLimit === 0) continue;
    for (const names of ofHome.values())
      if (names.length > organizationLimit) limits.push(`${names.join(" + ")} <= ${organizationLimit}`);
  }
  for (const [who, names] of ofExpert.entries()) {
    if (names.length > most[who]!) limits.push(`${names.join(" + ")} <= ${most[who]!}`);
    if (least[who]! > 0) limits.push(`${names.join(" + ")} >= ${least[who]!}`);
  }
  const bounds = Array.from(weight, (_, entry) => `0 <= x${entry} <= 1`);
  return [
    "Maximize",
    objective.join("\n + "),
    "Subject To",
    limits.map((limit) => limit.replaceAll(" + ", "\n + ")).join("\n"),
    "Bounds",
    ...bounds,
    "End",
    "",
  ].join("\n");
};
