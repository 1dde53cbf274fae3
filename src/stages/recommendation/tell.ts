import type { Transaction } from "../../platform/database/connect.ts";
import { notify } from "../../platform/mail.ts";
import type { ApplicationFacts } from "../application/facts.ts";

/** Tells the investigator and the administrators of the unit. `facts`: no personal numbers. */
export const tellApplicants = (
  tx: Transaction,
  funder: string,
  application: ApplicationFacts,
  template: string,
  facts: Readonly<Record<string, string | number>>,
): Promise<void> =>
  notify(
    tx,
    funder,
    [
      { account: application.investigator.account },
      { role: "ORG_ADMIN", organization: application.organization.id },
    ],
    {
      template,
      facts: { title: application.content.title, ...facts },
      link: `/applications/${application.id}`,
      application: application.id,
    },
  );
