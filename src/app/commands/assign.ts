import process from "node:process";
import type { AssignmentInput } from "../../core/assignment/build.ts";
import { readAssignment } from "../../core/assignment/input.ts";
import { type AssignmentAnswer, assignApart } from "../../platform/assignment.ts";
import { Invalid } from "../../platform/errors.ts";
import { faultsOf, parseJson } from "../../platform/json.ts";
import { type Command, jsonOption } from "./command.ts";
import { megabyte, readText, write } from "./input.ts";
import { paint } from "./paint.ts";

const mostBytes = 500 * megabyte;
const progressAfter = 2_000;
const six = (value: number): number => Math.round(value * 1e6) / 1e6;

const read = async (file: string): Promise<AssignmentInput> => {
  const place = file === "-" ? "stdin" : file;
  const result = readAssignment(parseJson(await readText(file, mostBytes), place));
  if ("error" in result) throw new Invalid(faultsOf(result.error));
  if ("faults" in result)
    throw new Invalid(result.faults.map(({ place: at, zh, en }) => ({ place: at, reason: { zh, en } })));
  return result.input;
};

/** Solves with a line of progress for people now and then; Ctrl-C ends it with the best plan so far. */
const solve = async (input: AssignmentInput): Promise<AssignmentAnswer> => {
  const cancel = new AbortController();
  const interrupt = () => cancel.abort();
  process.once("SIGINT", interrupt);
  let next = Date.now() + progressAfter;
  try {
    return await assignApart(input, {
      signal: cancel.signal,
      progress: ({ epsilon, steps }) => {
        if (Date.now() < next) return;
        next = Date.now() + progressAfter;
        process.stderr.write(`正在求解 / solving: ε ${epsilon}, ${steps} steps\n`);
      },
    });
  } finally {
    process.removeListener("SIGINT", interrupt);
  }
};

export const assign: Command = {
  name: ["assign"],
  positional: [{ name: "FILE|-", required: false }],
  options: [jsonOption],
  summary: "专家指派，附最优性证明 / assign experts, with a proof",
  help: `读申报、候选专家与匹配度、专家的最多与最少评审数、回避关系，先补满尽可能多的评审，再使匹配度总和最大（或 fair：先抬高最弱的一项）。
结果附可核对的上界 bound。Ctrl-C 以当前最好的方案结束。
Reads applications with their candidates and affinities, experts' loads and conflicts; fills as many reviews as can be filled, then maximises
the total affinity (or, fair, raises the weakest match first). The answer carries a proven upper bound. Ctrl-C ends with the best plan so far.`,
  run: async ({ positional, switches }) => {
    const input = await read(positional[0] ?? "-");
    const answer = await solve(input);
    const { start, expert } = answer;
    const nameOf = (index: number) => input.experts[index]?.id ?? "";
    const assignments = input.applications.flatMap(({ id }, index) =>
      Array.from(expert.subarray(start[index], start[index + 1]), (who) => [id, nameOf(who)] as const),
    );
    const unfilled = answer.unfilled.map(({ application, missing, why }) => ({
      application: input.applications[application]?.id ?? "",
      missing,
      why,
    }));
    if (switches.has("json")) {
      const { objective, bound, seconds } = answer;
      await write(
        `${JSON.stringify({ objective: six(objective), bound: six(bound), unfilled, assignments, seconds })}\n`,
      );
      return 0;
    }
    for (const [application, who] of assignments) await write(`${application}  ${who}\n`);
    for (const one of unfilled)
      await write(`${paint.warning(`${one.application} 还缺 ${one.missing} 份`)}  ${one.why}\n`);
    for (const one of answer.short)
      await write(`${paint.warning(`${nameOf(one.expert)} 比最少评审数少 ${one.missing} 份`)}\n`);
    const proof = answer.feasible ? paint.good("约束全部满足") : paint.error("约束未全部满足");
    const early = answer.finished ? "" : "　提前结束，未必最优";
    const fair = answer.fairnessCost === null ? "" : `，公平的代价 ${six(answer.fairnessCost)}`;
    await write(
      `${proof}　已补 ${answer.filled} / ${answer.wanted}，总匹配度 ${six(answer.objective)}，上界 ${six(answer.bound)}${fair}　${answer.seconds.toFixed(3)} 秒${early}\n`,
    );
    return 0;
  },
};
