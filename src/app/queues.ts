/** Names of all work that is done after an act; a name is the only thing that an earlier stage knows of a later one. */
export const queues = [
  "acceptance.begin",
  "mail.send",
  "application.lapse",
  "acceptance.expire",
  "files.destroy",
  "application.readAttachment",
] as const;
