import { type CheckRequest, checkRequestSchema } from "../../core/policy/application.ts";
import type { Finding, Judgement } from "../../core/policy/judge.ts";
import { Invalid, invalid } from "../../platform/errors.ts";
import { faultsOf, parseJson } from "../../platform/json.ts";
import { type Judge, judgeFor } from "../../platform/judge.ts";
import { loadPolicy } from "../../platform/policies.ts";
import { type Command, jsonOption } from "./command.ts";
import { lines, megabyte, readText, write } from "./input.ts";
import { paint } from "./paint.ts";

const mostBytes = 32 * megabyte;
const mostLineBytes = 8 * megabyte;

const judges = new Map<string, Promise<Judge>>();
const judgeOfPolicy = (id: string): Promise<Judge> => {
  const judge = judges.get(id) ?? loadPolicy(id).then(judgeFor);
  judges.set(id, judge);
  return judge;
};

/** Parses and judges one request. Throws `Invalid` with every fault and its place. */
const judgeText = async (source: string, place: string): Promise<Judgement> => {
  const parsed = checkRequestSchema.safeParse(parseJson(source, place));
  if (!parsed.success) throw new Invalid(faultsOf(parsed.error));
  const request: CheckRequest = parsed.data;
  return (await judgeOfPolicy(request.policy))(request);
};

const present = ({ policy, stage, verdict, findings }: Judgement) => ({
  policy,
  stage,
  verdict,
  findings: findings.map(({ rule, clause, severity, overridable, path, message }) => ({
    rule,
    clause,
    severity,
    overridable,
    path,
    message,
  })),
});

const words = { error: "必须改", confirm: "请确认", warning: "提醒", info: "告知" } as const;
const verdicts = {
  blocked: paint.error("现在还不能通过"),
  confirm: paint.confirm("可以通过，另有事项需要人确认"),
  clear: paint.good("可以通过"),
};

const tell = (one: Finding): string => {
  const override = one.overridable ? paint.quiet("（可由有记录的例外决定放行）") : "";
  return `${paint[one.severity](words[one.severity])} ${paint.clause(one.clause)} ${one.message.zh}${override}
       ${paint.quiet(one.path)} ${one.advice.zh}\n`;
};

const one = async (file: string, json: boolean): Promise<number> => {
  const judgement = await judgeText(await readText(file, mostBytes), file === "-" ? "stdin" : file);
  if (json) await write(`${JSON.stringify(present(judgement))}\n`);
  else {
    for (const finding of judgement.findings) await write(tell(finding));
    await write(
      `${verdicts[judgement.verdict]}　${paint.quiet(`${judgement.policy}，${judgement.stage}`)}\n`,
    );
  }
  return judgement.verdict === "blocked" ? 1 : 0;
};

const batch = async (file: string): Promise<number> => {
  let malformed = false;
  for await (const line of lines(file, mostLineBytes)) {
    const place = `line ${line.number}`;
    let answer: unknown;
    try {
      if ("tooLong" in line)
        throw invalid(
          place,
          `超过 ${mostLineBytes / megabyte} MB`,
          `longer than ${mostLineBytes / megabyte} MB`,
        );
      if ("notText" in line) throw invalid(place, "不是 UTF-8 文本", "not UTF-8 text");
      answer = present(await judgeText(line.text, place));
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      malformed = true;
      answer = {
        error: {
          line: line.number,
          faults: error.faults.map(({ place: path, reason }) => ({ path, message: reason })),
        },
      };
    }
    await write(`${JSON.stringify(answer)}\n`);
  }
  return malformed ? 2 : 0;
};

export const check: Command = {
  name: ["check"],
  positional: [{ name: "FILE|-", required: false }],
  options: [
    jsonOption,
    {
      name: "batch",
      help: "逐行读 JSON Lines，逐行给出结论 / JSON Lines in, one finding document a line out",
    },
  ],
  summary: "按指南判断一份申报 / judge an application by the guide",
  help: `读一份申报（JSON），按指南判断，给出每条发现的条款、严重程度、所在位置和所依据的事实。没有 FILE 或为 - 时读标准输入。
Reads an application (JSON) and judges it by the guide: every finding with its clause, severity, place and facts. Standard input where FILE is missing or -.
--batch 时有一行有误即以 2 退出，其余各行照常判断。With --batch, a malformed line gives an error of its own and exit code 2 at the end.`,
  run: async ({ positional, switches }) =>
    switches.has("batch") ? batch(positional[0] ?? "-") : one(positional[0] ?? "-", switches.has("json")),
};
