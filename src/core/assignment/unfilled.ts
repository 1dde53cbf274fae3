import type { Panels, Problem } from "./problem.ts";

/** Why an application lacks reviews, counted over its candidates; the counts add up to `candidates`. */
export type Unfilled = {
  readonly application: number;
  readonly missing: number;
  /** As given, recused ones included. */
  readonly candidates: number;
  readonly recused: number;
  readonly assigned: number;
  /** At their maximum load, and those whose maximum is zero. */
  readonly full: number;
  readonly closed: number;
  /** Would be one too many of their organisation. */
  readonly organization: number;
  readonly why: string;
};

export const unfilledOf = (problem: Problem, panels: Panels): Unfilled[] => {
  const { applicationCount, wanted, rowStart, expert, most, organization, organizationLimit } = problem;
  const load = new Uint32Array(problem.expertCount);
  for (const who of panels.expert) load[who]! += 1;
  const found: Unfilled[] = [];
  for (let application = 0; application < applicationCount; application += 1) {
    const panel = panels.expert.subarray(panels.start[application], panels.start[application + 1]);
    const missing = wanted[application]! - panel.length;
    if (missing <= 0) continue;
    const candidates = expert.subarray(rowStart[application], rowStart[application + 1]);
    const homes = Array.from(panel, (who) => organization[who]!);
    let [full, closed, crowded] = [0, 0, 0];
    for (const who of candidates) {
      if (panel.includes(who)) continue;
      const same = homes.filter((home) => home === organization[who]).length;
      if (most[who] === 0) closed += 1;
      else if (load[who]! >= most[who]!) full += 1;
      else if (organizationLimit > 0 && same >= organizationLimit) crowded += 1;
    }
    const counts = {
      candidates: candidates.length + problem.recused[application]!,
      recused: problem.recused[application]!,
      assigned: panel.length,
      full,
      closed,
      organization: crowded,
    };
    found.push({ application, missing, ...counts, why: whyOf(counts) });
  }
  return found;
};

const words = [
  ["recused", "回避", "recused"],
  ["assigned", "已指派", "assigned"],
  ["full", "已满", "full"],
  ["closed", "不接评审", "take no reviews"],
  ["organization", "同单位超限", "one organisation too many"],
] as const;

/** "候选 4 人，回避 3 人，已满 1 人 / 4 candidates, 3 recused, 1 full" */
const whyOf = (counts: Omit<Unfilled, "application" | "missing" | "why">): string => {
  const said = words.filter(([key]) => counts[key] > 0);
  const chinese = [`候选 ${counts.candidates} 人`, ...said.map(([key, word]) => `${word} ${counts[key]} 人`)];
  const one = counts.candidates === 1 ? "candidate" : "candidates";
  const english = [`${counts.candidates} ${one}`, ...said.map(([key, , word]) => `${counts[key]} ${word}`)];
  return `${chinese.join("，")} / ${english.join(", ")}`;
};
