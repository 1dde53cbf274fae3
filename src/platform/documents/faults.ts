import path from "node:path";

/** As Typst tells it; lines and characters from 0. */
type Diagnostic = {
  readonly message: string;
  readonly path: string;
  readonly severity: number;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
  } | null;
};

/** What is wrong with a template, one fault a line, `<pack>/documents/<kind>.typ:12:5 …`, for who edits it. */
export const faultsOf = (workspace: string, diagnostics: readonly Diagnostic[]): string =>
  diagnostics
    .map(({ message, path: file, range, severity }) => {
      const place = file === "" ? "" : path.relative(workspace, file).replaceAll("\\", "/");
      const line = range === null ? "" : `:${range.start.line + 1}:${range.start.character + 1}`;
      return `${severity === 1 ? "" : "  "}${place}${line} ${message.replaceAll(workspace, "").trim()}`.trimEnd();
    })
    .join("\n");

/** The same for what the PDF standard refuses; Typst tells no place there. */
export const refusalsOf = (template: string, error: unknown): string => {
  const told = [...String(error).matchAll(/message: "((?:[^"\\]|\\.)*)"/g)].map(([, message = ""]) =>
    message.replaceAll(/\\(.)/g, "$1"),
  );
  return (told.length === 0 ? [String(error)] : [...new Set(told)])
    .map((message) => `${template} ${message}`)
    .join("\n");
};
