/** What never waits for the daily letter: a date runs, or something was decided about one's own application. */
export const urgentTemplates: readonly string[] = [
  "returned",
  "rejectedByUnit",
  "withdrawn",
  "remindToSubmit",
  "returnedByDepartment",
  "notRecommended",
  "withdrawnByDepartment",
  "correctionRequested",
  "correctionExpired",
  "notAccepted",
  "lapsed.SUBMIT",
  "lapsed.ENDORSE",
  "lapsed.INITIAL_REVIEW",
  "lapsed.RECOMMEND",
  "purgeProposed",
  "purged",
  "appealDismissed",
  "appealUpheld",
];

/** What asks for nothing: it may wait for the daily letter. All others ask for something. */
export const newsTemplates: readonly string[] = [
  "consentGiven",
  "partnershipConfirmed",
  "sealed",
  "confirmed",
  "withdrawnByUnit",
  "endorsedToYou",
  "correctionSubmitted",
  "initialReviewPassed",
  "recommended",
  "recalled",
  "appealFiledForYou",
];

/** Notices whose next step has the call's own date; all others name theirs in their words or have none. */
const dated: Readonly<Record<string, "apply" | "recommend">> = {
  submitted: "apply",
  withdrawalRequested: "apply",
  consentDeclined: "apply",
  partnershipDeclined: "apply",
  exceptionRequested: "apply",
  sealed: "apply",
  confirmed: "apply",
  notConfirmed: "apply",
  returned: "apply",
  endorsed: "recommend",
  returnedByDepartment: "recommend",
};

/** By when the next step of a notice is taken: which date of its application's call, or none. */
export const dateOf = (template: string): "apply" | "recommend" | null =>
  Object.hasOwn(dated, template) ? (dated[template] ?? null) : null;
