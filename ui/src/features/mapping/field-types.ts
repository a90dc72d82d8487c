import type { SourceGroup } from "../../generated/api";

export { fieldTypes } from "../../shared/field-types";

export const groupNames: Record<SourceGroup, string> = {
  opportunity: "Opportunity",
  contact: "Contact",
  application: "Application",
  posting: "Posting",
  requisition: "Requisition",
  offer: "Offer form",
  form: "Profile forms",
  referral: "Referral",
  derived: "Worked out by Fulcrum",
  company: "Your company",
};
