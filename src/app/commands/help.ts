import type { Command } from "./command.ts";

const usage = (command: Command): string =>
  [
    "zhinan",
    ...command.name,
    ...command.positional.map((one) => (one.required ? one.name : `[${one.name}]`)),
    ...command.options.map((one) => {
      const words = one.value === undefined ? `--${one.name}` : `--${one.name} ${one.value}`;
      return one.required === true ? words : `[${words}]`;
    }),
  ].join(" ");

/** The help of one command. */
export const helpOf = (command: Command): string => {
  const width = Math.max(6, ...command.options.map((one) => one.name.length + (one.value?.length ?? -1) + 3));
  const options = [...command.options, { name: "help", help: "这一页 / this page" }].map((one) => {
    const words = "value" in one && one.value !== undefined ? `--${one.name} ${one.value}` : `--${one.name}`;
    return `  ${words.padEnd(width)}  ${one.help}\n`;
  });
  return `${usage(command)}\n\n${command.help}\n\n${options.join("")}
退出码 / exit codes: 0 完成 done, 1 结论为否 the answer is "no", 2 输入有误 malformed
`;
};

/** All commands, a line each. */
export const overview = (commands: readonly Command[]): string => {
  const width = Math.max(...commands.map((one) => one.name.join(" ").length));
  return `zhinan — 指南：申报指南，可执行 / a funder's guide that runs

${commands.map((one) => `  ${one.name.join(" ").padEnd(width)}  ${one.summary}\n`).join("")}
zhinan <command> --help
`;
};
