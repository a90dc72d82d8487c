/** Integrations > ATS > Lever. */
export const ATS_LEVER = "/integrations/ats/lever";

/** Integrations > ATS > Lever > *Offer mapping*. */
export const OFFER_MAPPING = `${ATS_LEVER}/mapping`;

/** The steps of *Configure Lever*, in the article's order (AG-01). */
export const setupSteps = [
  { step: "connect", label: "Connect", href: `${ATS_LEVER}/connect` },
  { step: "webhooks", label: "Webhooks", href: `${ATS_LEVER}/webhooks` },
  { step: "offer-form", label: "Offer form", href: `${ATS_LEVER}/offer-form` },
] as const;

export type SetupStep = (typeof setupSteps)[number]["step"];
