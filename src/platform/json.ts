import type { z } from "zod";
import { type InputFault, invalid } from "./errors.ts";

/** Names that reach a prototype: never a key of an input. */
const reserved = new Set(["__proto__", "constructor", "prototype"]);

/** Parses JSON from outside. Throws `Invalid` with the place of the fault. */
export const parseJson = (source: string, place: string): unknown => {
  let key = "";
  const guard = (name: string, value: unknown) => {
    if (reserved.has(name)) key = name;
    return value;
  };
  let parsed: unknown;
  try {
    // The reviver costs time: it runs only where a reserved name can stand at all.
    parsed = suspicious.test(source) ? JSON.parse(source, guard) : JSON.parse(source);
  } catch (error) {
    if (error instanceof RangeError) throw invalid(place, "JSON 嵌套过深", "JSON is nested too deeply");
    const words = error instanceof Error ? error.message : "";
    throw invalid(place, `不是合法的 JSON（${words}）`, `not JSON (${words})`);
  }
  if (key !== "") throw invalid(place, `不允许的键“${key}”`, `the key "${key}" is not allowed`);
  return parsed;
};

const suspicious = /__proto__|constructor|prototype|\\u/;

const pathOf = (steps: readonly PropertyKey[]): string =>
  steps
    .map((step, index) =>
      typeof step === "number" ? `[${step}]` : `${index === 0 ? "" : "."}${String(step)}`,
    )
    .join("");

/** The faults that a schema found, each with its place and in both languages. */
export const faultsOf = (error: z.ZodError, root = ""): readonly InputFault[] =>
  error.issues.flatMap((issue) => {
    const place = [root, pathOf(issue.path)].filter((part) => part !== "").join(root === "" ? "" : " ");
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => ({
        place: [root, pathOf([...issue.path, key])].filter((part) => part !== "").join(" "),
        reason: { zh: "未知的键", en: "unknown key" },
      }));
    if (issue.code === "invalid_type")
      return [
        {
          place,
          reason: {
            zh: issue.message.endsWith("received undefined")
              ? "缺少此项"
              : `类型不符，应为 ${issue.expected}`,
            en: issue.message,
          },
        },
      ];
    if (issue.code === "invalid_value")
      return [{ place, reason: { zh: `不在允许的取值之内：${issue.values.join("、")}`, en: issue.message } }];
    if (issue.code === "too_big")
      return [{ place, reason: { zh: `超出上限 ${String(issue.maximum)}`, en: issue.message } }];
    return [{ place, reason: { zh: `不符合要求：${issue.message}`, en: issue.message } }];
  });
