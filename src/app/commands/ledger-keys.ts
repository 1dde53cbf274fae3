import { invalid, Invalid } from "../../platform/errors.ts";
import { type Keys, KeysRefused, loadKeys } from "../../platform/keys.ts";
import { keysFolderOf } from "../../platform/database/attached.ts";

/** The platform's keys for a command: never made here. Throws `Invalid` where they are not to be had. */
export const keysForCommand = (): Keys => {
  const folder = keysFolderOf();
  try {
    return loadKeys(folder, { demo: false });
  } catch (error) {
    if (error instanceof KeysRefused) throw new Invalid([{ place: "keys", reason: error.reason }]);
    if ((error as NodeJS.ErrnoException).code === "EACCES")
      throw invalid(folder, "没有读取权限", "you may not read it");
    throw error;
  }
};

/** The public keys that may sign heads; undefined on a machine without the platform's keys. */
export const publicKeysForCommand = (): ReadonlySet<string> | undefined => {
  try {
    return keysForCommand().ledgerPublic;
  } catch (error) {
    if (error instanceof Invalid) return undefined;
    throw error;
  }
};
