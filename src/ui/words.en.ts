import type { Words } from "./words.zh.ts";

export const en: Words = {
  brand: "Zhinan",
  skip: "Skip to main content",
  nav: {
    label: "Main",
    call: "The call",
    guide: "The guide",
    directions: "Directions",
    coverage: "How it is enforced",
    contacts: "Contacts",
    selfCheck: "Can I apply?",
    policies: "All guides",
  },
  position: "Position",
  otherLanguage: "中文",
  otherLanguageHint: "中文",
  large: "Large print",
  normal: "Normal size",
  demo: {
    label: "Demonstration",
    clock: "Platform clock",
    note: "The clock is set for demonstration; it is not the present time",
  },
  footer: {
    label: "Footer",
    host: "Host: ",
    hash: "Digest of this edition of the guide",
    unpublished: "not yet published",
    publishedOn: (date) => `published on ${date}`,
    notice:
      "Explanations, margin notes and translations are the platform's; the guide's own text in Chinese prevails.",
  },
  guideWord: "Guide",
  guideLanguage: "The guide itself is in Chinese and is shown as it was published.",
  yearTitle: (year) => `Call ${year}`,
  severity: { must: "Must change", ask: "To confirm", ok: "Met", info: "Note" },
  kind: { rule: "Automatic", step: "By a person", attestation: "Declaration", information: "Note" },
  kindMeans: {
    rule: "judged by the platform",
    step: "decided by a person",
    attestation: "declared by the applicant or the institution",
    information: "for information",
  },
  errorSummary: "There is a problem",
  tenThousand: "× CNY 10,000",
  moneyTicks: (unit, count) => `${count} ticks of CNY ${(unit * 10_000).toLocaleString("en")}`,
  days: "days",
  weekday: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
  trouble: {
    missing: {
      title: "Page not found",
      what: "The address may be mistyped, or the page has moved. Check the address, or start from one of these pages.",
    },
    unreadable: {
      title: "The request could not be read",
      what: "The address holds characters that the platform does not know; a few were probably lost in copying. Start again from one of these pages.",
    },
    tooLong: {
      title: "The address is too long",
      what: "The text is longer than one search can take. Shorten it to a sentence or two and search again.",
    },
    tooLarge: {
      title: "Too much was sent at once",
      what: "At most 1 MB can be sent at a time. Shorten it and send it again; what you filled in is still on the page before.",
    },
    method: {
      title: "This address does not take that action",
      what: "It can only be read. Start again from one of these pages.",
    },
    ours: {
      title: "The platform has a problem",
      what: "You did nothing wrong. Try again in a few minutes; if it is urgent, call one of the numbers under Contacts.",
    },
  },
  phone: "Telephone",
  phoneMissing: "no telephone in the guide",
};
