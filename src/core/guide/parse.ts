import { candidatesOf } from "./candidates.ts";
import { choose, type Chosen } from "./choose.ts";
import { contentsOf } from "./contents.ts";
import { withoutFurniture } from "./furniture.ts";
import type { Guide, GuideNode } from "./guide.ts";
import { headingLines, joinHeading } from "./heading.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { type Line, readLines } from "./lines.ts";
import { nameOf } from "./markers.ts";
import { type Labels, labelsOf, reflow } from "./reflow.ts";

type Growing = { -readonly [key in keyof GuideNode]: key extends "children" ? Growing[] : GuideNode[key] };

/** A parent's children, and what naming the next one needs. */
type Parent = {
  readonly children: Growing[];
  readonly names: Map<string, number>;
  readonly path: string;
  headed: boolean;
};

/** The lines of one marker: the rest of its own line, and all below it before the next marker. */
const linesOf = (
  lines: readonly Line[],
  { candidate, reading }: Chosen,
  next: Chosen | undefined,
): Line[] => {
  const own = lines[candidate.line]!;
  const from = candidate.offset + reading.marker.length;
  const shared = next?.candidate.line === candidate.line;
  const rest = own.text.slice(from, shared ? next.candidate.offset : undefined).trim();
  const below = shared ? [] : lines.slice(candidate.line + 1, next?.candidate.line);
  return rest === "" ? below : [{ ...own, text: rest }, ...below];
};

const idIn = (parent: Parent, marker: string): string => {
  const name = nameOf(marker);
  const times = (parent.names.get(name) ?? 0) + 1;
  parent.names.set(name, times);
  return `${parent.path}${name}${times > 1 ? `#${times}` : ""}`;
};

const titleOf = (lines: readonly Line[], layout: Layout, labels: Labels): string => {
  const numbered =
    lines[0] !== undefined && /^附\s?件\s?[\d一二三四五六七八九十]{0,3}[:：]?$/u.test(lines[0].text);
  if (!numbered || lines.length < 2) return titleText(lines, layout, labels);
  return `${lines[0]!.text} ${titleText(lines.slice(1), layout, labels)}`;
};

/** A title is set in short centred lines that belong together; a preface has paragraphs. */
const titleText = (lines: readonly Line[], layout: Layout, labels: Labels): string => {
  const first = lines.findIndex(({ text }) => /[。；：:;！？]/u.test(text));
  const headed = first < 0 ? lines : lines.slice(0, first);
  return [joinHeading(headed), first < 0 ? "" : reflow(lines.slice(first), layout, labels)]
    .filter((part) => part !== "")
    .join("\n");
};

/**
 * A guide's text as the tree its numbering says. Pure and linear in the length of the text, whatever it holds: a text
 * without markers is all title. Every character but white space and page furniture stands, in order, in the title or in
 * one node's marker, heading or text.
 */
export const parseGuide = (source: string): Guide => {
  const all = withoutFurniture(readLines(source));
  const contents = contentsOf(all);
  const layout = layoutOf(all.filter((_, at) => !contents.has(at)));
  const labels = labelsOf(all);
  const chosen = choose(candidatesOf(all, layout, contents));
  const start = chosen[0]?.candidate.line ?? all.length;
  const nodes: Growing[] = [];
  const parents: Parent[] = [{ children: nodes, names: new Map(), path: "", headed: false }];
  for (const [at, item] of chosen.entries()) {
    parents.length = item.depth + 1;
    const parent = parents[item.depth]!;
    const lines = linesOf(all, item, chosen[at + 1]);
    const headed = headingLines(lines, layout, labels, parent.headed);
    parent.headed = headed > 0;
    const node: Growing = {
      id: idIn(parent, item.reading.marker),
      marker: item.reading.marker,
      heading: joinHeading(lines.slice(0, headed)),
      text: reflow(lines.slice(headed), layout, labels),
      line: all[item.candidate.line]!.number,
      children: [],
    };
    parent.children.push(node);
    parents.push({ children: node.children, names: new Map(), path: `${node.id}/`, headed: false });
  }
  const before = all.slice(0, start).filter((_, at) => !contents.has(at));
  return { title: titleOf(before, layout, labels), nodes };
};
