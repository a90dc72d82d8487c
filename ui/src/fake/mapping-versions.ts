import type { Change, MappingFile, VersionView } from "../generated/api";
import { minutesAgo } from "./time";

const changed = (target: string, label: string, kind: Change["kind"], words: string): Change => ({ target, label, kind, words });

export const differences: Change[] = [
  changed("job_title", "Job title", "source", "now Lever: Posting title, was Lever: Job title"),
  changed("state", "State or region", "steps", "value map: CA → Calif., was California; NY → New York removed"),
  changed("start_date", "Start date", "removed", "no longer mapped, was Lever: Anticipated start date"),
];

export const versions: VersionView[] = [
  {
    version: 3, saved_at: minutesAgo(90), saved_by: "ines", restored_from: null,
    changes: [
      changed("state", "State or region", "steps", "value map: NY → New York added"),
      changed("pay_amount", "Pay", "added", "now Lever: Salary amount"),
    ],
  },
  { version: 2, saved_at: minutesAgo(60 * 26), saved_by: "tomas", restored_from: 1, changes: [] },
  {
    version: 1, saved_at: minutesAgo(60 * 24 * 9), saved_by: null, restored_from: null,
    changes: [changed("first_name", "First name", "added", "now Lever: Name → spaces trimmed → first word")],
  },
];

export const file: MappingFile = {
  name: "fulcrum-people-mapping-3.toml",
  text: `# Fulcrum: the field mapping of people, version 3
format = 1
mapping = "people"

# First name: Lever: Name → spaces trimmed → first word
[[rules]]
target = "first_name"

[rules.source]
kind = "lever"
field = "opportunity.name"

[[rules.transforms]]
kind = "trim"
`,
};
