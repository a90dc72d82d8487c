import type { FieldGroup, PersonRow, PersonView } from "../generated/api";
import { minutesAgo } from "./time";

const invented: [name: string, email: string | null, title: string | null][] = [
  ["Anna Lindqvist", "anna.lindqvist@mail.example", "Senior Software Engineer"],
  ["Nguyễn Thị Minh Khai", "minhkhai@mail.example", "Product Designer"],
  ["ليلى حداد", "layla.haddad@mail.example", "Account Executive"],
  ["Tomás O’Brien", "tomas@mail.example", "Customer Success Lead"],
  ["Mary Ann van der Berg", "maryann@mail.example", "Head of Finance"],
  ["Zoë 🌻 Okafor", "zoe.okafor@mail.example", "Recruiter"],
  ["Prince", null, null],
];

export const people: PersonRow[] = invented.map(([name, email, job_title], index) => ({
  id: `person-${index + 1}`,
  name,
  email,
  job_title,
  start_date: index === 6 ? null : `2026-12-${String(1 + index * 3).padStart(2, "0")}`,
  workflows: index === 6 ? [] : ["Onboarding"],
  imported_at: minutesAgo(7 + index * 400),
}));

/** A company's worth of people, to see that a long list stays quick. */
export const manyPeople: PersonRow[] = Array.from({ length: 300 }, (_, copy) =>
  people.map((person) => ({ ...person, id: `${person.id}-${copy}` })),
).flat();

const groups: FieldGroup[] = [
  {
    name: "Name",
    fields: [
      { id: "first_name", label: "First name", value: "Anna", masked: false, origin: "Lever: Name → first word" },
      { id: "last_name", label: "Last name", value: "Lindqvist", masked: false, origin: "Lever: Name → rest of the name" },
      { id: "preferred_name", label: "Preferred name", value: null, masked: false, origin: null },
    ],
  },
  {
    name: "Contact",
    fields: [
      { id: "personal_email", label: "Personal e-mail", value: "anna.lindqvist@mail.example", masked: false, origin: "Lever: E-mails → first" },
      { id: "timezone", label: "Time zone", value: "Europe/Stockholm", masked: false, origin: "Fixed value" },
    ],
  },
  {
    name: "Pay",
    fields: [
      { id: "pay_amount", label: "Pay", value: "684000", masked: true, origin: "Lever: Salary amount" },
      { id: "pay_currency", label: "Pay currency", value: "SEK", masked: false, origin: "Lever: Salary currency" },
    ],
  },
];

export const anna: PersonView = {
  id: "person-1",
  name: "Anna Lindqvist",
  groups,
  workflows: [{ id: "onboarding", name: "Onboarding", entered_at: minutesAgo(7) }],
  opportunity_id: "31c9716b-d4e7-47e8-9c6d-4aa5f1b1c8b6",
  lever_url: "https://hire.lever.co/candidates/31c9716b-d4e7-47e8-9c6d-4aa5f1b1c8b6",
  imported_at: minutesAgo(7),
  updated_at: minutesAgo(7),
};
