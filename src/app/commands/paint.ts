import process from "node:process";
import { styleText } from "node:util";

/** Colours for people; plain where the output is no terminal or NO_COLOR is set. The word is always there too. */
type Style = Parameters<typeof styleText>[0];
const with_ =
  (style: Style, stream: NodeJS.WriteStream) =>
  (words: string): string =>
    styleText(style, words, { stream, validateStream: true });

export const paint = {
  must: with_(["red", "bold"], process.stderr),
  error: with_(["red", "bold"], process.stdout),
  confirm: with_(["yellow", "bold"], process.stdout),
  warning: with_("yellow", process.stdout),
  info: with_("blue", process.stdout),
  good: with_("green", process.stdout),
  clause: with_("cyan", process.stdout),
  strong: with_("bold", process.stdout),
  quiet: with_("dim", process.stdout),
};
