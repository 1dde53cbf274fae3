import { workbookLimit } from "../../../platform/workbooks.ts";
import type { Desk } from "../desk.ts";
import { downloadAccounts, downloadMarked } from "./import.downloads.ts";
import { discardImport, doImport, showImport } from "./import.page.tsx";
import { doUpload, downloadTemplate, showImports } from "./imports.page.tsx";

export const registerImports = ({ get, post }: Pick<Desk, "get" | "post">): void => {
  get("/imports", showImports);
  post("/imports", doUpload, { files: workbookLimit });
  get("/imports/templates/:kind", downloadTemplate);
  get("/imports/:id", showImport);
  get("/imports/:id/marked", downloadMarked);
  get("/imports/:id/accounts", downloadAccounts);
  post("/imports/:id/run", doImport);
  post("/imports/:id/discard", discardImport);
};
