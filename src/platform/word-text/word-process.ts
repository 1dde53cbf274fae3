import { serveApart } from "../apart-child.ts";
import { readWordText } from "./read.ts";

serveApart(({ bytes }: { readonly bytes: Uint8Array }) => readWordText(bytes));
