/** A command of the command line: declared once, for running and for `--help`. */
export type Option = {
  readonly name: string;
  /** Name of the value in the help; a switch without it. */
  readonly value?: string;
  readonly required?: boolean;
  readonly help: string;
};

export type Arguments = {
  readonly positional: readonly string[];
  readonly switches: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
};

export type Command = {
  readonly name: readonly string[];
  readonly positional: readonly { readonly name: string; readonly required: boolean }[];
  readonly options: readonly Option[];
  readonly summary: string;
  readonly help: string;
  /** Returns the exit code: 0 done, 1 the answer is "no"; throws `Invalid` for 2. */
  readonly run: (given: Arguments) => Promise<number>;
};

export const jsonOption: Option = {
  name: "json",
  help: "一个 JSON 文档 / one JSON document on standard output",
};
