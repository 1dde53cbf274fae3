import process from "node:process";
import { Invalid } from "../platform/errors.ts";
import { UnreadableGuide } from "../platform/guide-files.ts";
import { commands } from "./commands/table.ts";
import { helpOf, overview } from "./commands/help.ts";
import { paint } from "./commands/paint.ts";
import { readArguments } from "./commands/arguments.ts";

/** `zhinan <command>`: 0 done, 1 the answer is "no", 2 the input or the call is malformed. */

const say = (line: string) => process.stderr.write(`${line}\n`);

const explain = (error: unknown): void => {
  if (error instanceof Invalid) {
    for (const { place, reason } of error.faults) say(`${paint.must(place)}  ${reason.zh} / ${reason.en}`);
    return;
  }
  if (error instanceof UnreadableGuide) {
    say(`${paint.must(error.place ?? "FILE")}  ${error.reason.zh} / ${error.reason.en}`);
    return;
  }
  throw error;
};

const main = async (argv: readonly string[]): Promise<number> => {
  const command = commands
    .filter((one) => one.name.every((word, index) => argv[index] === word))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (command === undefined) {
    const asked = argv.length === 0 || argv[0] === "--help" || argv[0] === "-h" || argv[0] === "help";
    if (!asked) say(`${paint.must(argv.join(" ").slice(0, 80))}  没有这个命令 / there is no such command`);
    (asked ? process.stdout : process.stderr).write(overview(commands));
    return asked ? 0 : 2;
  }
  const rest = argv.slice(command.name.length);
  if (rest.includes("--help") || rest.includes("-h")) {
    process.stdout.write(helpOf(command));
    return 0;
  }
  try {
    return await command.run(readArguments(command, rest));
  } catch (error) {
    explain(error);
    return 2;
  }
};

// A reader that closes early (`| head`) is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

process.exitCode = await main(process.argv.slice(2));
