import type { Mailer } from "./outbox.ts";

/** Where no mail server is set up: one line for each letter, and nothing of a person in it. */
export const lineMailer = (write: (line: string) => void): Mailer => ({
  way: "LOG",
  send: async ({ notices, account }) =>
    write(`mail ${notices.map(({ template }) => template).join(" ")} account ${account}`),
});

/** The same in one line for each sweep: a demonstration says much in a short time. */
export const countMailer = (write: (line: string) => void): Mailer => {
  const counts = new Map<string, number>();
  let letters = 0;
  return {
    way: "LOG",
    send: async ({ notices }) => {
      letters += 1;
      for (const { template } of notices) counts.set(template, (counts.get(template) ?? 0) + 1);
    },
    done: () => {
      if (letters === 0) return;
      write(
        `mail, not sent for want of a server: ${letters} (${[...counts].map(([name, count]) => `${name} ${count}`).join(", ")})`,
      );
      counts.clear();
      letters = 0;
    },
  };
};
