import { applyChanges, type Changes, type Content } from "../../core/application/content.ts";
import { normalizeIdentifier } from "../../core/identifiers.ts";
import { maskIdentity } from "../../core/mask.ts";
import type { Platform } from "../../platform/platform.ts";
import { blindIndexOf, sealField } from "../../platform/secrets.ts";

/** Applies a save to the content: identity numbers are sealed on arrival and never leave in clear. */
export const sealChanges = async (
  { keys }: Pick<Platform, "keys">,
  content: Content,
  changes: Changes,
): Promise<Content> =>
  applyChanges(content, changes, ({ identityNo, ...member }, before) => {
    const number = normalizeIdentifier(identityNo);
    if (number === "" || identityNo === before?.identity?.mask)
      return { ...member, identity: before?.identity ?? null };
    return {
      ...member,
      identity: {
        sealed: Buffer.from(sealField(keys, number, "draft.content:member")).toString("base64"),
        hash: Buffer.from(blindIndexOf(keys, "identity", number)).toString("hex"),
        mask: maskIdentity(number),
      },
    };
  });
