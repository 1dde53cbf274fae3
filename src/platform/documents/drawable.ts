import type { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import path from "node:path";
import { coverageOf } from "./coverage.ts";
import { legible, unitsOf } from "./legible.ts";

/** JSON whose texts the fonts can draw, and the characters (code points, ascending) that were written as their numbers. */
export type Drawable = { readonly json: string; readonly unknown: readonly number[] };

// Each in a block of its own: beside a character that no font has, Typst gives up the next one too.
const trial = `#set document(title: "trial")
#set page(height: auto)
#set text(lang: "zh", fallback: true)
#for unit in json("/trial.json") { block(unit) }`;

/**
 * What the font files do not have may still be in the fonts that Typst carries within (CO₂, ☐); and a mark may stand on one base and not on
 * another. So Typst itself is asked: PDF/A forbids boxes, and its refusal names what would be one.
 */
const refused = (
  compiler: NodeCompiler,
  workspace: string,
  units: readonly string[],
): ReadonlySet<string> => {
  const at = (name: string) => path.join(workspace, name);
  compiler.mapShadow(at("trial.typ"), Buffer.from(trial));
  compiler.mapShadow(at("trial.json"), Buffer.from(JSON.stringify(units)));
  const { result } = compiler.compile({ mainFilePath: at("trial.typ") });
  if (result === null) return new Set(units);
  try {
    compiler.pdf(result, { pdfStandard: "a-2a", creationTimestamp: 0 });
    return new Set();
  } catch (error) {
    const names = [...String(error).matchAll(/`\\"([^`]{1,80})\\"` could not/gu)].map(([, name = ""]) =>
      name.replaceAll(/\\{1,4}u\{([0-9a-f]{1,6})\}/g, (_, hex: string) =>
        String.fromCodePoint(Number.parseInt(hex, 16)),
      ),
    );
    // A refusal of another kind would be about something in these units: none of them is trusted.
    return new Set(
      names.length === 0 ? units : units.filter((unit) => names.some((name) => unit.includes(name))),
    );
  }
};

/** Remembers, for one set of fonts, what can be drawn. */
export const drawableWith = (
  compiler: NodeCompiler,
  { workspace, fonts }: { readonly workspace: string; readonly fonts: readonly string[] },
): ((json: string) => Drawable) => {
  const covers = coverageOf(fonts);
  const known = new Map<string, boolean>();
  const isCovered = (unit: string) => isOne(unit) && covers(unit.codePointAt(0)!);
  const draws = (unit: string) => isCovered(unit) || known.get(unit) === true;
  const learn = (units: readonly string[]) => {
    // A character and its marks are asked about together where each can be drawn.
    const worth = new Set(units.filter((unit) => isOne(unit) || Array.from(unit).every(draws)));
    const cannot = worth.size === 0 ? new Set<string>() : refused(compiler, workspace, [...worth]);
    for (const unit of units) known.set(unit, worth.has(unit) && !cannot.has(unit));
  };
  return (json) => {
    const data: unknown = JSON.parse(json);
    const asked = new Set<string>();
    for (const text of textsOf(data)) for (const unit of unitsOf(text)) asked.add(unit);
    const open = [...asked].filter((unit) => !isCovered(unit) && !known.has(unit));
    learn(open.filter(isOne));
    learn(open.filter((unit) => !isOne(unit)));
    const unknown = new Set<number>();
    const shown = JSON.stringify(data, (_, value: unknown) =>
      typeof value === "string" ? legible(value, draws, (one) => unknown.add(one)) : value,
    );
    return { json: shown, unknown: [...unknown].sort((a, b) => a - b) };
  };
};

const isOne = (unit: string) => unit.length === (unit.codePointAt(0)! > 0xffff ? 2 : 1);

// The names of fields are ours.
const textsOf = function* (value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null)
    for (const inner of Object.values(value)) yield* textsOf(inner);
};
