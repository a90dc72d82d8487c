interface OfferField {
  letter: string;
  lever: string;
  note?: string;
}

/** The fields of a letter and where Lever has them, as the article lists them. */
export const offerFields: OfferField[] = [
  { letter: "Assignee", lever: "Recruiter's e-mail address", note: "The owner of the letter, matched by e-mail." },
  { letter: "Base salary", lever: "salary_amount" },
  { letter: "Base salary pay period", lever: "salary_interval", note: "By the year or by the hour." },
  { letter: "Benefit package", lever: "–", note: "The default package; another one is chosen in the letter." },
  { letter: "Candidate address line 1", lever: "candidate_address_line_1" },
  { letter: "Candidate address line 2", lever: "candidate_address_line_2" },
  { letter: "Candidate first name", lever: "First part of the candidate's name" },
  { letter: "Candidate last name", lever: "Second part of the candidate's name" },
  { letter: "Candidate e-mail", lever: "First e-mail address of the candidate" },
  { letter: "Currency", lever: "compensation_currency", note: "Without it, your company's default currency." },
  { letter: "Display location", lever: "location_office", note: "As the candidate sees it." },
  { letter: "Type of shares", lever: "equity_type" },
  { letter: "Job title", lever: "job_title" },
  { letter: "Number of shares", lever: "offered_equity" },
  { letter: "Sign-on bonus", lever: "offered_bonus, offered_starting/signing_bonus" },
  { letter: "Start date", lever: "anticipated_start_date" },
  { letter: "Status", lever: "Candidate's stage", note: "Published, accepted or declined." },
  { letter: "Target bonus amount", lever: "offered_annual_bonus" },
  { letter: "Target bonus %", lever: "target_bonus_percent", note: "A field of your own: enter Target Bonus Percent as its description and Number as its type." },
  { letter: "Expires", lever: "offer_expiration_date", note: "Without it, two months after the letter was created." },
];
