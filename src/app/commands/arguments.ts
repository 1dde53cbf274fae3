import { invalid } from "../../platform/errors.ts";
import type { Arguments, Command } from "./command.ts";

/** Reads the words after a command's name. Throws `Invalid` for what the command does not know. */
export const readArguments = (command: Command, words: readonly string[]): Arguments => {
  const positional: string[] = [];
  const switches = new Set<string>();
  const values = new Map<string, string>();
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    if (!word.startsWith("--")) {
      positional.push(word);
      continue;
    }
    const [name = "", inline] = word.slice(2).split("=", 2);
    const option = command.options.find((one) => one.name === name);
    if (option === undefined) throw invalid(`--${name}`, "没有这个选项", "there is no such option");
    if (option.value === undefined) {
      if (inline !== undefined) throw invalid(`--${name}`, "这个选项不带值", "this option takes no value");
      switches.add(name);
      continue;
    }
    const value = inline ?? words[(index += 1)];
    if (value === undefined) throw invalid(`--${name}`, `缺少 ${option.value}`, `${option.value} is missing`);
    values.set(name, value);
  }
  for (const [index, one] of command.positional.entries())
    if (one.required && positional[index] === undefined)
      throw invalid(one.name, "缺少此参数，见 --help", "this argument is missing; see --help");
  const extra = positional[command.positional.length];
  if (extra !== undefined) throw invalid(extra.slice(0, 80), "多余的参数", "this argument is not expected");
  for (const one of command.options)
    if (one.required === true && !values.has(one.name))
      throw invalid(`--${one.name}`, "缺少此选项，见 --help", "this option is missing; see --help");
  return { positional, switches, values };
};
