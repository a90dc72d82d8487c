import type { FieldGroup, FieldValue, PersonRow, PersonView } from "../generated/api";
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

const field = (id: string, label: string, value: string | null, origin: string | null, rest: Partial<FieldValue> = {}): FieldValue => ({
  id, label, value, origin, masked: false, colleague: null, ...rest,
});

const groups: FieldGroup[] = [
  {
    name: "Name",
    fields: [
      field("first_name", "First name", "Anna", "Lever: Name → first word"),
      field("last_name", "Last name", "Lindqvist", "Lever: Name → rest of the name"),
      field("preferred_name", "Preferred name", null, null),
    ],
  },
  {
    name: "Contact",
    fields: [
      field("personal_email", "Personal e-mail", "anna.lindqvist@mail.example", "Lever: E-mails → first"),
      field("timezone", "Time zone", "Europe/Stockholm", "Fixed value"),
    ],
  },
  {
    name: "Relationships",
    fields: [
      field("manager", "Manager", "tomas@mail.example", "Lever: Hiring manager → their e-mail address", { colleague: { id: "person-4", name: "Tomás O’Brien" } }),
      field("buddy", "Buddy", "ines.duarte@mail.example", "Lever: Buddy"),
    ],
  },
  {
    name: "Pay",
    fields: [
      field("pay_amount", "Pay", "684000", "Lever: Salary amount", { masked: true }),
      field("pay_currency", "Pay currency", "SEK", "Lever: Salary currency"),
    ],
  },
];

export const anna: PersonView = {
  id: "person-1",
  name: "Anna Lindqvist",
  groups,
  named_by: [{ label: "Buddy", people: [{ id: "person-3", name: "ليلى حداد" }, { id: "person-6", name: "Zoë 🌻 Okafor" }] }],
  workflows: [{ id: "onboarding", name: "Onboarding", entered_at: minutesAgo(7) }],
  opportunity_id: "31c9716b-d4e7-47e8-9c6d-4aa5f1b1c8b6",
  lever_url: "https://hire.lever.co/candidates/31c9716b-d4e7-47e8-9c6d-4aa5f1b1c8b6",
  imported_at: minutesAgo(7),
  updated_at: minutesAgo(7),
};
